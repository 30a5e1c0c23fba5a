"""Other groups and organisations are asked: sending, answering, what the clock does, and what nobody gets to know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from samskapa.cocreate.assignments.domain.applying import Given, NotOpen
from samskapa.cocreate.assignments.models import Application, Assignment, StandingTerms
from samskapa.cocreate.assignments.services import closing
from samskapa.cocreate.assignments.services.applying import apply
from samskapa.cocreate.matching.domain import (
    AskedAlready,
    CannotEnquire,
    EnquiredAlready,
    EnquiryAnswered,
    NobodyThere,
    Reply,
    Said,
    WrongDay,
)
from samskapa.cocreate.matching.jobs import end_enquiries, note_nomination, settle_due
from samskapa.cocreate.matching.models import Enquiry, Invitation, Wave
from samskapa.cocreate.matching.queries.desk import enquiries_in_group, enquiry_rows, short_rows
from samskapa.cocreate.matching.queries.enquiries import enquiries_of, others_waited_for, yes_in_all
from samskapa.cocreate.matching.queries.filling import Counts
from samskapa.cocreate.matching.queries.own import enquiries_past, enquiry_rows_of
from samskapa.cocreate.matching.queries.records import enquiry_records
from samskapa.cocreate.matching.services.answering import answer_invitation
from samskapa.cocreate.matching.services.asking import open_wave
from samskapa.cocreate.matching.services.enquiring import answer_enquiry, take_back_enquiry
from samskapa.cocreate.matching.services.settling_enquiries import remove_old_enquiry
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import AuditEntry, Event, OutboxMail
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node, RoleGrant
from tests.factories.enquiries import Two, enquire, make_two, put_forward
from tests.factories.mail import left_when_all_is_mailed
from tests.factories.matching import ask, invitation_of
from tests.factories.organisations import NOW, actor_for, make_grant, make_node
from tests.factories.pool import make_group, make_member

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
AFTER = NOW + 8 * DAY


def mails(kind: str) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(kind=f"matching/{kind}").order_by("pk"))


def got(kind: str) -> set[int | None]:
    return {mail.recipient_id for mail in mails(kind)}


def says_yes(two: Two, enquiry: Enquiry, *, now=NOW) -> Enquiry:
    return answer_enquiry(enquiry, Said.YES, by=two.coordinator, now=now)


def ask_theirs(two: Two, *, now=NOW, **changes) -> Wave:
    usual = {"answer_by": timezone.localdate(now) + 7 * DAY, "wanted": 2, "next_by_itself": False, "sought": {}}
    ids = [member.pk for member in two.members]
    return open_wave(two.assignment, two.group, ids, **usual | changes, by=two.coordinator, now=now)


def say(member, reply: Reply, *, now=NOW) -> None:
    answer_invitation(invitation_of(member), reply, by=Actor(person_id=member.person_id), now=now)


# --- sending --------------------------------------------------------------------------------------


def test_several_are_asked_at_once_each_with_a_mail_and_twice_the_button_is_once():
    two = make_two()
    group, section = enquire(two)
    assert (group.group, group.node_kind, section.group, section.node_kind) == (two.group, "region", None, "section")
    assert [mail.recipient_id for mail in mails("enquiry")] == [two.coordinator.person_id, two.speaker.person_id]
    assert enquire(two) == [group, section]
    assert (Enquiry.objects.count(), len(mails("enquiry"))) == (2, 2)
    assert AuditEntry.objects.filter(action="matching.enquired").count() == 2
    assert left_when_all_is_mailed(NOW) == []


def test_another_who_asks_the_same_is_told_which_and_asks_nobody():
    two = make_two()
    enquire(two, two.section)
    other = actor_for(role=Role.COORDINATOR, node=two.here.region)
    for by in (other, two.here.coordinator):
        with pytest.raises(EnquiredAlready) as refused:
            enquire(two, by=by, now=NOW + DAY)
        assert refused.value.ids == [two.section.pk]
    assert Enquiry.objects.count() == 1


def test_nothing_is_sent_into_nowhere():
    two = make_two()
    silent = make_node(Kind.PATIENT_ORGANISATION, "Den tysta föreningen")
    RoleGrant.objects.filter(person=two.coordinator.person_id).update(ended_at=NOW)
    with pytest.raises(NobodyThere) as refused:
        enquire(two, two.group.node, two.section, silent)
    assert refused.value.ids == sorted([two.group.node_id, silent.pk])
    assert (Enquiry.objects.count(), mails("enquiry")) == (0, [])


def test_a_section_that_nobody_speaks_for_is_answered_by_its_organisation():
    two = make_two()
    RoleGrant.objects.filter(person=two.speaker.person_id).update(ended_at=NOW)
    above = actor_for(role=Role.ORGANISATION, node=two.organisation)
    enquiry = enquire(two, two.section)[0]
    assert got("enquiry") == {above.person_id}
    put_forward(two, organisation=two.organisation, by=above, now=NOW + DAY)
    note_nomination.func(application_id=Application.objects.get().pk, now=NOW + DAY)
    enquiry.refresh_from_db()
    assert (enquiry.answer, enquiry.answered_by_id) == (Said.YES, above.person_id)


@pytest.mark.parametrize("what", ["own", "closed", "a unit", "none", "runs it too", "too many"])
def test_who_cannot_be_asked_is_not(what):
    two = make_two()
    nodes = [two.section]
    if what == "own":
        nodes = [two.here.region]
    if what == "closed":
        Node.objects.filter(pk=two.section.pk).update(closed_at=NOW)
    if what == "a unit":
        nodes = [two.here.unit]
    if what == "none":
        nodes = [make_node(Kind.REGION)]  # a region without a group
    if what == "runs it too":
        # Another coordinator of the same assignment, further down; the region's own group is run by those who run it.
        two.here.coordinator = actor_for(
            role=Role.COORDINATOR, node=make_node(Kind.ADMINISTRATION, parent=two.here.region)
        )
        nodes = [two.here.region]
    if what == "too many":
        nodes = [make_node(Kind.SECTION, parent=two.organisation) for _number in range(41)]
    with pytest.raises(CannotEnquire):
        enquire(two, *nodes)
    assert Enquiry.objects.count() == 0


def test_only_organisations_are_asked_where_they_nominate():
    two = make_two()
    Assignment.objects.filter(pk=two.assignment.pk).update(is_standing=True)
    StandingTerms.objects.create(assignment=two.assignment, by_nomination=True)
    with pytest.raises(CannotEnquire) as refused:
        enquire(two)
    assert refused.value.ids == [two.group.node_id]
    assert len(enquire(two, two.section)) == 1


def test_the_last_day_lies_within_the_days_to_apply_and_the_assignment_is_open():
    two = make_two()
    today = timezone.localdate(NOW)
    for day in (today - DAY, two.assignment.closes_on + DAY):
        with pytest.raises(WrongDay):
            enquire(two, answer_by=day)
    assert enquire(two, answer_by=two.assignment.closes_on)
    closing.close_early(two.assignment, by=two.here.coordinator, now=NOW)
    with pytest.raises(NotOpen):
        enquire(two, two.organisation)


@pytest.mark.parametrize(
    "wrong",
    [
        {"wanted": 0},
        {"answer": "no"},  # nobody, and never
        {"answer": "lapsed", "answered_at": NOW - DAY},
        {"answer": "lapsed", "answered_at": NOW, "answered_by_id": "sender"},
        {"answer": "perhaps", "answered_at": NOW},
        {"settled_at": NOW},
        {"group_id": None},
        {"node_kind": "section"},
        {"node_kind": "unit"},
    ],
)
def test_the_table_refuses_what_cannot_be(wrong):
    two = make_two()
    enquiry = enquire(two, two.group.node)[0]
    wrong = {key: enquiry.sent_by_id if value == "sender" else value for key, value in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(**wrong)


def test_the_table_refuses_a_second_to_the_same_while_the_first_stands():
    two = make_two()
    enquiry = enquire(two, two.section)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.create(**{**Enquiry.objects.filter(pk=enquiry.pk).values().get(), "id": None})
    take_back_enquiry(enquiry, by=two.here.coordinator, now=NOW)
    assert enquire(two, two.section, now=NOW + DAY)[0].pk != enquiry.pk


# --- a group's answer -----------------------------------------------------------------------------


def test_a_yes_is_told_to_who_asked_and_the_same_twice_is_once():
    two = make_two(2)
    enquiry = enquire(two, two.group.node)[0]
    says_yes(two, enquiry)
    says_yes(two, enquiry, now=NOW + DAY)
    enquiry.refresh_from_db()
    assert (enquiry.answer, enquiry.answered_at, enquiry.answered_by_id) == ("yes", NOW, two.coordinator.person_id)
    assert [mail.recipient_id for mail in mails("enquiry_answered")] == [two.here.coordinator.person_id]
    with pytest.raises(EnquiryAnswered) as refused:  # a colleague who says no a moment later
        answer_enquiry(enquiry, Said.NO, by=two.coordinator, now=NOW)
    assert refused.value.said == "yes"


def test_a_no_needs_no_reason_and_can_become_a_yes_until_the_day():
    two = make_two()
    enquiry = enquire(two, two.group.node)[0]
    answer_enquiry(enquiry, Said.NO, by=two.coordinator, now=NOW)
    assert says_yes(two, enquiry, now=NOW + DAY).answer == "yes"
    assert [mail.params["answer"] for mail in mails("enquiry_answered")] == ["no", "yes"]


def test_after_the_day_or_when_it_is_taken_back_there_is_no_answer():
    two = make_two()
    group, section = enquire(two)
    with pytest.raises(EnquiryAnswered) as late:
        says_yes(two, group, now=AFTER)
    assert late.value.said == "lapsed"
    take_back_enquiry(section, by=two.here.coordinator, now=NOW)
    take_back_enquiry(section, by=two.here.coordinator, now=NOW)
    assert [mail.recipient_id for mail in mails("enquiry_over")] == [two.speaker.person_id]
    assert left_when_all_is_mailed(NOW) == []
    with pytest.raises(EnquiryAnswered):
        answer_enquiry(section, Said.NO, by=two.speaker, now=NOW)
    says_yes(two, group)
    with pytest.raises(EnquiryAnswered):
        take_back_enquiry(group, by=two.here.coordinator, now=NOW)


def test_a_yes_to_what_has_closed_is_refused_and_an_organisation_says_yes_by_nominating_alone():
    two = make_two()
    group, section = enquire(two)
    with pytest.raises(ValueError, match="by nominating"):
        answer_enquiry(section, Said.YES, by=two.speaker, now=NOW)
    closing.close_early(two.assignment, by=two.here.coordinator, now=NOW)
    with pytest.raises(NotOpen):
        says_yes(two, group)


# --- an organisation's answer ---------------------------------------------------------------------


def test_a_nomination_by_the_section_is_its_yes_and_by_another_is_not():
    two = make_two()
    other = make_node(Kind.SECTION, parent=two.organisation)
    enquiry = enquire(two, two.section)[0]
    put_forward(two, organisation=other, now=NOW + DAY)
    put_forward(two, organisation=two.organisation, now=NOW + DAY)
    for application in Application.objects.all():
        note_nomination.func(application_id=application.pk, now=NOW + DAY)
    enquiry.refresh_from_db()
    assert enquiry.answer == ""
    put_forward(two, now=NOW + DAY)
    event = Event.objects.filter(name="assignments.nominated").latest("pk")
    for _twice in range(2):
        note_nomination.func(**event.payload, now=NOW + DAY)
    enquiry.refresh_from_db()
    assert (enquiry.answer, enquiry.answered_by_id) == ("yes", two.speaker.person_id)
    assert len(mails("enquiry_answered")) == 1
    [row] = enquiries_of(two.assignment)
    assert (row.said, row.counts) == ("Har nominerat.", Counts(asked=1, yes=0, waits=1))


def test_what_was_nominated_before_it_was_asked_is_no_answer_and_what_comes_before_the_clock_is():
    two = make_two()
    put_forward(two, now=NOW - timedelta(minutes=5))
    first = enquire(two, two.section)[0]
    note_nomination.func(application_id=Application.objects.get().pk, now=NOW)
    first.refresh_from_db()
    assert first.answer == ""
    put_forward(two, now=NOW + DAY)  # the job has not run when the clock comes by
    settle_due.func(now=AFTER)
    first.refresh_from_db()
    assert first.answer == "yes"


def test_who_has_said_no_and_then_nominates_has_said_yes():
    two = make_two()
    enquiry = enquire(two, two.section)[0]
    answer_enquiry(enquiry, Said.NO, by=two.speaker, now=NOW)
    put_forward(two, now=NOW + DAY)
    note_nomination.func(application_id=Application.objects.get().pk, now=NOW + DAY)
    enquiry.refresh_from_db()
    assert enquiry.answer == "yes"


# --- the clock ------------------------------------------------------------------------------------


def test_when_the_day_has_passed_it_lapses_and_who_asked_is_told_once_how_it_stands_in_all():
    two = make_two(2, here=2)
    group, _section = enquire(two)
    says_yes(two, group)
    ask_theirs(two)
    ask(two.here)
    say(two.members[0], Reply.YES)
    say(two.here.members[0], Reply.YES)
    for _twice in range(2):
        settle_due.func(now=AFTER)
    assert [each.answer for each in Enquiry.objects.order_by("pk")] == ["yes", "lapsed"]
    [mail] = mails("enquiries_over")
    said = {key: mail.params[key] for key in ("asked", "said_yes", "silent", "yes", "wanted", "is_enough", "waits")}
    assert said == {
        "asked": 2, "said_yes": 1, "silent": 1, "yes": 2, "wanted": two.assignment.people_wanted,
        "is_enough": False, "waits": 0,
    }  # fmt: skip
    assert mails("enquiry_over") == []  # silence means nothing, and nobody is reminded of it
    assert left_when_all_is_mailed(AFTER) == []


def test_closing_calling_off_and_a_closed_place_end_what_waits():
    two = make_two()
    group, section = enquire(two)
    Node.objects.filter(pk=two.group.node_id).update(closed_at=NOW)
    settle_due.func(now=NOW + DAY)
    group.refresh_from_db()
    section.refresh_from_db()
    assert (group.answer, section.answer) == ("lapsed", "")
    closing.call_off(two.assignment, reason="Det blev inget.", by=two.here.coordinator, now=NOW + DAY)
    end_enquiries.func(assignment_id=two.assignment.pk, now=NOW + DAY)
    section.refresh_from_db()
    assert section.answer == "lapsed"
    assert [mail.params["is_closed"] for mail in mails("enquiry_over")] == [True]
    assert len(mails("enquiries_over")) == 1  # of the closed place; nothing more of what is called off
    assert left_when_all_is_mailed(NOW + DAY) == []


def test_one_that_lapsed_can_be_asked_anew_when_there_are_more_days():
    two = make_two()
    lapsed = enquire(two, two.section)[0]
    closing.close_early(two.assignment, by=two.here.coordinator, now=NOW + DAY)
    end_enquiries.func(assignment_id=two.assignment.pk, now=NOW + DAY)
    opens, day = Assignment.objects.get(pk=two.assignment.pk), timezone.localdate(NOW) + 20 * DAY
    closing.extend(opens, closes_on=day, answer_by=day + 9 * DAY, by=two.here.coordinator, now=NOW + 2 * DAY)
    anew = enquire(two, two.section, now=NOW + 2 * DAY)[0]
    assert (anew.pk != lapsed.pk, Enquiry.objects.count(), len(mails("enquiry"))) == (True, 2, 2)


def test_a_yes_goes_on_when_the_assignment_is_opened_anew():
    two = make_two(2)
    says_yes(two, enquire(two, two.group.node)[0])
    closing.close_early(two.assignment, by=two.here.coordinator, now=NOW + DAY)
    end_enquiries.func(assignment_id=two.assignment.pk, now=NOW + DAY)
    opens, day = Assignment.objects.get(pk=two.assignment.pk), timezone.localdate(NOW) + 20 * DAY
    closing.extend(opens, closes_on=day, answer_by=day + 9 * DAY, by=two.here.coordinator, now=NOW + 2 * DAY)
    assert ask_theirs(two, now=NOW + 2 * DAY).size == 2


def test_who_asked_may_be_gone_and_another_of_the_same_region_is_told():
    two = make_two()
    enquiry = enquire(two, two.group.node)[0]
    other = make_grant(None, Role.COORDINATOR, two.here.region)
    RoleGrant.objects.filter(person=two.here.coordinator.person_id).update(ended_at=NOW)
    says_yes(two, enquiry, now=NOW + DAY)
    assert got("enquiry_answered") == {other.person_id}


def test_a_closed_unit_leaves_the_assignment_to_its_region_and_the_answer_comes_there():
    two = make_two()
    Node.objects.filter(pk=two.here.unit.pk).update(closed_at=NOW)
    says_yes(two, enquire(two, two.group.node)[0])
    assert got("enquiry_answered") == {two.here.coordinator.person_id}


# --- the waves of another group -------------------------------------------------------------------


def test_the_end_of_their_wave_is_theirs_and_who_asked_gets_the_numbers():
    two = make_two(2, here=2)
    says_yes(two, enquire(two, two.group.node)[0])
    ask_theirs(two, next_by_itself=True)
    ask(two.here, answer_by=timezone.localdate(NOW) + 20 * DAY)
    say(two.members[0], Reply.YES)
    say(two.members[1], Reply.NO)
    settle_due.func(now=NOW + DAY)
    [theirs], [ours] = mails("settled"), mails("settled_elsewhere")
    assert (theirs.recipient_id, ours.recipient_id) == (two.coordinator.person_id, two.here.coordinator.person_id)
    # That others ask too is nothing of theirs: it neither holds them up nor is told.
    assert (theirs.params["what"], theirs.params["others"]) == ("nobody", 0)
    page = f"/matchning/uppdrag/{two.assignment.pk}/omgangar/"
    assert (theirs.params["path"], ours.params["path"]) == (f"{page}?group={two.group.pk}", page)
    assert (ours.params["asked"], ours.params["yes"], ours.params["in_all"]) == (2, 1, 1)
    assert left_when_all_is_mailed(NOW + DAY) == []


def test_a_wave_that_falls_short_says_that_others_are_waited_for_and_enough_is_enough():
    two = make_two(2, here=2)
    group, _section = enquire(two)
    ask(two.here, wanted=2)
    for member in two.here.members:
        say(member, Reply.NO)
    settle_due.func(now=NOW + DAY)
    [mail] = mails("settled")
    assert (mail.params["what"], mail.params["others"]) == ("by_hand", 2)
    says_yes(two, group)
    ask_theirs(two, now=NOW + DAY)
    assert others_waited_for(two.assignment) == 2
    for member in two.members:
        say(member, Reply.NO, now=NOW + DAY)
    settle_due.func(now=NOW + 2 * DAY)
    assert others_waited_for(two.assignment) == 1  # the section


def test_their_waves_neither_hold_up_ours_nor_stand_on_our_desk():
    two = make_two(2, here=4)
    says_yes(two, enquire(two, two.group.node)[0])
    ask(two.here, two.here.members[:2], next_by_itself=True)
    ask_theirs(two, answer_by=timezone.localdate(NOW) + 20 * DAY)
    for member in two.here.members[:2]:
        say(member, Reply.NO)
    settle_due.func(now=NOW + DAY)
    assert Wave.objects.filter(group=two.here.group).count() == 2  # the next opened, though theirs is waited for
    for member in two.members:
        say(member, Reply.NO, now=NOW + DAY)
    settle_due.func(now=NOW + 2 * DAY)
    assert short_rows(two.here.coordinator) == []
    [row] = enquiry_rows(two.coordinator, timezone.localdate(NOW))
    assert "saknar 2 ja" in row.said or "2 ja" in row.said


def test_load_rest_and_once_per_person_hold_across_groups():
    two = make_two(2, here=1)
    both = make_member(two.group, two.here.members[0].person, coordinator=two.coordinator)
    says_yes(two, enquire(two, two.group.node)[0])
    ask(two.here, alone=True)
    two.members.append(both)
    with pytest.raises(AskedAlready) as refused:
        ask_theirs(two)
    assert refused.value.ids == [both.pk]
    two.members.remove(both)
    assert (ask_theirs(two).size, Invitation.objects.count()) == (2, 3)


def test_yes_in_all_counts_each_person_once_and_nominated_ones_when_they_say_yes():
    two = make_two(1, here=1)
    says_yes(two, enquire(two, two.group.node)[0])
    ask_theirs(two, alone=True)
    say(two.members[0], Reply.YES)
    put_forward(two)
    assert yes_in_all(two.assignment) == 1  # the nominated one has not answered
    person = two.members[0].person
    apply(two.assignment, given=Given("Min erfarenhet"), by=Actor(person_id=person.pk), now=NOW)
    Application.objects.filter(person=person).update(nominated_by=two.speaker.person_id, nominated_at=NOW)
    assert yes_in_all(two.assignment) == 1  # the same person, asked and nominated
    apply(two.assignment, given=Given("Min"), by=Actor(person_id=two.here.members[0].person_id), now=NOW)
    Application.objects.filter(person=two.here.members[0].person_id).update(nominated_by=two.speaker.person_id)
    assert yes_in_all(two.assignment) == 2


# --- on the desk, my data, records ----------------------------------------------------------------


def test_it_waits_on_the_desk_and_in_the_group_until_it_is_answered_and_somebody_is_asked():
    two = make_two(2)
    group, _section = enquire(two)
    today = timezone.localdate(NOW)
    [row] = enquiry_rows(two.coordinator, today)
    assert (row.url, enquiries_in_group(two.group)) == (f"/matchning/forfragan/{group.pk}/", [row])
    assert enquiry_rows(two.here.coordinator, today) == enquiry_rows(two.speaker, today) == []
    says_yes(two, group)
    [row] = enquiry_rows(two.coordinator, today)
    assert row.url == f"/matchning/uppdrag/{two.assignment.pk}/?group={two.group.pk}"
    ask_theirs(two)
    assert enquiry_rows(two.coordinator, today) == enquiries_in_group(two.group) == []


def test_what_one_wrote_and_answered_is_ones_own_data_and_goes_when_its_time_is_out():
    two = make_two()
    enquiry = enquire(two, two.group.node)[0]
    says_yes(two, enquiry)
    wrote, answered = enquiry_rows_of(enquiry.sent_by_id), enquiry_rows_of(two.coordinator.person_id)
    assert "Vi hoppas på er." in [fact.value for fact in wrote[0].facts]
    assert "Vi hoppas på er." not in [fact.value for fact in answered[0].facts]
    assert [due.thing_id for due in enquiries_past(NOW)] == [enquiry.pk]
    assert not remove_old_enquiry(enquiry.pk, limit=NOW - DAY, by=SYSTEM, now=NOW)
    assert remove_old_enquiry(enquiry.pk, limit=NOW, by=SYSTEM, now=NOW)
    assert not remove_old_enquiry(enquiry.pk, limit=NOW, by=SYSTEM, now=NOW)


def test_it_is_a_document_of_both_bodies_out_from_the_one_and_in_to_the_other():
    two = make_two()
    enquire(two)
    since, until = NOW - DAY, NOW + DAY
    out = enquiry_records(two.here.region.path, since, until)
    assert [(each.way, each.who) for each in out] == [("out", "Region Björkvik"), ("out", "Hjärtföreningen i Ekliden")]
    assert [(each.way, each.who) for each in enquiry_records(two.group.node.path, since, until)] == [
        ("in", two.here.region.name)
    ]
    other, _coordinator = make_group()
    assert enquiry_records(other.node.path, since, until) == []
