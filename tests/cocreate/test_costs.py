"""Every page of the resource group, of asking and of lists costs the same with 3 as with 300 of everything."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.importing.access import no_token
from samskapa.cocreate.importing.domain import State
from samskapa.cocreate.importing.models import Import, Origin, Row
from samskapa.cocreate.matching.access import token_of
from samskapa.cocreate.pool.access import still_token
from samskapa.cocreate.pool.domain import ASKED_EACH, QUESTIONS, Status
from samskapa.cocreate.pool.domain.agreement import Worded
from samskapa.cocreate.pool.models import Member, Move, Note, NoteAnswer, SavedView, StartingPoint, StartingText
from samskapa.cocreate.pool.queries.agreement import agreements
from samskapa.cocreate.pool.services import notes, running, viewing, yearly
from samskapa.cocreate.pool.services.starting_text import save_starting_text
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.bulk import copy_of, many_people
from tests.factories.bulk_members import many_invitations, many_members, open_all
from tests.factories.importing import as_lines, checked, taken_in
from tests.factories.matching import Turn, ask, invitation_of, make_assignment, make_turn
from tests.factories.organisations import NOW, log_in
from tests.factories.pool import answer, make_member

pytestmark = pytest.mark.django_db

FEW, MANY = 3, 300


def logged_in(person, actor: Actor | None = None) -> Client:
    client = Client()
    grant = RoleGrant.objects.get(person=person, role=Role.COORDINATOR) if actor else None
    log_in(client, person, grant)
    return client


def coordinator_of(turn: Turn) -> Client:
    grant = RoleGrant.objects.get(person_id=turn.coordinator.person_id, role=Role.COORDINATOR)
    return logged_in(grant.person, turn.coordinator)


def costs(pages: dict[str, tuple[Client, str]]) -> dict[str, int]:
    """Page -> how many queries."""
    found = {}
    for name, (client, path) in pages.items():
        client.get(path)  # what is read once a process
        with CaptureQueriesContext(connection) as said:
            page = client.get(path)
        assert page.status_code == 200, (name, page.status_code)
        found[name] = len(said)
    return found


def same(pages: dict[str, tuple[Client, str]], grow, fewer: dict[str, int] | None = None) -> None:
    """fewer: page -> how many queries fewer it costs when it has grown; of all others exactly the same."""
    few = costs(pages)
    grow()
    many = costs(pages)
    assert {name: few[name] - many[name] for name in few if few[name] != many[name]} == (fewer or {})


def test_pages_of_the_group():
    turn = make_turn(1)
    group, by = turn.group, turn.coordinator
    reached = (Status.INTERESTED, Status.TALKED, Status.WELCOMED)
    stages = [make_member(group, status=status, coordinator=by) for status in reached]
    active, interested, talked, welcomed = answer(turn.members[0], "name", called="Maja Lindqvist"), *stages
    starting = save_starting_text(group, [Worded("own-1", "together", "Vi fikar.")], based_on=0, by=by, now=NOW)
    answer(active, "experience", experience="Min stroke", care=["psychiatry"])
    Member.objects.filter(pk=active.pk).update(next_check_in=timezone.localdate(), heard_at=NOW - ASKED_EACH)
    asked = yearly.ask(active, by=Actor(), now=NOW)
    own = Actor(person_id=active.person_id)
    note = running.write_note(active, kind="note", on_day=NOW.date(), text="A", next_check_in=None, by=by, now=NOW)
    notes.answer_note(note, text="Ja.", by=own, now=NOW)
    viewing.save_view(group, name="Patienter", wanted={"as": "patient"}, by=by, now=NOW)
    agreement = agreements().get(root=active)
    place, coordinator, member = group.node_id, coordinator_of(turn), logged_in(active.person)
    begins = logged_in(make_member(group, status=Status.BEGUN, coordinator=by).person)

    def url(name: str, *args: object) -> str:
        return reverse(f"pool:{name}", args=args)

    members = url("members", place)
    pages = {
        **{f"coordinator, {name}": (coordinator, url(name, active.pk)) for name in ("member", "contact", "note")},
        "talk": (coordinator, url("talk", interested.pk)),
        "say no": (coordinator, url("say_no", interested.pk)),
        "welcome": (coordinator, url("welcome", talked.pk)),
        "minor": (coordinator, url("minor", interested.pk)),
        "starting text": (coordinator, url("starting_text", place)),
        "introduction": (coordinator, url("introduction", welcomed.pk)),
        "welcomed": (coordinator, url("member", welcomed.pk)),
        "the agreement, coordinator": (coordinator, url("agreement", agreement.pk)),
        "arrange": (coordinator, url("arrange", place)),
        "waiting": (coordinator, url("waiting", place)),
        "members": (coordinator, members),
        "members, page 2": (coordinator, f"{members}?page=2"),
        "members, chosen": (coordinator, f"{members}?as=patient&status=active&age=30-49"),
        "members, chosen by more": (
            coordinator,
            f"{members}?organisation=any&training=told&introduction=done&agreement=confirmed&care=psychiatry&care=dental",
        ),
        "members, a name": (coordinator, f"{members}?words=maja"),
        "members, a name misspelt": (coordinator, f"{members}?words=lindkvist"),
        "members, own words and an answer": (coordinator, f"{members}?words=stroken+patienten"),
        "the desk": (coordinator, reverse("pages:desk")),
        "groups": (member, url("groups")),
        "group": (member, url("group", place)),
        "paper": (member, url("paper", place)),
        "mine": (member, url("mine", place)),
        "check": (begins, url("check", place)),
        **{f"question, {each.key}": (member, url("question", place, each.key)) for each in QUESTIONS},
        "answer note": (member, url("answer_note", place, note.pk)),
        "leave": (member, url("leave", place)),
        "agreement": (member, url("agreement", agreement.pk)),
        "agreement, history": (member, url("agreement_history", agreement.pk)),
        "my page": (member, reverse("pages:my_page")),
        "still": (Client(), url("still", still_token(asked))),
    }

    def grow() -> None:
        many_members([active, interested, talked, welcomed], MANY)
        grant = RoleGrant.objects.get(person_id=by.person_id, role=Role.COORDINATOR)
        RoleGrant.objects.bulk_create([copy_of(grant, person=person) for person in many_people(MANY, first=10_000)])
        texts = StartingText.objects.bulk_create([copy_of(starting, number=2 + n) for n in range(MANY)])
        point = starting.points.get()
        StartingPoint.objects.bulk_create([copy_of(point, starting=each) for each in texts])
        for table, row in ((Move, Move.objects.filter(member=active).first()), (Note, note)):
            open_all(row)
            uid = [{"uid": uuid4()} if table is Note else {} for _each in range(MANY)]
            table.objects.bulk_create([copy_of(row, **each) for each in uid])
        said = NoteAnswer.objects.get()
        open_all(said)
        written = Note.objects.filter(member=active)
        NoteAnswer.objects.bulk_create([copy_of(said, uid=uuid4(), note=each) for each in written])
        view = SavedView.objects.get()
        SavedView.objects.bulk_create([copy_of(view, name=f"Urval {n}", wanted={"age": str(n)}) for n in range(MANY)])

    same(pages, grow)
    assert Member.objects.filter(group=group).count() == MANY + 5


def test_pages_of_asking():
    turn = make_turn(FEW)
    now = timezone.now()
    other = make_assignment(turn.unit, turn.coordinator, now=now)
    ask(turn, turn.members[:2], now=now)
    ask(turn, turn.members[1:], now=now, assignment=other, anyway=[member.pk for member in turn.members])
    first, invitation = turn.members[0], invitation_of(turn.members[0])
    coordinator, member = coordinator_of(turn), logged_in(first.person)
    (third,) = turn.members[2:]

    def url(name: str, *args: object) -> str:
        return reverse(f"matching:{name}", args=args)

    fits = url("fits", turn.assignment.pk)
    pages = {
        "fits": (coordinator, fits),
        "fits, looked for": (coordinator, f"{fits}?look=1&care=primary&as=patient&only=care&only=place"),
        "waves": (coordinator, url("waves", turn.assignment.pk)),
        "why": (coordinator, url("why", turn.assignment.pk, third.pk)),
        "why not": (coordinator, url("why", turn.assignment.pk, first.pk)),
        "look up": (coordinator, f"{url('look_up', turn.assignment.pk)}?name=kim"),
        "of a member": (coordinator, url("of_member", first.pk)),
        "invitation": (member, url("invitation", invitation.pk)),
        "by link": (Client(), url("by_link", token_of(invitation))),
        "my page": (member, reverse("pages:my_page")),
    }

    def grow() -> None:
        made = many_members(turn.members, 2 * MANY)
        many_invitations(invitation, made[:MANY])
        many_invitations(invitation_of(third), made[MANY // 2 : MANY + MANY // 2])

    # Nobody on the first page has anything else any more: the days of it are not asked for.
    same(pages, grow, fewer={"fits": 1, "fits, looked for": 1})
    shown = coordinator.get(fits).content.decode()
    assert f"{MANY + 1} medlemmar kan tillfrågas" in shown


def test_pages_of_lists():
    turn = make_turn(FEW)
    group, place = turn.group, turn.group.node_id
    headings = ("Namn", "E-post", "Telefon", "Ålder", "Roll")
    rows = [(f"Namn {n}", f"ny-{n}@example.se", "", "gammal" if n % 2 else "40", "Patient") for n in range(2 * FEW)]
    rows += [("Samma", member.person.email, "", "", "") for member in turn.members]
    rows += [("", "", "", "", "x")] * FEW
    one = checked(group, turn.coordinator, as_lines(headings, *rows))
    said_yes = [(f"Ja {n}", f"ja-{n}@example.se", "", "40", "Patient") for n in range(FEW)]
    came_in = taken_in(group, turn.coordinator, as_lines(headings, *said_yes), name="ja.csv")
    newcomer = Member.objects.filter(origins__is_new=True).order_by("pk").first()
    coordinator = coordinator_of(turn)

    def url(name: str, *args: object) -> str:
        return reverse(f"importing:{name}", args=args)

    pages = {
        **{name: (coordinator, url(name, one.pk)) for name in ("progress", "columns", "twins", "take_in")},
        **{f"rows, {kind}": (coordinator, url("rows", one.pk, kind)) for kind in ("good", "told", "bad")},
        "start": (coordinator, url("start", place)),
        "tell": (coordinator, url("tell", came_in.pk)),
        "no": (Client(), url("no", no_token(newcomer))),
        "export, csv": (coordinator, url("export", place, "csv")),
        "export, xlsx": (coordinator, url("export", place, "xlsx")),
    }

    def grow() -> None:
        made = many_members(turn.members, MANY)
        kinds = {
            "good": Row.objects.filter(of=one, state=State.GOOD, twin=None, told=[]).first(),
            "told": Row.objects.filter(of=one, state=State.GOOD, twin=None).exclude(told=[]).first(),
            "bad": Row.objects.filter(of=one, state=State.BAD).first(),
            "twins": Row.objects.filter(of=one, twin__isnull=False).first(),
        }
        number = 1000
        for kind, row in kinds.items():
            assert row is not None, kind
            open_all(row)
            copies = []
            for member in made:
                number += 1
                twin = {"twin": member} if kind == "twins" else {}
                copies.append(copy_of(row, uid=uuid4(), number=number, **twin))
            Row.objects.bulk_create(copies)
        Origin.objects.bulk_create(
            [Origin(of=came_in, member=each, number=5000 + n, is_new=True, at=NOW) for n, each in enumerate(made)]
        )
        assert Import.objects.count() == 2

    same(pages, grow)
