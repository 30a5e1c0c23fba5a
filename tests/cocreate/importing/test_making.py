"""From a file to members: nothing before somebody says so, nothing twice, nothing kept that may not be."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from samskapa.cocreate.importing import services
from samskapa.cocreate.importing.domain import Choice, NotNow, Stage, Trouble, guess
from samskapa.cocreate.importing.jobs import close_due
from samskapa.cocreate.importing.models import Import, Origin, Row
from samskapa.cocreate.importing.queries.desk import waiting_lists
from samskapa.cocreate.importing.queries.lists import counts_of
from samskapa.cocreate.importing.queries.words import our_headings
from samskapa.cocreate.importing.services import exporting, making, reading, receiving, telling
from samskapa.cocreate.pool.domain import AgeUnknown, Status, Why
from samskapa.cocreate.pool.domain.questions import question
from samskapa.cocreate.pool.models import Consent, Member, Move, Note, Reply, Tag
from samskapa.cocreate.pool.queries.desk import groups_run_by
from samskapa.cocreate.pool.queries.members import values_of
from samskapa.cocreate.pool.queries.tools import Waits
from samskapa.cocreate.pool.services import joining, running
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import AuditEntry, AuditSubject, OutboxMail
from samskapa.ground.core.services import drain, is_unbroken
from samskapa.ground.documents.queries import path_of
from samskapa.ground.helping.models import Registered
from samskapa.ground.people.models import Person
from samskapa.ground.people.services import create_person
from samskapa.ground.protection.services import protect
from tests.factories.importing import SOURCE, YES, as_book, as_lines, checked, received, taken_in, work_off
from tests.factories.organisations import NOW
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_member

pytestmark = pytest.mark.django_db

HEADINGS = ("Namn", "E-post", "Telefon", "Ålder", "Roll", "Status", "Anteckning")
ASA = ("Åsa Öberg", "asa@example.se", "070-123 45 67", "45", "Patient", "", "Ring på förmiddagen")
BO = ("Bo", "", "070-765 43 21", "", "", "Vilande", "")

FULL = ("Namn", "E-post", "Telefon", "Ålder", "Kön", "Roll", "Språk", "Behov", "Erfarenhet", "Tider")
ASTRID = (
    "Astrid Ek", "astrid@example.se", "070-123 45 67", "45", "Kvinna", "Patient; närstående", "Svenska; engelska",
    "Hörslinga", "Jag har varit med om mycket.", "Kvällar",
)  # fmt: skip


def many(number: int) -> bytes:
    people = [(f"Person {n}", f"nummer{n}@example.se", "", "45", "Patient", "", "") for n in range(number)]
    return as_lines(HEADINGS, *people)


def troubles(one: Import) -> dict[int, list[str]]:
    return {row.number: [code for _place, code in row.told] for row in Row.objects.filter(of=one, state="bad")}


def test_those_on_a_list_come_in_as_people_who_want_to_join():
    group, coordinator = make_group()
    one = checked(group, coordinator, as_lines(HEADINGS, ASA, BO, ("", "cia@example.se", "", "", "", "", "")))
    assert (Member.objects.count(), counts_of(one).good, troubles(one)) == (0, 2, {4: [Trouble.NO_NAME]})
    with pytest.raises(IntegrityError), transaction.atomic():
        Import.objects.update(stage=Stage.MAKING)  # by nobody's yes
    one = work_off(making.begin_to_make(one, **YES, by=coordinator, now=NOW))
    asa, bo = Member.objects.order_by("pk")
    assert (asa.status, asa.called, asa.person.email, asa.age) == ("interested", "Åsa Öberg", "asa@example.se", "30-49")
    assert (bo.status, bo.rests_from, bo.reach_by, bo.reach_at, bo.age) == (
        "resting", "interested", "phone", "070-765 43 21", "",
    )  # fmt: skip
    assert list(Move.objects.filter(member=bo).values_list("why", flat=True)) == [Why.IMPORTED, Why.OWN_WISH]
    assert set(Reply.objects.filter(member=asa).values_list("key", flat=True)) == {"name", "reach", "age", "as"}
    assert [(note.text, note.written_by_id) for note in Note.objects.all()] == [
        ("Ring på förmiddagen", coordinator.person_id)
    ]
    assert Registered.objects.filter(consent_by="paper", node=group.node_id).count() == 2
    assert "på papper, 3 mars 2025" in Consent.objects.get(person=asa.person).words.lower()
    assert (one.stage, counts_of(one).made, Row.objects.filter(of=one).count()) == (Stage.MADE, 2, 1)
    assert OutboxMail.objects.count() == 0
    joining.come_back(bo, by=Actor(person_id=bo.person_id), now=NOW)
    running.note_talk(bo, on_day=NOW.date(), text="", by=coordinator, now=NOW)
    with pytest.raises(AgeUnknown):
        running.welcome(bo, contact=Person.objects.get(pk=coordinator.person_id), by=coordinator, now=NOW)


def test_the_rows_of_a_list_are_those_that_joining_one_by_one_makes():
    """But for the reason, and for who wrote it down: columns, tags, answered questions, yes, moves and the trail."""
    group, coordinator = make_group()
    taken_in(group, coordinator, as_lines(FULL, ASTRID))
    listed = Member.objects.get()
    person = create_person(
        email="other@example.se", name=listed.person.name, phone=listed.person.phone, by=SYSTEM, now=NOW
    )
    own = Actor(person_id=person.pk)
    single = joining.begin(group, by=own, now=NOW)
    for key in Reply.objects.filter(member=listed).values_list("key", flat=True):
        values = values_of(Member.objects.get(pk=listed.pk), question(key))
        joining.save_answer(single, key, values, based_on=0, by=own, now=NOW)
    joining.send(single, words=Consent.objects.get(person=listed.person).words, by=own, now=NOW)
    single = Member.objects.get(pk=single.pk)
    unlike = {"id", "uid", "member", "member_id", "person", "person_id", "given_by", "saved_by", "by", "why", "email"}
    unlike |= {"password", "joined_at"}  # made by chance, and by the database's clock
    for rows in (
        lambda member: Member.objects.filter(pk=member.pk),
        lambda member: Person.objects.filter(pk=member.person_id),
        lambda member: Tag.objects.filter(member=member),
        lambda member: Reply.objects.filter(member=member),
        lambda member: Move.objects.filter(member=member),
        lambda member: Consent.objects.filter(person=member.person_id),
    ):
        one, other = (
            sorted(str([getattr(row, f.attname) for f in row._meta.fields if f.name not in unlike]) for row in found)
            for found in (rows(listed), rows(single))
        )
        assert one == other
        assert one
    entry = AuditEntry.objects.get(action="pool.taken_in")
    assert (entry.details["member_ids"], is_unbroken(entry)) == ([listed.pk], True)
    assert not has_usable_password(listed.person)


def has_usable_password(person: Person) -> bool:
    return person.has_usable_password() or len(person.password) < 40


def test_a_workbook_comes_in_like_a_text():
    group, coordinator = make_group()
    one = taken_in(group, coordinator, as_book(HEADINGS, ASA, ("Bo", None, 707654321, 52)), name="lista.xlsx")
    assert [(m.called, m.age, m.reach_at) for m in Member.objects.order_by("pk")] == [
        ("Åsa Öberg", "30-49", ""),
        ("Bo", "50-64", "0707654321"),
    ]
    assert counts_of(one).bad == 0


def test_a_button_pressed_twice_is_one_list_and_one_member():
    group, coordinator = make_group()
    first = received(group, coordinator, as_lines(HEADINGS, ASA))
    assert received(group, coordinator, as_lines(HEADINGS, ASA)) == first
    one = checked(group, coordinator, as_lines(HEADINGS, ASA))
    making.begin_to_make(one, **YES, by=coordinator, now=NOW)
    work_off(making.begin_to_make(one, **YES, by=coordinator, now=NOW))
    assert Member.objects.count() == 1
    with pytest.raises(NotNow):
        making.begin_to_make(one, **YES, by=coordinator, now=NOW)
    with pytest.raises(NotNow):
        receiving.say_columns(one, mapping=["name"], source="x", by=coordinator, now=NOW)


def test_a_personal_number_and_a_diagnosis_are_never_kept():
    group, coordinator = make_group()
    headings = ("Namn", "Personnummer", "Telefon", "Diagnos", "Anteckning")
    one = checked(
        group,
        coordinator,
        as_lines(headings, ("Åsa", "19121212-1212", "0701234567", "Zebrafink", "född 121212-1212")),
    )
    row = Row.objects.get(of=one)
    assert row.cells == ["Åsa", "", "0701234567", "", ""]
    assert (one.mapping, row.state) == (["name", "personal_number", "phone", "diagnosis", "note"], "good")
    assert row.told == [[4, Trouble.PERSONAL_NUMBER]]
    work_off(making.begin_to_make(one, **YES, by=coordinator, now=NOW))
    member = Member.objects.get()
    assert (member.diagnosis, Note.objects.count(), Row.objects.count()) == (None, 0, 0)


def test_the_rows_are_encrypted_and_the_file_goes_when_it_is_read():
    group, coordinator = make_group()
    one = received(group, coordinator, as_lines(HEADINGS, ASA))
    assert path_of(one.upload.pk).exists()
    with transaction.atomic():
        one = work_off(one)
    raw = json.dumps(list(Row.objects.values_list("faults", "told", "email_mark")))
    assert "asa" not in raw.lower()
    assert str(Row.objects.values_list("cells", flat=True).get()).startswith("<Closed by")
    assert (one.rows_read, one.upload.removed_at) == (1, NOW)


def test_what_stops_half_way_goes_on_from_there_and_nothing_comes_in_twice(monkeypatch):
    """Stopped in each step, in the middle of a write: what was written before is kept, and the rest is done."""
    monkeypatch.setattr(reading, "BATCH", 3)
    monkeypatch.setattr(services.checking, "BATCH", 3)
    monkeypatch.setattr(making, "BATCH", 3)
    group, coordinator = make_group()
    one = received(group, coordinator, many(10))
    _stops_reading(monkeypatch, one, after=2)
    one.refresh_from_db()
    assert (one.rows_read, Row.objects.count()) == (6, 6)
    one = work_off(one)
    assert Row.objects.filter(of=one).count() == 10
    one = receiving.say_columns(one, mapping=one.mapping, source=SOURCE, by=coordinator, now=NOW)
    one = work_off(one)
    one = making.begin_to_make(one, **YES, by=coordinator, now=NOW)
    services.work_on(one.pk, by=SYSTEM, now=NOW)
    assert Member.objects.count() == 3
    with monkeypatch.context() as patch:
        patch.setattr(making, "store_many", _dies)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            services.work_on(one.pk, by=SYSTEM, now=NOW)
    assert (Member.objects.count(), Person.objects.filter(email__startswith="nummer").count()) == (3, 3)
    work_off(one)
    services.work_on(one.pk, by=SYSTEM, now=NOW)  # another worker, a moment later
    assert sorted(Member.objects.values_list("person__email", flat=True)) == sorted(
        f"nummer{n}@example.se" for n in range(10)
    )
    assert Origin.objects.filter(is_new=True).count() == 10


def _dies(*args, **kwargs):
    raise KeyboardInterrupt


def _stops_reading(monkeypatch, one: Import, *, after: int) -> None:
    """Killed in its write number `after` + 1, when the rows are stored and it is not confirmed."""
    keep, calls = reading.keep_rows, iter(range(100))

    def keeps(rows):
        keep(rows)
        if next(calls) >= after:
            _dies()

    with monkeypatch.context() as patch:
        patch.setattr(reading, "keep_rows", keeps)
        with pytest.raises(KeyboardInterrupt):
            services.work_on(one.pk, by=SYSTEM, now=NOW)


def test_the_worker_takes_a_list_through_all_its_steps():
    group, coordinator = make_group()
    one = received(group, coordinator, as_lines(HEADINGS, ASA))
    drain(NOW)
    one.refresh_from_db()
    receiving.say_columns(one, mapping=one.mapping, source=SOURCE, by=coordinator, now=NOW)
    drain(NOW)
    one.refresh_from_db()
    making.begin_to_make(one, **YES, by=coordinator, now=NOW)
    drain(NOW)
    one.refresh_from_db()
    assert (one.stage, Member.objects.count(), OutboxMail.objects.count()) == (Stage.MADE, 1, 0)


def test_who_may_be_here_already_waits_for_the_coordinators_word():
    group, coordinator = make_group()
    asa = make_member(group, make_person("Åsa", email="asa@example.se"), coordinator=coordinator)
    bo = make_member(
        group, coordinator=coordinator, name={"called": "Bo"}, reach={"reach_by": "phone", "reach_at": "+46 707 654321"}
    )
    rows = [
        ("Åsa Ö", "ASA@example.se", "", "67", "Närstående", "", ""),
        ("Bosse", "", "070-765 43 21", "", "Patient", "", ""),
        ("Cia", "cia@example.se", "", "", "", "", ""),
        ("Cia igen", "cia@example.se", "", "", "", "", ""),
        ("Cias man", "", "070-765 43 21", "", "", "", ""),
    ]
    one = checked(group, coordinator, as_lines(HEADINGS, *rows))
    found = {row.number: (row.twin_id, row.twin_row, row.is_same_address) for row in Row.objects.all()}
    assert found == {
        2: (asa.pk, None, True),
        3: (bo.pk, None, False),
        4: (None, None, False),
        5: (None, 4, True),
        6: (bo.pk, 3, False),
    }
    choices = {2: Choice.NEW, 3: Choice.FILL, 5: Choice.NEW, 6: Choice.NEW}
    making.choose(one, choices, by=coordinator, now=NOW)  # one address is one person: 2 and 5 stay as they were
    assert dict(Row.objects.values_list("number", "choice")) == {2: "", 3: "fill", 4: "", 5: "", 6: "new"}
    one = work_off(making.begin_to_make(one, **YES, by=coordinator, now=NOW))
    assert sorted(Row.objects.values_list("number", flat=True)) == [2, 5]
    making.choose(one, {2: Choice.FILL}, by=coordinator, now=NOW)
    work_off(making.begin_to_make(one, **YES, by=coordinator, now=NOW))
    asa.refresh_from_db()
    assert (asa.called, asa.age, asa.person.name) == ("Kim", "30-49", "Åsa")  # what was told stands
    assert counts_of(one).filled == 2
    assert sorted(m.called for m in Member.objects.all()) == ["Bo", "Cia", "Cias man", "Kim"]


def test_filling_in_answers_only_what_nobody_has_answered():
    group, coordinator = make_group()
    member = make_member(group, make_person(email="asa@example.se"), coordinator=coordinator)
    headings = ("Namn", "E-post", "Kön", "Språk", "Roll")
    one = checked(group, coordinator, as_lines(headings, ("Åsa", "asa@example.se", "Kvinna", "Svenska", "Närstående")))
    making.choose(one, {2: Choice.FILL}, by=coordinator, now=NOW)
    work_off(making.begin_to_make(one, **YES, by=coordinator, now=NOW))
    member.refresh_from_db()
    assert (member.gender, sorted(member.tags.values_list("kind", "value"))) == (
        "woman", [("as", "patient"), ("language", "sv")],
    )  # fmt: skip


def test_who_has_left_who_is_protected_and_whose_form_is_their_own_are_not_taken_in():
    group, coordinator = make_group()
    left = make_member(group, make_person(email="left@example.se"), coordinator=coordinator)
    joining.leave(left, by=Actor(person_id=left.person_id), now=NOW)
    make_member(group, make_person(email="begun@example.se"), status=Status.BEGUN)
    hidden = make_person("Zebrafink", email="hidden@example.se")
    protect(hidden, coordinators=[Person.objects.get(pk=coordinator.person_id)], place="", by=coordinator, now=NOW)
    rows = [(name, f"{name}@example.se", "", "", "", "", "") for name in ("left", "begun", "hidden", "new")]
    one = taken_in(group, coordinator, as_lines(HEADINGS, *rows))
    assert troubles(one) == {
        2: [Trouble.HAS_LEFT],
        3: [Trouble.NOT_FROM_HERE],
        4: [Trouble.NOT_FROM_HERE],
    }
    assert counts_of(one).made == 1


def test_an_account_that_is_there_gets_a_part_in_the_group_and_nothing_else():
    group, coordinator = make_group()
    person = make_person("Åsa", email="asa@example.se", phone="08-12 34 56")
    taken_in(group, coordinator, as_lines(HEADINGS, ASA))
    person.refresh_from_db()
    assert (person.name, person.phone, person.memberships.get().called) == ("Åsa", "08-12 34 56", "Åsa Öberg")
    assert not Registered.objects.exists()


def test_somebody_who_joins_meanwhile_is_not_made_twice():
    group, coordinator = make_group()
    one = checked(group, coordinator, as_lines(HEADINGS, ASA))
    make_member(group, make_person(email="asa@example.se"), coordinator=coordinator)
    work_off(making.begin_to_make(one, **YES, by=coordinator, now=NOW))
    row = Row.objects.get()
    assert (Member.objects.count(), row.is_same_address, row.choice) == (1, True, "")


def test_those_who_came_in_are_told_once_when_the_coordinator_says_so():
    group, coordinator = make_group()
    one = taken_in(group, coordinator, as_lines(HEADINGS, ASA, BO))
    telling.begin_to_tell(one, by=coordinator, now=NOW)
    one = work_off(one)
    telling.begin_to_tell(one, by=coordinator, now=NOW)
    work_off(one)
    mails = {mail.recipient_id: mail for mail in OutboxMail.objects.filter(kind="importing/kept")}
    asa = Member.objects.get(called__isnull=False, person__email="asa@example.se")
    assert len(mails) == 2
    assert mails[asa.person_id].params["kept"] == "Namn, Kontaktväg, Ålder, Erfarenhet som"
    assert mails[asa.person_id].params["source"] == SOURCE
    assert counts_of(one).told == 2


def test_a_no_by_the_link_takes_everything_away_until_one_has_gone_further():
    group, coordinator = make_group()
    taken_in(group, coordinator, as_lines(HEADINGS, ASA, BO))
    asa, bo = Member.objects.order_by("pk")
    by = Actor(person_id=bo.person_id)
    telling.say_no(telling.say_no(bo, by=by, now=NOW), by=by, now=NOW)
    bo.refresh_from_db()
    assert (bo.status, bo.called, bo.reach_at) == ("left", "", "")
    running.note_talk(asa, on_day=NOW.date(), text="", by=coordinator, now=NOW)
    running.welcome(asa, contact=Person.objects.get(pk=coordinator.person_id), by=coordinator, now=NOW)
    asa.refresh_from_db()
    with pytest.raises(NotNow):
        telling.say_no(asa, by=Actor(person_id=asa.person_id), now=NOW)


def test_rows_go_when_the_list_is_closed_and_after_thirty_days():
    group, coordinator = make_group()
    one = checked(group, coordinator, as_lines(HEADINGS, ASA))
    close_due.func(now=NOW + timedelta(days=29))
    assert Row.objects.count() == 1
    close_due.func(now=NOW + timedelta(days=30))
    one.refresh_from_db()
    assert (Row.objects.count(), one.stage, one.headings) == (0, Stage.CLOSED, [])
    waits = received(group, coordinator, as_lines(HEADINGS, BO))
    services.close_import(waits, by=coordinator, now=NOW)
    assert not path_of(waits.upload.pk).exists() or waits.upload.removed_at is None


@pytest.mark.parametrize(
    ("content", "trouble"), [(b"Namn;E-post\n", "empty"), (b'Namn\n"' + b"x" * 2_000_100, "not_readable")]
)
def test_a_file_that_cannot_be_read_leaves_nothing(content, trouble):
    group, coordinator = make_group()
    one = work_off(received(group, coordinator, content))
    assert (one.stage, one.trouble, Row.objects.count()) == (Stage.BROKEN, trouble, 0)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_taken_out_comes_back_to_the_same_people(kind):
    group, coordinator = make_group()
    make_member(group, make_person(email="asa@example.se"), coordinator=coordinator, name={"called": "=Åsa"})
    make_member(
        group,
        coordinator=coordinator,
        reach={"reach_by": "phone", "reach_at": "070-765 43 21"},
        gender={"gender": "man"},
    )
    hidden = make_member(group, make_person("Zebrafink"), coordinator=coordinator)
    protect(
        hidden.person,
        coordinators=[Person.objects.get(pk=coordinator.person_id)],
        place="Zebra",
        by=coordinator,
        now=NOW,
    )
    content = exporting.export_members(group, kind, by=coordinator, now=NOW)
    entry = AuditEntry.objects.get(action="importing.exported")
    assert AuditSubject.objects.filter(entry=entry).count() == 3
    assert b"Zebra" not in content
    one = checked(group, coordinator, content, name=f"medlemmar.{kind}")
    assert troubles(one) == {4: [Trouble.NO_WAY]}
    rows = Row.objects.filter(of=one, state="good").order_by("number")
    assert [(row.twin_id is not None, row.told) for row in rows] == [(True, []), (True, [])]
    assert rows[0].cells[0] == "=Åsa"


def waiting(actor: Actor) -> list[Waits]:
    return waiting_lists(groups_run_by(actor))


def test_a_list_stands_on_the_desk_while_the_next_step_is_the_coordinators():
    group, coordinator = make_group()
    said = [one.said.split(" från")[0] for one in waiting(coordinator)]
    assert said == []
    one = work_off(received(group, coordinator, as_lines(HEADINGS, ASA)))
    assert waiting(coordinator)[0].said.endswith("Säg vad kolumnerna är.")
    one = work_off(
        receiving.say_columns(one, mapping=guess(one.headings, our_headings()), source=SOURCE, by=coordinator, now=NOW)
    )
    assert waiting(coordinator)[0].said.endswith("Säg vilka som kommer in.")
    one = making.begin_to_make(one, **YES, by=coordinator, now=NOW)
    assert waiting(coordinator) == [], "the worker is at it"
    one = work_off(one)
    assert waiting(coordinator)[0].said.startswith("De som kom in från listan ”lista.txt”")
    assert waiting(make_group()[1]) == waiting(Actor(person_id=1)) == []
    work_off(telling.begin_to_tell(one, by=coordinator, now=NOW))
    assert waiting(coordinator) == []
    Import.objects.update(stage=Stage.BROKEN, tells_since=None, tells_by=None)
    assert waiting(coordinator)[0].said.endswith("gick inte att läsa.")
