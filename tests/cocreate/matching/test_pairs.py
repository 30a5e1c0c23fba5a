"""Two who are asked together: it takes both to say yes, and nobody is left alone without being asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.matching.access import token_of
from samskapa.cocreate.matching.domain import CannotBeNamed, Follows, NotTwo, Reply, follows
from samskapa.cocreate.matching.jobs import settle_due
from samskapa.cocreate.matching.models import Invitation, Pair, Wave
from samskapa.cocreate.matching.queries.pairs import together_of
from samskapa.cocreate.matching.queries.waves import invitations_shown, waves_of
from samskapa.cocreate.matching.services import asking
from samskapa.cocreate.matching.services.answering import answer_invitation
from samskapa.cocreate.matching.services.my_data import end_invitations, remove_old_invitation
from samskapa.cocreate.pool.models import Member
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.applications import make_application
from tests.factories.mail import left_when_all_is_mailed
from tests.factories.matching import Turn, ask, invitation_of, make_turn
from tests.factories.organisations import NOW, log_in
from tests.factories.pool import make_member

AFTER = NOW + timedelta(days=8)


def pair_of(turn: Turn, *, named: bool = False) -> tuple[Member, Member]:
    two = turn.members[:2]
    ask(turn, two, together=True, named=[member.pk for member in two] if named else [])
    return turn.members[0], turn.members[1]


def say(member: Member, reply: Reply) -> None:
    answer_invitation(invitation_of(member), reply, by=Actor(person_id=member.person_id), now=NOW)


def answers(*members: Member) -> list[str]:
    return [invitation_of(member).answer for member in members]


def mailed(kind: str) -> list[int]:
    found = OutboxMail.objects.filter(kind=f"matching/{kind}").order_by("recipient_id")
    return list(found.values_list("recipient_id", flat=True))


def is_over(member: Member) -> bool:
    found = together_of(invitations_shown().get(pk=invitation_of(member).pk))
    assert found is not None
    return found.is_over


ANSWERS = st.sampled_from(["", *Reply])


@given(one=ANSWERS, other=ANSWERS)
def test_a_pair_takes_part_only_by_two_yes_and_a_no_never_waits(one, other):
    step = follows(one, other)
    assert (step is Follows.BOTH) == (one == other == Reply.YES)
    assert (step is Follows.ALONE) == (one not in ("", Reply.YES))


@pytest.mark.django_db
def test_two_yes_are_a_yes_and_both_are_told_once():
    turn = make_turn(2)
    one, other = pair_of(turn)
    assert [mail.params["together"] for mail in OutboxMail.objects.filter(kind="matching/asked")] == [True, True]
    say(one, Reply.YES)
    assert mailed("both") == []
    for _twice in range(2):
        say(other, Reply.YES)
    assert (mailed("both"), mailed("alone")) == ([one.person_id, other.person_id], [])
    settle_due.call(now=AFTER)
    assert (answers(one, other), is_over(one), mailed("alone")) == (["yes", "yes"], False, [])
    assert left_when_all_is_mailed(AFTER) == []


@pytest.mark.django_db
@pytest.mark.parametrize("before", ["", "yes"])
@pytest.mark.parametrize("how", ["no", "taken back", "forgotten"])
def test_when_one_does_not_the_other_is_asked_anew_whether_alone_is_all_right(before, how):
    turn = make_turn(2)
    one, other = pair_of(turn)
    if before:
        say(other, Reply.YES)
    if how == "no":
        say(one, Reply.NO)
    elif how == "taken back":
        asking.take_back_invitation(invitation_of(one), by=turn.coordinator, now=NOW)
    else:
        end_invitations(one.person_id, died=False, by=SYSTEM, now=NOW)
    assert (answers(other), is_over(other), mailed("alone")) == ([""], True, [other.person_id])
    say(other, Reply.YES)
    say(other, Reply.NO)
    assert (mailed("alone"), mailed("both")) == ([other.person_id], [])
    if how == "no":  # one may change one's mind, and is then one of two who were asked alone
        say(one, Reply.YES)
        assert answers(one, other) == ["yes", "no"]
    assert left_when_all_is_mailed(NOW) == []


@pytest.mark.django_db
def test_a_no_after_two_yes_opens_the_wave_again_for_the_other():
    turn = make_turn(2)
    one, other = pair_of(turn)
    say(one, Reply.YES)
    say(other, Reply.YES)
    settle_due.call(now=NOW)
    assert Wave.objects.get().settled_at == NOW
    say(one, Reply.NO)
    assert (answers(other), Wave.objects.get().settled_at) == ([""], None)
    settle_due.call(now=AFTER)
    assert (answers(one, other), Wave.objects.get().settled_at) == (["no", "lapsed"], AFTER)


@pytest.mark.django_db
def test_who_has_applied_already_keeps_that():
    turn = make_turn(2)
    one, other = pair_of(turn)
    say(other, Reply.YES)
    make_application(turn.assignment, person=other.person, now=NOW)
    say(one, Reply.NO)
    assert answers(other) == ["yes"]
    assert OutboxMail.objects.get(kind="matching/alone").params["has_applied"] is True
    assert left_when_all_is_mailed(NOW) == []


@pytest.mark.django_db
def test_when_the_day_passes_who_said_yes_keeps_it_and_is_told_that_the_other_was_silent():
    turn = make_turn(2)
    one, other = pair_of(turn)
    say(one, Reply.YES)
    settle_due.call(now=AFTER)
    assert (answers(one, other), is_over(one), mailed("alone")) == (["yes", "lapsed"], True, [one.person_id])
    assert OutboxMail.objects.get(kind="matching/alone").params["is_late"] is True
    assert left_when_all_is_mailed(AFTER) == []


@pytest.mark.django_db
def test_a_pair_is_two_and_the_database_says_so_too():
    turn = make_turn(3)
    with pytest.raises(NotTwo):
        ask(turn, together=True)
    with pytest.raises(NotTwo):
        ask(turn, turn.members[:1], together=True, alone=True)
    pair_of(turn)
    third = {"wave": Wave.objects.get(), "assignment": turn.assignment, "member": turn.members[2], "asked_at": NOW}
    third |= {"person": turn.members[2].person, "pair": Pair.objects.get()}
    for place in (1, 2, 3, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.create(**third, place=place)


@pytest.mark.django_db
def test_the_other_is_named_only_where_both_have_said_so_and_never_when_protected(client):
    turn = make_turn(1)
    turn.members.append(make_member(turn.group, coordinator=turn.coordinator, name={"called": "Zebran"}))
    one, other = pair_of(turn, named=True)
    pages = [
        reverse("matching:invitation", args=[invitation_of(one).pk]),
        reverse("matching:by_link", args=[token_of(invitation_of(one))]),
    ]
    log_in(client, one.person)
    assert ["Zebran" in client.get(page).content.decode() for page in pages] == [True, False]
    Pair.objects.update(named=False)
    assert "tillsammans med en annan medlem" in client.get(pages[0]).content.decode()
    Pair.objects.update(named=True)
    named = Person.objects.get(pk=turn.coordinator.person_id)
    protect(other.person, coordinators=[named], by=turn.coordinator, now=NOW)
    assert "tillsammans med en annan medlem" in client.get(pages[0]).content.decode()


@pytest.mark.django_db
def test_a_protected_person_can_be_asked_together_with_another_but_not_named():
    turn = make_turn(2)
    named = Person.objects.get(pk=turn.coordinator.person_id)
    protect(turn.members[0].person, coordinators=[named], by=turn.coordinator, now=NOW)
    with pytest.raises(CannotBeNamed):
        pair_of(turn, named=True)
    pair_of(turn)
    assert Pair.objects.get().named is False


@pytest.mark.django_db
def test_from_the_list_to_the_two_pages(client):
    now = timezone.now()
    turn = make_turn(3, now=now)
    grant = RoleGrant.objects.get(person_id=turn.coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    page = reverse("matching:fits", args=[turn.assignment.pk])
    sent = {"answer_by": (timezone.localdate(now) + timedelta(days=7)).isoformat(), "wanted": "2", "together": "on"}
    ids = [member.pk for member in turn.members]
    refused = client.post(page, sent | {"members": ids})
    assert (refused.status_code, "Du har kryssat för 3." in refused.content.decode()) == (422, True)
    refused = client.post(page, sent | {"members": ids[:2], "named": "on", "together": ""})
    assert (refused.status_code, "två som tillfrågas tillsammans" in refused.content.decode()) == (422, True)
    assert client.post(page, sent | {"members": ids[:2]})["Location"] == reverse(
        "matching:waves", args=[turn.assignment.pk]
    )
    waves = client.get(reverse("matching:waves", args=[turn.assignment.pk])).content.decode()
    assert waves.count("båda behöver säga ja") == 2
    one, other = turn.members[:2]
    log_in(client, one.person)
    own = reverse("matching:invitation", args=[invitation_of(one).pk])
    assert client.post(own, {"answer": "yes"})["Location"] == own, "not on to the application yet"
    assert "Den andra har inte svarat än." in client.get(own).content.decode()
    log_in(client, other.person)
    theirs = reverse("matching:invitation", args=[invitation_of(other).pk])
    assert client.post(theirs, {"answer": "no"}).status_code == 302
    log_in(client, one.person)
    assert "Är det okej för dig att vara med ensam?" in client.get(own).content.decode()
    assert client.post(own, {"answer": "yes"})["Location"] == reverse("assignments:apply", args=[turn.assignment.pk])


@pytest.mark.django_db
def test_the_page_of_waves_costs_the_same_with_many_pairs_and_an_old_pair_goes_with_its_invitations():
    turn = make_turn(8)
    counts = []
    for start in (0, 2, 4, 6):
        ask(turn, turn.members[start : start + 2], together=True)
        with CaptureQueriesContext(connection) as queries:
            rows = waves_of(turn.filling)
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert all(each.together for row in rows for each in row.rows)
    settle_due.call(now=AFTER)
    for invitation in Invitation.objects.order_by("pk")[:3]:
        remove_old_invitation(invitation.pk, limit=AFTER, by=SYSTEM, now=AFTER)
    assert Pair.objects.count() == 3
