"""Several pairs in one wave: who is with whom is seen before it is sent, and the next wave is asked so too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.matching.domain import (
    PAIR,
    AskedAlready,
    CannotBeNamed,
    NotTwo,
    Reply,
    suggested,
    two_and_two,
    whole_pairs,
)
from samskapa.cocreate.matching.jobs import settle_due
from samskapa.cocreate.matching.models import Invitation, Pair, Wave
from samskapa.cocreate.matching.services.answering import answer_invitation
from samskapa.cocreate.pool.models import Member
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.mail import left_when_all_is_mailed
from tests.factories.matching import Turn, ask, invitation_of, make_assignment, make_turn
from tests.factories.organisations import NOW, actor_for, log_in
from tests.factories.pool import make_member

AFTER = NOW + timedelta(days=8)


def pairs_of(wave: Wave) -> list[list[int]]:
    """Members, two and two, in the order of the pairs and of the places in them."""
    found: dict[int, list[int]] = {}
    for row in wave.invitations.exclude(pair=None).order_by("pair", "place"):
        found.setdefault(row.pair_id, []).append(row.member_id)
    return list(found.values())


def ids(*members: Member) -> list[int]:
    return [member.pk for member in members]


def say(member: Member, reply: Reply) -> None:
    answer_invitation(invitation_of(member), reply, by=Actor(person_id=member.person_id), now=NOW)


@given(st.lists(st.integers(1, 60), max_size=12))
def test_those_who_stand_next_to_each_other_are_a_pair_and_nobody_is_left_over(ids):
    if not ids or len(ids) % 2 or len(set(ids)) < len(ids):
        with pytest.raises(NotTwo):
            two_and_two(ids)
    else:
        assert [pk for pair in two_and_two(ids) for pk in pair] == ids
        assert {len(pair) for pair in two_and_two(ids)} == {PAIR}


@given(st.integers(1, 100), st.integers(0, 80))
def test_two_and_two_is_suggested_only_where_more_than_one_is_wanted_and_nobody_would_be_left_over(wanted, free):
    number, in_pairs = suggested(wanted, free)
    assert number <= min(free, 50)
    assert number >= min(wanted, free, 50)
    assert in_pairs == (wanted > 1 and number > 0 and number % 2 == 0)
    assert whole_pairs(number) in (number, number - 1)
    assert whole_pairs(number) % 2 == 0


@pytest.mark.django_db
def test_a_wave_asks_any_even_number_two_and_two_in_the_order_that_was_given():
    turn = make_turn(6)
    a, b, c, d, e, f = turn.members
    order = [d, a, f, b, c, e]
    wave = ask(turn, order, together=True, named=ids(f, b, d))  # of d's pair only one has said so
    assert pairs_of(wave) == [ids(d, a), ids(f, b), ids(c, e)]
    assert list(Pair.objects.order_by("pk").values_list("named", flat=True)) == [False, True, False]
    assert wave.size == 6
    assert {mail.params["together"] for mail in OutboxMail.objects.filter(kind="matching/asked")} == {True}
    with pytest.raises(NotTwo):
        ask(turn, turn.members[:5], together=True)


@pytest.mark.django_db
def test_each_pair_is_closed_by_itself():
    turn = make_turn(4)
    a, b, c, d = turn.members
    ask(turn, together=True)
    for member in (a, b, c):
        say(member, Reply.YES)
    say(d, Reply.NO)
    told = OutboxMail.objects.filter(kind__in=["matching/both", "matching/alone"]).order_by("pk")
    assert [(mail.kind, mail.recipient_id) for mail in told] == [
        ("matching/both", b.person_id),
        ("matching/both", a.person_id),
        ("matching/alone", c.person_id),
    ]
    assert [pair.ended_at is None for pair in Pair.objects.order_by("pk")] == [True, False]
    assert left_when_all_is_mailed(NOW) == []


@pytest.mark.django_db
def test_the_database_keeps_every_pair_two():
    turn = make_turn(5)
    ask(turn, turn.members[:4], together=True)
    fifth = turn.members[4]
    for pair in Pair.objects.all():
        for place in (1, 2, 3, None):
            with pytest.raises(IntegrityError), transaction.atomic():
                Invitation.objects.create(
                    wave=Wave.objects.get(), assignment=turn.assignment, member=fifth, person=fifth.person,
                    asked_at=NOW, pair=pair, place=place,
                )  # fmt: skip


@pytest.mark.django_db
def test_the_same_button_twice_is_once_and_other_pairs_of_the_same_people_are_told():
    turn = make_turn(4)
    a, b, c, d = turn.members
    first = ask(turn, together=True)
    assert ask(turn, together=True) == first
    assert ask(turn, [b, a, d, c], together=True) == first, "the same two, whoever stands first"
    with pytest.raises(AskedAlready):
        ask(turn, [a, c, b, d], together=True)
    with pytest.raises(AskedAlready):
        ask(turn)
    assert (Wave.objects.count(), Pair.objects.count()) == (1, 2)


@pytest.mark.django_db
def test_only_a_pair_with_somebody_protected_cannot_be_named():
    turn = make_turn(4)
    a, b, c, d = turn.members
    protect(a.person, coordinators=[Person.objects.get(pk=turn.coordinator.person_id)], by=turn.coordinator, now=NOW)
    with pytest.raises(CannotBeNamed):
        ask(turn, together=True, named=ids(a, b))
    ask(turn, together=True, named=ids(c, d, a))
    assert list(Pair.objects.order_by("pk").values_list("named", flat=True)) == [False, True]


# --- the next wave by itself ----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("left", "asked", "what"), [(5, 4, "opened"), (3, 2, "opened"), (1, 0, "one"), (0, 0, "nobody")]
)
def test_the_next_wave_after_pairs_asks_pairs_in_the_fair_order_and_never_one_alone(left, asked, what):
    turn = make_turn(4)
    ask(turn, together=True, next_by_itself=True, named=ids(*turn.members))
    for _each in range(left):
        make_member(turn.group, coordinator=turn.coordinator)
    settle_due.call(now=AFTER)
    waves = list(Wave.objects.order_by("number"))
    assert [wave.size for wave in waves[1:]] == ([asked] if asked else [])
    for wave in waves[1:]:
        order = list(wave.invitations.order_by("pk").values_list("member", flat=True))
        assert [pk for pair in pairs_of(wave) for pk in pair] == order
        assert {len(pair) for pair in pairs_of(wave)} == {2}
        assert set(wave.pairs.values_list("named", flat=True)) == {False}, "nobody has said so"
    assert OutboxMail.objects.get(kind="matching/settled").params["what"] == what
    assert left_when_all_is_mailed(AFTER) == []


@pytest.mark.django_db
def test_the_next_wave_after_single_persons_asks_single_persons():
    turn = make_turn(2)
    ask(turn, next_by_itself=True)
    for _each in range(2):
        make_member(turn.group, coordinator=turn.coordinator)
    settle_due.call(now=AFTER)
    assert (Wave.objects.count(), Pair.objects.count(), Invitation.objects.count()) == (2, 0, 4)


# --- the pages ------------------------------------------------------------------------------------


def as_coordinator(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


@pytest.fixture
def turn(client) -> Turn:
    """Four members with names, and their coordinator logged in."""
    now = timezone.now()
    found = make_turn(now=now)
    found.members = [
        make_member(found.group, coordinator=found.coordinator, name={"called": name}, now=now)
        for name in ("Anna", "Bo", "Cilla", "Dag")
    ]
    as_coordinator(client, found.coordinator)
    return found


def sent(turn: Turn, *members: Member, **more) -> dict:
    picked = [str(member.pk) for member in (members or turn.members)]
    day = (timezone.localdate() + timedelta(days=5)).isoformat()
    return {"members": picked, "answer_by": day, "wanted": "4", "together": "on"} | more


def looked_through(turn: Turn, numbers: list[int], *, named: Sequence[str] = (), **more) -> dict:
    said = {f"pair_{member.pk}": str(number) for member, number in zip(turn.members, numbers, strict=True)}
    return sent(turn) | {"pairing": "1", "named": list(named)} | said | more


def fits(turn: Turn) -> str:
    return reverse("matching:fits", args=[turn.assignment.pk])


def legends(text: str) -> list[str]:
    return [" ".join(each.split()) for each in re.findall(r"<legend>(Par [^<]+)</legend>", text)]


@pytest.mark.django_db
def test_who_is_with_whom_is_said_before_anybody_is_asked_and_then_they_are(client, turn):
    first = client.post(fits(turn), sent(turn, next_by_itself="on"))
    text = first.content.decode()
    assert (first.status_code, Invitation.objects.count()) == (200, 0)
    assert legends(text) == ["Par 1: Anna och Bo", "Par 2: Cilla och Dag"]
    assert '<input type="hidden" name="next_by_itself" value="on">' in text
    assert AuditEntry.objects.filter(action="pool.members_read").count() == 1
    done = client.post(fits(turn), looked_through(turn, [1, 1, 2, 2], next_by_itself="on"))
    assert done["Location"] == reverse("matching:waves", args=[turn.assignment.pk])
    wave = Wave.objects.get()
    assert wave.next_by_itself is True
    a, b, c, d = turn.members
    assert pairs_of(wave) == [ids(a, b), ids(c, d)]
    waves = client.get(done["Location"]).content.decode()
    for one, other in (("Anna", "Bo"), ("Bo", "Anna"), ("Cilla", "Dag"), ("Dag", "Cilla")):
        assert f"<b>{one}</b>. Tillfrågas tillsammans med {other}" in waves


@pytest.mark.django_db
def test_who_is_with_whom_is_changed_shown_and_asked(client, turn):
    a, b, c, d = turn.members
    shown = client.post(fits(turn), looked_through(turn, [1, 2, 1, 2], show="1"))
    assert (shown.status_code, legends(shown.content.decode())) == (200, ["Par 1: Anna och Cilla", "Par 2: Bo och Dag"])
    assert Invitation.objects.count() == 0
    key = f"{a.pk}-{c.pk}"
    client.post(fits(turn), looked_through(turn, [1, 2, 1, 2], named=[key]))
    assert pairs_of(Wave.objects.get()) == [ids(a, c), ids(b, d)]
    assert list(Pair.objects.order_by("pk").values_list("named", flat=True)) == [True, False]


@pytest.mark.django_db
@pytest.mark.parametrize("numbers", [[1, 1, 1, 2], [1, 1, 1, 1], [2, 2, 2, 1], [1, 1, 2, 9], [0, 1, 1, 2]])
def test_not_two_in_each_is_told_and_what_was_chosen_is_kept(client, turn, numbers):
    refused = client.post(fits(turn), looked_through(turn, numbers))
    text = refused.content.decode()
    assert (refused.status_code, Invitation.objects.count()) == (422, 0)
    if max(numbers) < 3 and min(numbers):
        assert "Det ska vara två i varje par. Titta på: Par 1, Par 2." in text
        for member, number in zip(turn.members, numbers, strict=True):
            select = text.split(f'name="pair_{member.pk}"')[1].split("</select>")[0]
            assert f'<option value="{number}" selected>' in select


@pytest.mark.django_db
def test_two_who_may_be_named_to_each_other_and_are_parted_are_not_named_to_others(client, turn):
    a, b, _c, _d = turn.members
    refused = client.post(fits(turn), looked_through(turn, [1, 2, 1, 2], named=[f"{a.pk}-{b.pk}"]))
    assert (refused.status_code, Invitation.objects.count()) == (422, 0)
    assert "att Anna och Bo får veta vem den andra är, men nu är de inte ett par" in refused.content.decode()
    shown = client.post(fits(turn), looked_through(turn, [1, 2, 1, 2], named=[f"{a.pk}-{b.pk}"], show="1"))
    assert (shown.status_code, " checked" in shown.content.decode()) == (200, False)
    for odd in ("", "x", "1-2-3", f"{a.pk}", f"{a.pk}-{a.pk}"):
        assert client.post(fits(turn), looked_through(turn, [1, 2, 1, 2], named=[odd], show="1")).status_code == 200


@pytest.mark.django_db
def test_back_to_choose_others_keeps_what_was_ticked(client, turn):
    back = client.post(fits(turn), looked_through(turn, [1, 2, 1, 2], choose="1"))
    text = back.content.decode()
    assert (back.status_code, Invitation.objects.count()) == (200, 0)
    assert len(re.findall(r'name="members" value="\d+" id="\w+" checked', text)) == 4


@pytest.mark.django_db
def test_an_odd_number_is_told_and_who_was_just_asked_elsewhere_before_the_pairs_are_made(client, turn):
    refused = client.post(fits(turn), sent(turn, *turn.members[:3]))
    assert (refused.status_code, "Du har kryssat för 3." in refused.content.decode()) == (422, True)
    other = make_assignment(turn.unit, turn.coordinator)
    ask(turn, turn.members[:1], assignment=other, alone=True, now=timezone.now())
    refused = client.post(fits(turn), sent(turn))
    text = refused.content.decode()
    assert (refused.status_code, f'name="anyway" value="{turn.members[0].pk}"' in text) == (422, True)
    assert legends(client.post(fits(turn), sent(turn, anyway=[str(turn.members[0].pk)])).content.decode())


@pytest.mark.django_db
def test_the_second_of_two_coordinators_is_told_when_the_pairs_are_sent(client, turn):
    ask(turn, turn.members[1:2], alone=True, now=timezone.now(), by=actor_for(role=Role.COORDINATOR, node=turn.region))
    refused = client.post(fits(turn), looked_through(turn, [1, 1, 2, 2]))
    assert (refused.status_code, Invitation.objects.count()) == (422, 1)
    assert "1 av dem du valde har nyss blivit tillfrågad" in refused.content.decode()


@pytest.mark.django_db
def test_pairs_are_the_first_choice_where_two_or_more_are_wanted_and_nobody_is_left_over(client, turn):
    def choices() -> tuple[int, list[str]]:
        text = client.get(fits(turn)).content.decode()
        radios = re.findall(r'<input type="radio" name="together" value="(\w*)"([^>]*)>', text)
        assert [value for value, _rest in radios] == ["on", ""]
        ticked = re.findall(r'name="members" value="\d+" id="\w+" checked', text)
        return len(ticked), [value for value, rest in radios if " checked" in rest]

    assert choices() == (4, ["on"])  # three are wanted: two pairs
    turn.assignment.__class__.objects.filter(pk=turn.assignment.pk).update(people_wanted=1)
    assert choices() == (2, [""])
    turn.assignment.__class__.objects.filter(pk=turn.assignment.pk).update(people_wanted=3)
    ask(turn, turn.members[:1], alone=True, now=timezone.now())
    assert choices() == (3, [""])


@pytest.mark.django_db
def test_a_protected_member_is_in_a_pair_by_the_neutral_name_and_no_box_names_them(client, turn):
    a = turn.members[0]
    protect(
        a.person,
        coordinators=[Person.objects.get(pk=turn.coordinator.person_id)],
        by=turn.coordinator,
        now=timezone.now(),
    )
    text = client.post(fits(turn), sent(turn)).content.decode()
    assert ("Anna" in text, "en av dem har skyddad identitet" in text) == (False, True)
    assert re.findall(r'name="named" value="([\d-]+)"', text) == [f"{turn.members[2].pk}-{turn.members[3].pk}"]
    b = turn.members[1]
    refused = client.post(fits(turn), looked_through(turn, [1, 1, 2, 2], named=[f"{a.pk}-{b.pk}"]))
    assert (refused.status_code, Invitation.objects.count()) == (422, 0)
    assert "En av dem har skyddad identitet, och nämns inte för någon." in refused.content.decode()
