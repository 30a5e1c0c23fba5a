"""Describing a need and publishing it: what each verb does, what it refuses, and what it leaves in the trail."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samskapa.cocreate.assignments.domain import (
    AnswersTooEarly,
    ChangedMeanwhile,
    ClosesTooEarly,
    EmptyReason,
    Locked,
    NothingToSay,
    NothingWritten,
    NotReady,
    NotThatState,
    NotYours,
    NoUnit,
    State,
    UnknownPart,
    WrongUnit,
)
from samskapa.cocreate.assignments.models import Assignment, Clarification, PartRevision
from samskapa.cocreate.assignments.queries import need as queries
from samskapa.cocreate.assignments.services.need import (
    assign_unit,
    comment_part,
    create_need,
    mark_comment_done,
    quick_need,
    restore_part,
    save_part,
)
from samskapa.cocreate.assignments.services.publishing import cancel, publish, send_back, send_need, take_back
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.organisations.domain import Kind, Role
from tests.factories.assignments import (
    ANSWERS,
    coordinator_for,
    make_coordinator,
    make_host,
    make_need,
    make_open,
    make_ready_need,
    today,
)
from tests.factories.organisations import NOW, actor_for, make_node, make_region_tree

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def tree():
    return make_region_tree()


@pytest.fixture
def host(tree):
    return make_host(tree.unit)


@pytest.fixture
def coordinator(tree):
    return make_coordinator(tree.region)


def trail_of(assignment):
    entries = AuditEntry.objects.filter(object_id=str(assignment.pk), action__startswith="assignments.")
    return list(entries.order_by("pk").values_list("action", flat=True))


def mail_of(kind):
    return sorted(OutboxMail.objects.filter(kind=f"assignments/{kind}").values_list("recipient_id", flat=True))


# --- begin ---------------------------------------------------------------------------------------


def test_a_host_begins_a_need_at_the_own_unit(tree, host):
    need = create_need(unit=tree.unit, by=host, now=NOW, title="  Kallelsen till höften ")
    assert (need.state, need.unit, need.area, need.raised_by) == (State.NEED, tree.unit, tree.region, None)
    assert need.title == "Kallelsen till höften"
    assert need.parts.count() == 20
    assert trail_of(need) == ["assignments.need_created", "assignments.part_saved"]


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.COUNCIL])
def test_somebody_else_raises_a_need_and_co_owns_it(tree, role):
    by = actor_for(role=role, node=tree.region if role else None)
    need = create_need(area=tree.region, by=by, now=NOW)
    assert (need.unit, need.area, need.raised_by_id) == (None, tree.region, by.person_id)
    assert need.raised_for_id == (tree.region.pk if role is Role.COUNCIL else None)


def test_an_organisation_raises_a_need_in_its_own_name(tree):
    organisation = make_node(Kind.PATIENT_ORGANISATION)
    by = actor_for(role=Role.ORGANISATION, node=organisation)
    assert create_need(area=tree.municipality, by=by, now=NOW).raised_for == organisation


def test_a_coordinator_types_in_a_need_from_a_call(tree, coordinator):
    need = create_need(unit=tree.unit, by=coordinator, now=NOW, came_by="phone", came_note="Chefen ringde")
    assert (need.created_as, need.came_by, need.came_note, need.raised_by) == (
        "coordinator",
        "phone",
        "Chefen ringde",
        None,
    )


def test_a_coordinator_may_wait_with_the_unit(tree, coordinator):
    assert create_need(area=tree.region, by=coordinator, now=NOW).unit is None


def test_units_and_areas_out_of_reach_are_refused(tree, host, coordinator):
    member = actor_for(role=Role.MEMBER, node=tree.region)
    for by, place in [
        (host, {"unit": tree.other_unit}),
        (host, {"unit": None}),
        (coordinator, {"unit": tree.unit_elsewhere}),
        (coordinator, {"area": tree.other_region}),
        (coordinator, {}),
        (member, {"unit": tree.unit}),
        (member, {"unit": tree.unit, "area": tree.region}),
        (member, {"area": tree.unit}),
        (member, {}),
    ]:
        with pytest.raises(WrongUnit):
            create_need(**place, by=by, now=NOW)
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize("role", [Role.LEADERSHIP, Role.NATIONAL, Role.PAYROLL, Role.AUDITOR, Role.OPERATOR])
def test_those_who_only_look_cannot_begin(tree, role):
    node = tree.nation if role in (Role.NATIONAL, Role.OPERATOR) else tree.region
    with pytest.raises(NotYours):
        create_need(unit=tree.unit, by=actor_for(role=role, node=node), now=NOW)


def test_a_double_click_makes_one_need(tree, host):
    first = create_need(unit=tree.unit, by=host, now=NOW, form_key="k")
    assert create_need(unit=tree.unit, by=host, now=LATER, form_key="k") == first
    assert Assignment.objects.count() == 1


def test_the_short_version_answers_and_leaves_the_rest_to_be_decided_together(tree, host):
    by_day = today() + timedelta(days=20)
    answers = {key: ANSWERS[key] for key in ("title", "why", "budget", "contact")} | {"pay": {}}
    need = quick_need(answers, together_by=by_day, unit=tree.unit, by=host, now=NOW, form_key="k")
    assert queries.readiness_of(need, today()).is_ready
    assert set(queries.answers_of(need).together) == {"expected", "influence", "harm", "time", "pay"}
    again = quick_need(answers, together_by=by_day, unit=tree.unit, by=host, now=LATER, form_key="k")
    assert again == need
    assert PartRevision.objects.count() == 9


# --- answering -----------------------------------------------------------------------------------


def test_saving_keeps_every_wording_and_who_wrote_it(tree, host, coordinator):
    need = make_need(by=host)
    save_part(need, "why", {"why": "Det första skälet"}, based_on=0, by=host, now=NOW)
    part = save_part(need, "why", {"why": "Det andra skälet"}, based_on=1, by=coordinator, now=LATER)
    revisions = part.revisions.order_by("version")
    assert [(r.version, r.values["why"], r.saved_as) for r in revisions] == [
        (1, "Det första skälet", "host"),
        (2, "Det andra skälet", "coordinator"),
    ]
    need.refresh_from_db()
    assert need.why == "Det andra skälet"


@pytest.mark.parametrize("key", sorted(ANSWERS))
def test_every_question_can_be_answered_read_back_and_restored(key):
    need = make_ready_need()
    fresh = queries.need_page(Assignment.objects.filter(pk=need.pk)).get()
    said = queries.values_of(fresh, key)
    by = coordinator_for(need)
    part = fresh.parts.get(key=key)
    for column, value in ANSWERS[key].items():
        assert said[column] == value
    if key in ("title", "budget", "contact", "phase", "conflict", "questions"):
        part = save_part(need, key, {}, based_on=part.version, by=by, now=LATER)
    else:
        part = save_part(need, key, {}, together_by=today(), based_on=part.version, by=by, now=LATER)
    restore_part(need, part.revisions.get(version=1), based_on=part.version, by=by, now=LATER)
    fresh = queries.need_page(Assignment.objects.filter(pk=need.pk)).get()
    assert queries.values_of(fresh, key) == said


def test_standing_terms_are_kept_and_taken_away(host):
    need = make_need(by=host)
    terms = {"is_standing": True, "term_months": 24, "deputies": 2, "renewal": "En gång", "told_back_month": 3}
    save_part(need, "standing", terms, based_on=0, by=host, now=NOW)
    need = queries.need_page(Assignment.objects.filter(pk=need.pk)).get()
    assert need.is_standing
    assert need.standing_terms.term_months == 24
    save_part(need, "standing", {}, based_on=1, by=host, now=NOW)
    need = queries.need_page(Assignment.objects.filter(pk=need.pk)).get()
    assert not need.is_standing
    assert queries.standing_terms_of(need) is None


def test_saving_what_it_says_already_changes_nothing(host):
    need = make_need(by=host)
    save_part(need, "why", {"why": "Samma skäl"}, based_on=0, by=host, now=NOW)
    part = save_part(need, "why", {"why": " Samma skäl\r\n"}, based_on=0, by=host, now=LATER)
    assert (part.version, part.saved_at, part.revisions.count()) == (1, NOW, 1)
    assert trail_of(need).count("assignments.part_saved") == 1


def test_the_second_of_two_sees_the_first_and_nothing_is_written(host, coordinator):
    need = make_need(by=host)
    save_part(need, "why", {"why": "Värdens skäl"}, based_on=0, by=host, now=NOW)
    with pytest.raises(ChangedMeanwhile) as seen:
        save_part(need, "why", {"why": "Samordnarens skäl"}, based_on=0, by=coordinator, now=LATER)
    assert seen.value.theirs.values == {"why": "Värdens skäl"}
    assert seen.value.theirs.saved_by_id == host.person_id
    need.refresh_from_db()
    assert need.why == "Värdens skäl"
    save_part(need, "why", {"why": "Bådas skäl"}, based_on=seen.value.theirs.version, by=coordinator, now=LATER)


def test_a_version_that_never_was_overwrites_nothing(host):
    need = make_need(by=host)
    assert save_part(need, "why", {"why": "Skäl"}, based_on=7, by=host, now=NOW).version == 1
    with pytest.raises(ChangedMeanwhile):
        save_part(need, "why", {"why": "Andra skäl"}, based_on=7, by=host, now=NOW)


def test_two_questions_can_be_answered_from_the_same_page(host, coordinator):
    need, stale = make_need(by=host), Assignment.objects.get()
    save_part(need, "why", {"why": "Ett skäl"}, based_on=0, by=host, now=NOW)
    save_part(stale, "expected", {"expected": "En uppgift"}, based_on=0, by=coordinator, now=NOW)
    need.refresh_from_db()
    assert (need.why, need.expected) == ("Ett skäl", "En uppgift")


def test_refusals_of_saving(host):
    need = make_need(by=host)
    with pytest.raises(UnknownPart):
        save_part(need, "state", {"state": "open"}, based_on=0, by=host, now=NOW)
    with pytest.raises(TypeError):
        save_part(need, "why", {"state": "open"}, based_on=0, by=host, now=NOW)
    with pytest.raises(NothingToSay):
        save_part(need, "contact", {}, together_by=today(), based_on=0, by=host, now=NOW)


def test_while_the_coordinator_has_it_only_the_coordinator_writes(host, coordinator):
    need = make_ready_need(by=host)
    send_need(need, by=host, now=NOW)
    with pytest.raises(Locked):
        save_part(need, "why", {"why": "Sent påkommet"}, based_on=1, by=host, now=LATER)
    save_part(need, "why", {"why": "Rättat i samtal med värden i dag"}, based_on=1, by=coordinator, now=LATER)


def test_once_open_only_facts_are_put_right_and_it_shows(host):
    need = make_open(by=host)
    with pytest.raises(Locked):
        save_part(need, "pay", {"pay": "none"}, based_on=1, by=host, now=LATER)
    contact = ANSWERS["contact"] | {"contact_phone": "000-11 11 11"}
    save_part(need, "contact", contact, based_on=1, by=host, now=LATER)
    need.refresh_from_db()
    assert set(queries.changed_while_open(need)) == {"contact"}


def test_what_was_unclear_and_became_clear_is_kept(host):
    need = make_need(by=host)
    save_part(need, "why", {"why": "vid behov"}, based_on=0, by=host, now=NOW)
    assert list(Clarification.objects.values_list("key", "code", "cleared_at")) == [("why", "says_nothing", None)]
    save_part(need, "why", ANSWERS["why"], based_on=1, by=host, now=LATER)
    assert [(c.key, c.code, c.found_at, c.cleared_at) for c in queries.clarified(need)] == [
        ("why", "says_nothing", NOW, LATER)
    ]


def test_sending_counts_the_unanswered_as_unclear(host):
    need = make_need(by=host, title="Kallelsen till höften")
    send_need(need, by=host, now=NOW)
    unclear = set(Clarification.objects.filter(cleared_at=None).values_list("key", flat=True))
    assert {"why", "expected", "influence", "harm", "time", "pay", "budget", "contact"} <= unclear


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text("abc", max_size=3), st.integers(0, 3)), max_size=8))
def test_no_saved_wording_is_ever_lost(writes):
    with transaction.atomic():
        need = make_need()
        by, kept, seen = coordinator_for(need), [""], []
        for text, lag in writes:
            version = len(kept) - 1
            try:
                save_part(need, "why", {"why": text}, based_on=max(0, version - lag), by=by, now=NOW)
            except ChangedMeanwhile as meanwhile:
                seen.append((meanwhile.theirs.values["why"], kept[-1]))
            else:
                if text != kept[-1]:
                    kept.append(text)
        revisions = PartRevision.objects.filter(part__assignment=need, part__key="why").order_by("version")
        assert [r.values["why"] for r in revisions] == kept[1:]
        assert all(shown == stands for shown, stands in seen)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_kept_and_one_is_shown_it():
    need = make_need()
    by, ready, outcomes = coordinator_for(need), threading.Barrier(2), []

    def save(text):
        try:
            ready.wait(timeout=10)
            save_part(need, "why", {"why": text}, based_on=0, by=by, now=NOW)
            outcomes.append(("kept", text))
        except ChangedMeanwhile as meanwhile:
            outcomes.append(("shown", meanwhile.theirs.values["why"]))
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(text,)) for text in ("Ett skäl", "Ett annat skäl")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    need.refresh_from_db()
    assert sorted(outcomes) == [("kept", need.why), ("shown", need.why)]
    assert PartRevision.objects.filter(part__key="why").count() == 1


def test_no_is_an_answer_too(host):
    need = make_need(by=host)
    assert save_part(need, "conflict", {"conflict_matter": ""}, based_on=0, by=host, now=NOW).version == 1
    assert save_part(need, "conflict", {"conflict_matter": ""}, based_on=1, by=host, now=NOW).version == 1
    assert save_part(need, "access", {}, based_on=0, by=host, now=NOW).version == 0


# --- talking about it ----------------------------------------------------------------------------


def test_comments_are_said_once_and_taken_care_of_once(host, coordinator):
    need = make_need(by=host)
    comment = comment_part(need, "why", " Vad menar ni? ", by=coordinator, now=NOW)
    assert comment_part(need, "why", "Vad menar ni?", by=coordinator, now=LATER) == comment
    assert comment.text == "Vad menar ni?"
    assert list(queries.open_comments(need)) == [comment]
    done = mark_comment_done(comment, by=host, now=LATER)
    assert mark_comment_done(comment, by=coordinator, now=LATER).done_by_id == done.done_by_id == host.person_id
    assert not queries.open_comments(need).exists()
    assert trail_of(need)[-2:] == ["assignments.part_commented", "assignments.part_comment_done"]


def test_refusals_of_comments(host, coordinator):
    need = make_need(by=host)
    with pytest.raises(EmptyReason):
        comment_part(need, "why", "  ", by=coordinator, now=NOW)
    with pytest.raises(UnknownPart):
        comment_part(need, "what", "Hej", by=coordinator, now=NOW)
    with pytest.raises(NotThatState):
        comment_part(make_open(by=host), "why", "Hej", by=coordinator, now=NOW)


# --- on and back ---------------------------------------------------------------------------------


def test_sending_tells_the_coordinators_once(tree, host, coordinator):
    elsewhere = make_coordinator(tree.other_region)
    need = make_ready_need(by=host)
    send_need(need, by=host, now=NOW)
    send_need(need, by=host, now=LATER)
    need.refresh_from_db()
    assert (need.state, need.sent_at) == (State.SENT, NOW)
    assert mail_of("need_sent") == [coordinator.person_id]
    assert elsewhere.person_id not in mail_of("need_sent")
    assert trail_of(need).count("assignments.need_sent") == 1


def test_sending_nothing_and_sending_too_late_are_refused(host):
    with pytest.raises(NothingWritten):
        send_need(make_need(by=host), by=host, now=NOW)
    with pytest.raises(NotThatState):
        send_need(make_open(by=host), by=host, now=NOW)


def test_taking_back(host):
    need = make_ready_need(by=host)
    take_back(need, by=host, now=NOW)
    send_need(need, by=host, now=NOW)
    assert take_back(need, by=host, now=LATER).state == State.NEED
    with pytest.raises(NotThatState):
        take_back(make_open(by=host), by=host, now=NOW)


def test_sending_back_gathers_the_comments_in_one_mail_each(tree, host, coordinator):
    raiser = actor_for(role=Role.MEMBER, node=tree.region)
    need = create_need(area=tree.region, by=raiser, now=NOW, title="Väntrummet på mottagningen")
    assign_unit(need, tree.unit, by=coordinator, now=NOW)
    save_part(need, "why", ANSWERS["why"], based_on=0, by=host, now=NOW)
    send_need(need, by=host, now=NOW)
    comment_part(need, "why", "Vem ringer?", by=coordinator, now=NOW)
    comment_part(need, "time", "Hur länge?", by=coordinator, now=NOW)
    for _click in range(2):
        send_back(need, "Bra början, två frågor kvar.", by=coordinator, now=LATER)
    need.refresh_from_db()
    assert (need.state, need.sent_back_reason) == (State.NEED, "Bra början, två frågor kvar.")
    assert mail_of("need_sent_back") == sorted([host.person_id, raiser.person_id])
    mail = OutboxMail.objects.filter(kind="assignments/need_sent_back").first()
    assert mail.params["comments"] == [
        {"part": "why", "text": "Vem ringer?"},
        {"part": "time", "text": "Hur länge?"},
    ]


def test_refusals_of_sending_back(host, coordinator):
    need = make_ready_need(by=host)
    with pytest.raises(EmptyReason):
        send_back(need, " ", by=coordinator, now=NOW)
    with pytest.raises(NotThatState):
        send_back(need, "Varför?", by=coordinator, now=NOW)


def test_publishing_opens_for_two_weeks_and_promises_an_answer(host, coordinator):
    need = make_ready_need(by=host)
    send_need(need, by=host, now=NOW)
    for _click in range(2):
        publish(need, by=coordinator, now=LATER)
    need.refresh_from_db()
    assert (need.state, need.published_at) == (State.OPEN, LATER)
    assert (need.closes_on, need.answer_by) == (today() + timedelta(days=14), today() + timedelta(days=28))
    assert mail_of("need_published") == [host.person_id]
    assert trail_of(need).count("assignments.published") == 1


@pytest.mark.parametrize("key", ["title", "why", "expected", "influence", "harm", "time", "pay", "budget", "contact"])
def test_nothing_starts_unclear(host, coordinator, key):
    need = make_ready_need(by=host)
    save_part(need, key, {}, based_on=1, by=host, now=NOW)
    send_need(need, by=host, now=NOW)
    with pytest.raises(NotReady) as refusal:
        publish(need, by=coordinator, now=NOW)
    assert [(f.part, f.code) for f in refusal.value.findings] == [(key, "missing")]
    need.refresh_from_db()
    assert need.state == State.SENT


def test_what_is_not_sent_is_not_published(host, coordinator):
    """What the unit still writes is theirs."""
    need = make_ready_need(by=host)
    with pytest.raises(NotThatState):
        publish(need, by=coordinator, now=NOW)
    need.refresh_from_db()
    assert (need.state, need.published_at) == (State.NEED, None)


def test_what_the_coordinator_typed_in_herself_needs_no_sending(coordinator, tree):
    need = make_ready_need(unit=tree.unit, by=coordinator)
    assert publish(need, by=coordinator, now=NOW).state == State.OPEN


def test_information_alone_is_published_only_with_a_reason(host, coordinator):
    need = make_ready_need(by=host, influence={"influence": "information", "influence_how": "Inget kan ändras nu."})
    send_need(need, by=host, now=NOW)
    with pytest.raises(NotReady) as refusal:
        publish(need, by=coordinator, now=NOW)
    assert [f.code for f in refusal.value.findings] == ["information_only"]
    reason = {
        "influence": "information",
        "influence_how": "Inget.",
        "influence_reason": "Ni prövar om det går att förstå.",
    }
    save_part(need, "influence", reason, based_on=1, by=coordinator, now=NOW)
    assert publish(need, by=coordinator, now=NOW).state == State.OPEN


def test_other_refusals_of_publishing(tree, host, coordinator):
    need = create_need(area=tree.region, by=coordinator, now=NOW)
    with pytest.raises(NoUnit):
        publish(need, by=coordinator, now=NOW)
    need = make_ready_need(by=host)
    send_need(need, by=host, now=NOW)
    with pytest.raises(ClosesTooEarly):
        publish(need, closes_on=today() - timedelta(days=1), by=coordinator, now=NOW)
    with pytest.raises(AnswersTooEarly):
        publish(need, closes_on=today() + timedelta(days=9), answer_by=today(), by=coordinator, now=NOW)
    cancel(need, "Vi hinner inte.", by=host, now=NOW)
    with pytest.raises(NotThatState):
        publish(need, by=coordinator, now=NOW)


def test_giving_up_a_need_tells_those_who_wrote_once(host, coordinator):
    need = make_ready_need(by=host)
    send_need(need, by=host, now=NOW)
    for _click in range(2):
        cancel(need, "Vi har inte längre pengar.", by=host, now=LATER)
    need.refresh_from_db()
    assert (need.state, need.cancelled_reason) == (State.CANCELLED, "Vi har inte längre pengar.")
    assert mail_of("need_cancelled") == [coordinator.person_id]
    assert trail_of(need).count("assignments.cancelled") == 1
    with pytest.raises(EmptyReason):
        cancel(make_need(by=host), "", by=host, now=NOW)


def test_what_is_published_is_called_off_and_not_given_up(host):
    """Giving up answers no applicants."""
    with pytest.raises(NotThatState):
        cancel(make_open(by=host), "Vi hinner inte.", by=host, now=LATER)


def test_the_coordinator_finds_the_unit_and_both_are_told(tree, host, coordinator):
    raiser = actor_for()
    need = create_need(area=tree.region, by=raiser, now=NOW)
    for _click in range(2):
        need = assign_unit(need, tree.unit, by=coordinator, now=NOW)
    assert need.unit == tree.unit
    assert mail_of("need_unit") == sorted([host.person_id, raiser.person_id])
    for by, unit, refusal in [
        (host, tree.other_unit, NotYours),
        (coordinator, tree.unit_elsewhere, WrongUnit),
        (coordinator, tree.nation, WrongUnit),
    ]:
        with pytest.raises(refusal):
            assign_unit(need, unit, by=by, now=NOW)
    with pytest.raises(NotThatState):
        assign_unit(make_open(by=host), tree.other_unit, by=coordinator, now=NOW)


def test_the_database_itself_refuses_what_cannot_be(host):
    need = make_ready_need(by=host)
    for wrong in (
        {"state": "open"},
        {"state": "nonsense"},
        {"people_wanted": 0},
        {"state": "cancelled"},
        {"cancelled_reason": "utan att vara inställt"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.filter(pk=need.pk).update(**wrong)
