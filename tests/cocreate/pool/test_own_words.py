"""What members have told in their own words: sheets of it find whom a look at every text would find, and no more."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.pool.domain import SEEN, Entry, Status
from samskapa.cocreate.pool.domain.own_words import (
    OWN_WORDS,
    PARTS,
    Word,
    nearly_on,
    part_of,
    stems_on,
    stems_sheet,
    who_has,
    words_wanted,
)
from samskapa.cocreate.pool.domain.searching import SHEET
from samskapa.cocreate.pool.models import Group, Member, WordSheet
from samskapa.cocreate.pool.queries.finding import find
from samskapa.cocreate.pool.queries.own_words import OwnWords
from samskapa.cocreate.pool.services import joining, running
from samskapa.cocreate.pool.services.naming import make_sheets, words_change
from samskapa.cocreate.pool.services.taking_in import take_in
from samskapa.ground.core.domain import Actor
from samskapa.ground.language.domain import stems_of
from samskapa.ground.people.models import Person, ProtectedDetails
from samskapa.ground.protection.services import lift, protect
from tests.factories.bulk_members import many_members
from tests.factories.organisations import NOW
from tests.factories.people import make_person
from tests.factories.pool import answer, make_group, make_member
from tests.factories.threads import at_once

TODAY = NOW.date()
SMALL = st.text("abcdeå", min_size=1, max_size=6)


def word(text: str) -> Word:
    (only,) = words_wanted(text)
    return only


def meets(wanted: str, told: str) -> bool:
    return any(map(word(wanted).meets, stems_of(told)))


def nearly(wanted: str, told: str) -> bool:
    return any(map(word(wanted).is_nearly, stems_of(told)))


# --- the law --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("stroke", "Jag fick en stroke 2019"),
        ("forskningen", "Vill vara med i forskning"),
        ("psykiatrin", "Psykiatri"),
        ("psykiatri", "Inom psykiatrin i många år"),
        ("barnet", "Mina barn"),
        ("hjärtat", "Hjärtinfarkt"),
        ("demens", "Mamma har en demenssjukdom"),
        ("umeå", "UMEÅ kommun"),
        ("skola", "Talat på skolan"),
    ],
)
def test_a_word_is_met_by_its_other_forms_and_by_longer_words_that_begin_with_it(wanted, told):
    assert meets(wanted, told)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [("vård", "tandvård och sjukvård"), ("bo", "en bok om boende"), ("strokepatient", "stroke"), ("värk", "verk")],
)
def test_a_word_is_not_met_in_the_middle_by_a_short_beginning_or_by_a_part_of_it(wanted, told):
    assert not meets(wanted, told)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [("parkinsson", "Parkinson"), ("hörslnga", "hörslinga"), ("astama", "astma"), ("fårskning", "forskning")],
)
def test_a_letter_may_be_wrong_missing_or_too_many(wanted, told):
    assert nearly(wanted, told)
    assert not meets(wanted, told)


@pytest.mark.parametrize(
    ("wanted", "told"), [("kost", "post"), ("vård", "hård"), ("depression", "kompression"), ("svenska", "finska")]
)
def test_other_words_are_not_nearly_the_same(wanted, told):
    assert not nearly(wanted, told)


def test_empty_words_are_looked_for_only_where_there_are_no_others():
    assert [each.text for each in words_wanted("Anhöriga till BARN, barn")] == ["anhöriga", "barn"]
    assert [each.text for each in words_wanted("i och för")] == ["i", "och", "för"]
    assert words_wanted(" -.: ") == []


@given(st.integers(0, 40), st.dictionaries(st.integers(0, SHEET - 1), st.sets(SMALL, max_size=5), max_size=6), SMALL)
def test_a_sheet_has_each_stem_once_and_says_who_has_it(number, having, wanted):
    told = [(number * SHEET + place, stems) for place, stems in having.items()]
    sheet, looked_for = stems_sheet(told), Word(wanted, wanted)
    every = sorted(set().union(*having.values()))
    assert {part: list(stems_on(text)) for part, text in sheet.items()} == {
        part: [stem for stem in every if part_of(stem) == part] for part in PARTS
    }
    plain = {pk for pk, stems in told if any(map(looked_for.meets, stems))}
    # Looked for only where its word would be, it is found there.
    there = [
        who_has(sheet[part], number, start)
        for start in looked_for.starts
        for part in looked_for.parts
        if part_of(start[1:].rstrip()) == part
    ]
    assert set().union(*there) == plain
    assert nearly_on(sheet.values(), looked_for) == set(filter(looked_for.is_nearly, every))


# --- sheets ---------------------------------------------------------------------------------------


def told_by(group: Group, wanted: str, *, nearly: bool) -> set[int]:
    """By a plain look at every member as they are now."""
    looked_for, found = word(wanted), set()
    shown = Member.objects.filter(group=group, status__in=[each.value for each in SEEN]).select_related("person")
    for member in shown:
        if not member.person.protected_tag and not member.person.forgotten_at:
            stems = set().union(*(stems_of(getattr(member, column)) for column in OWN_WORDS))
            if any(map(looked_for.is_nearly if nearly else looked_for.meets, stems)):
                found.add(member.pk)
    return found


def agrees(group: Group, at: object) -> None:
    for wanted in ("stroke", "strike", "forskning", "ledsagare", "migrän", "diabetes"):
        own = OwnWords(group, [word(wanted)])
        assert own.who_has(word(wanted)) == told_by(group, wanted, nearly=False), (at, wanted)
        assert own.who_nearly_has(word(wanted)) == told_by(group, wanted, nearly=True), (at, wanted)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_sheets_find_what_a_look_at_every_text_finds(seed):
    chance = random.Random(seed)
    group, coordinator = make_group()
    other = make_member(make_group()[0], experience={"experience": "Stroke", "care": []})
    texts = ["Stroke och forskning", "", "Migrän", "strokes, strokes", "Min mammas demens", "Diabetes"]
    members = [
        make_member(group, coordinator=coordinator, experience={"experience": text, "care": []}) for text in texts[:2]
    ]
    hidden: dict[int, ProtectedDetails] = {}

    def one() -> Member:
        return Member.objects.select_related("person").get(pk=chance.choice(members).pk)

    def write() -> None:
        member, (key, column) = (
            one(),
            chance.choice([("experience", "experience"), ("needs", "needs_more"), ("training", "training")]),
        )
        if member.status != Status.LEFT:
            answer(member, key, **{column: chance.choice(texts)})

    def join() -> None:
        members.append(
            make_member(group, status=Status.BEGUN, experience={"experience": chance.choice(texts), "care": []})
        )

    def send() -> None:
        if (member := one()).status == Status.BEGUN:
            joining.send(member, words="Ja", by=Actor(person_id=member.person_id), now=NOW)

    def leave() -> None:
        if len(members) > 2 and (member := one()).status != Status.LEFT:
            joining.leave(member, by=Actor(person_id=member.person_id), now=NOW)

    def again() -> None:
        member = one()
        if member.status == Status.LEFT:
            joining.begin(group, by=Actor(person_id=member.person_id), now=NOW + timedelta(days=1))

    def hide() -> None:
        member = one()
        if not member.person.protected_tag and member.status in SEEN:
            named = [Person.objects.get(pk=coordinator.person_id)]
            hidden[member.person_id] = protect(member.person, coordinators=named, by=coordinator, now=NOW)

    def show() -> None:
        if hidden:
            lift(hidden.pop(chance.choice(sorted(hidden))), by=coordinator, now=NOW)

    def rest() -> None:
        if (member := one()).status == Status.ACTIVE:
            joining.rest(member, by=Actor(person_id=member.person_id), now=NOW)

    def lists() -> None:
        values = {"called": "Bo", "experience": chance.choice(texts)}
        members.extend(
            take_in(
                group,
                [(make_person(), Entry("Bo", "", "", "", False, values, ""))],
                words="Ja",
                by=coordinator,
                now=NOW,
            )
        )

    steps = [write, write, join, send, leave, again, hide, show, rest, lists]
    for at in range(40):
        step = chance.choice(steps)
        step()
        if chance.random() < 0.5:
            make_sheets(group)
            assert not WordSheet.objects.filter(group=group, stems_0__isnull=True).exists()
        agrees(group, (at, step.__name__))
        assert other.pk not in OwnWords(group, [word("stroke")]).who_has(word("stroke"))


@pytest.mark.django_db
def test_what_one_step_takes_away_no_sheet_keeps():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, experience={"experience": "Ringhals", "care": []})
    own = Actor(person_id=member.person_id)

    def on_sheet() -> bool:
        """On a sheet that is stored; one that is not made yet holds nothing."""
        sheets = WordSheet.objects.filter(group=group)
        return any("ringhal" in (getattr(sheet, part) or "") for sheet in sheets for part in PARTS)

    def made() -> bool:
        make_sheets(group)
        return on_sheet()

    assert made()
    answer(member, "experience", experience="Annat", care=[])
    assert not on_sheet()
    answer(member, "experience", experience="Ringhals", care=[])
    assert made()
    details = protect(
        Person.objects.get(pk=member.person_id),
        coordinators=[Person.objects.get(pk=coordinator.person_id)],
        by=coordinator,
        now=NOW,
    )
    assert not on_sheet()
    assert not made()
    lift(details, by=coordinator, now=NOW)
    assert made()
    joining.leave(Member.objects.get(pk=member.pk), by=own, now=NOW)
    assert not on_sheet()
    assert not made()


@pytest.mark.django_db
def test_diagnosis_notes_and_ways_of_contact_are_not_searched_and_a_draft_is_nobodys():
    group, coordinator = make_group()
    member = make_member(
        group,
        coordinator=coordinator,
        diagnosis={"diagnosis": "Narkolepsi", "consent": "Ja"},
        reach={"reach_by": "letter", "reach_at": "Storgatan"},
    )
    running.write_note(
        member, kind="note", on_day=TODAY, text="Pratade om fjällvandring", next_check_in=None, by=coordinator, now=NOW
    )
    draft = make_member(group, status=Status.BEGUN, experience={"experience": "Sköldkörtel", "care": []})
    for wanted in ("narkolepsi", "storgatan", "fjällvandring", "sköldkörtel"):
        assert not find(group, {"words": wanted}, TODAY).exists(), wanted
    joining.send(draft, words="Ja", by=Actor(person_id=draft.person_id), now=NOW)
    assert find(group, {"words": "sköldkörteln"}, TODAY).get() == draft


@pytest.mark.django_db
def test_sheets_are_read_and_no_members_text_and_nothing_stands_in_clear():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, experience={"experience": "Ringhals", "care": []})
    many_members([member], SHEET + 1)
    make_sheets(group)
    with CaptureQueriesContext(connection) as asked:
        assert len(OwnWords(group, [word("ringhals")]).who_has(word("ringhals"))) == SHEET + 2
    assert len(asked) == 1
    assert sum(part in asked[0]["sql"] for part in PARTS) == 1
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(PARTS)} FROM pool_wordsheet")
        sheets = [part for row in cursor.fetchall() for part in row]
    assert len(sheets) >= 2 * len(PARTS)
    assert not any("ringhal" in sheet.lower() for sheet in sheets)


@pytest.mark.django_db(transaction=True)
def test_a_search_while_something_is_written_waits_for_nobody_and_misses_nothing_afterwards():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, experience={"experience": "Stroke", "care": []})
    many = many_members([member], 3)

    def write() -> None:
        answer(Member.objects.get(pk=member.pk), "experience", experience="Migrän", care=[])

    def write_another() -> None:
        with transaction.atomic():
            words_change(many[:1])
            many[0].experience = "Diabetes"
            many[0].save(update_fields=["experience"])

    for _turn in range(5):
        results = at_once(
            write, write_another, *[lambda: make_sheets(group)] * 2, lambda: OwnWords(group, [word("stroke")])
        )
        assert not [each for each in results if isinstance(each, Exception)], results
        make_sheets(group)
        agrees(group, "at once")
        answer(Member.objects.get(pk=member.pk), "experience", experience="Stroke", care=[])
