"""What a row says: headings guessed, cells read with care, and a member written out who comes back the same."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskapa.cocreate.importing.domain import Column, Trouble, Words, as_cell, guess, read_row
from samskapa.cocreate.importing.queries.export import cells_of, headings
from samskapa.cocreate.importing.queries.words import fixed_words, our_headings
from samskapa.cocreate.pool.domain import QUESTIONS, Age, Gender, Status
from samskapa.cocreate.pool.queries import wording
from samskapa.ground.design.forms import LineField, TextField
from samskapa.ground.documents.domain import Kind, lines_of
from samskapa.ground.figures.services.files import Sheet, as_csv, as_xlsx
from samskapa.ground.people.domain import visible_name

TODAY = date(2026, 11, 28)
PLACES = {"eklidens kommun": 7, "eklid": 7, "borgs kommun": 8}


def words(lowest: int = 18) -> Words:
    return Words(fixed_words(), PLACES, {"reumatikerförbundet": 9}, lowest, TODAY, {"maja öberg": 5, "m@example.se": 5})


def read(lowest: int = 18, **cells: str):
    """Cells by column; a name and a phone are there where none is given."""
    told = {"name": "Kim", "phone": "070-123 45 67"} | cells
    return read_row(list(told.values()), [], list(told), words(lowest))


def troubles(found) -> list[str]:
    return [code for _place, code in found.told]


def test_headings_as_people_write_them():
    theirs = ["Förnamn", "EFTERNAMN", "E-postadress", "Mobil nr", "Hemkommun", "Född år", "Kön", "Roll", "Språk",
              "Ev. behov", "Behov", "Diagnos", "Person-nr", "Telefon", "Övrigt"]  # fmt: skip
    assert guess(theirs, our_headings()) == [
        "first_name", "last_name", "email", "phone", "municipality", "birth", "gender", "as", "language",
        "", "need", "diagnosis", "personal_number", "", "note",
    ]  # fmt: skip


def test_our_own_headings_are_known_in_every_language():
    assert guess(headings(), our_headings()) == [
        "name", "status", "reach_by", "email", "phone", "address", "age", "municipality", "gender", "as", "experience",
        "care", "contribution", "contribute_more", "language", "languages_more", "need", "needs_more", "when",
        "times_more", "organisation", "organisation_name", "speaks_for", "training", "label", "contact",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"age": "45"}, {"age": "30-49"}),
        ({"age": "45 år"}, {"age": "30-49"}),
        ({"age": "1962"}, {"age": "50-64"}),
        ({"age": "30 till 49 år"}, {"age": "30-49"}),
        ({"birth": "1996-11-29"}, {"age": "18-29"}),
        ({"birth": "19961128"}, {"age": "30-49"}),
        ({"birth": "1930"}, {"age": "80-"}),
        ({"municipality": "Eklid"}, {"municipality_id": 7}),
        ({"municipality": "Borg"}, {"municipality_id": 8}),
        ({"municipality": "EKLIDENS KOMMUN"}, {"municipality_id": 7}),
        ({"gender": "K"}, {"gender": "woman"}),
        ({"gender": "Vill inte svara"}, {"gender": "not_said"}),
        ({"as": "Patient/anhörig"}, {"as": ["patient", "relative"]}),
        ({"language": "Svenska och engelska"}, {"language": ["en", "sv"]}),
        ({"language": "svenska; tigre"}, {"language": ["sv"], "languages_more": "tigre"}),
        ({"need": "Hörslinga, glutenfritt"}, {"need": ["hearing_loop"], "needs_more": "Hörslinga, glutenfritt"}),
        ({"organisation": "Reumatikerförbundet"}, {"organisation_id": 9}),
        ({"organisation": "Vår egen"}, {"organisation_name": "Vår egen"}),
        ({"care": "Psykiatri; egen erfarenhet av hemsjukvård"},
         {"care": ["psychiatry"], "experience": "egen erfarenhet av hemsjukvård"}),
        ({"phone": "701234567"}, {"reach_by": "phone", "reach_at": "0701234567"}),
        ({"email": "KIM@Example.se"}, {"reach_by": "email", "reach_at": ""}),
        ({"phone": "", "address": "Gatan 1, Borg"}, {"reach_by": "letter", "reach_at": "Gatan 1, Borg"}),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_meant(cells, expected):
    found = read(**cells)
    assert {name: found.entry.values.get(name) for name in expected} == expected
    assert found.told == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"name": " \u200b "}, Trouble.NO_NAME),
        ({"phone": ""}, Trouble.NO_WAY),
        ({"phone": "", "email": "kim(at)example.se"}, Trouble.NO_WAY),
        ({"age": "17"}, Trouble.TOO_YOUNG),
        ({"birth": "2008"}, Trouble.TOO_YOUNG),  # may turn eighteen tomorrow
        ({"status": "Avslutad"}, Trouble.HAS_ENDED),
    ],
)
def test_a_row_that_cannot_be_taken_in_says_why(cells, code):
    found = read(**cells)
    assert found.entry is None
    assert code in troubles(found)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"email": "kim(at)example.se"}, Trouble.NO_EMAIL),
        ({"phone": "ring Bo", "email": "kim@example.se"}, Trouble.NO_PHONE),
        ({"municipality": "Atlantis"}, Trouble.NO_PLACE),
        ({"age": "gammal"}, Trouble.NO_AGE),
        ({"birth": "1980-13-01"}, Trouble.NO_AGE),
        ({"gender": "?"}, Trouble.NO_WORD),
        ({"as": "doktor"}, Trouble.NO_WORD),
        ({"contact": "Bo Ek"}, Trouble.NO_CONTACT),
        ({"label": "x" * 41}, Trouble.CUT),
        ({"languages_more": "x" * 301}, Trouble.CUT),
    ],
)
def test_a_cell_that_cannot_be_read_is_left_out_and_the_row_stays(cells, code):
    found = read(**cells)
    assert found.entry is not None
    assert troubles(found) == [code]


def test_the_list_may_say_that_somebody_rests_and_a_short_row_is_no_fault():
    assert read(status="Vilande").entry.rests
    assert not read(status="Aktiv").entry.rests
    assert read_row(["Kim"], [], ["name", "phone", "age"], words()).told == [(-1, "no_way")]


def test_labels_are_each_told_once_and_a_contact_person_by_name_or_address():
    found = read(label=r"Kan föreläsa;kan FÖRELÄSA ; ; A\; b|c, d", contact="MAJA öberg").entry
    assert (found.labels, found.contact_id) == (("Kan föreläsa", "A; b|c, d"), 5)
    assert (read(contact="M@example.se").entry.contact_id, read(contact="").entry.contact_id) == (5, None)


@given(st.lists(st.text(max_size=30).map(lambda text: " ".join(text.split())).filter(bool), max_size=4))
def test_labels_are_read_as_they_are_written(labels):
    each = {label.casefold(): label for label in reversed(labels)}
    assert set(read(label=as_cell(labels)).entry.labels) == set(each.values())


def test_a_fault_in_a_column_that_is_left_out_is_nobodys_matter():
    said = read_row(["Kim", "0701234567", ""], [(2, "personal_number")], ["name", "phone", ""], words())
    assert (said.entry.name, said.told) == ("Kim", [])
    said = read_row(["Kim", "0701234567", ""], [(2, "personal_number")], ["name", "phone", "note"], words())
    assert said.told == [(2, "personal_number")]


# --- out and in again -----------------------------------------------------------------------------

_LINE, _TEXT = LineField(required=False), TextField(required=False)
_letters = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"], exclude_characters="\r\ufeff"), max_size=60
)
_hard = st.sampled_from(["=1+1", "'=x", "''@a", "+46", "-", "'", '"', "a;b", "a\tb", "é\nñ", "_x000D_", "李小龙 😀"])
lines = st.one_of(_letters, _hard).map(_LINE.to_python)
texts = st.one_of(_letters, _hard).map(_TEXT.to_python)
TAGS = {"as": wording.AS, "care": wording.CARE, "contribution": wording.CONTRIBUTION, "language": wording.LANGUAGE,
        "need": wording.NEED, "when": wording.WHEN, "speaks_for": wording.SPEAKS_FOR}  # fmt: skip


@st.composite
def members(draw):
    """Somebody with any answers that the forms let through."""
    by = draw(st.sampled_from(["email", "phone", "letter"]))
    reach_at = "" if by == "email" else draw(lines.filter(bool))
    tags = {kind: draw(st.sets(st.sampled_from([str(value) for value in table]))) for kind, table in TAGS.items()}
    labels = draw(st.sets(st.sampled_from(["Kan föreläsa", "Ung; van", "C:\\x", "a|b, c"])))
    return SimpleNamespace(
        person=SimpleNamespace(protected_tag=None, forgotten_at=None, email="kim@example.se", name="Kim"),
        called=visible_name(draw(lines)) or "Kim",
        status=draw(st.sampled_from([Status.INTERESTED, Status.ACTIVE, Status.RESTING])),
        reach_by=by,
        reach_at=reach_at,
        age=draw(st.sampled_from(["", *(age.value for age in Age)])),
        gender=draw(st.sampled_from(["", *(each.value for each in Gender)])),
        municipality=draw(st.sampled_from([None, SimpleNamespace(pk=7, name="Eklidens kommun")])),
        organisation=draw(st.sampled_from([None, SimpleNamespace(pk=9, name="Reumatikerförbundet")])),
        **{name: draw(texts) for name in ("experience", "contribute_more", "needs_more", "training")},
        **{name: draw(lines) for name in ("languages_more", "times_more", "organisation_name")},
        tags=SimpleNamespace(all=lambda: [SimpleNamespace(kind=k, value=v) for k, vs in tags.items() for v in vs]),
        told=tags,
        contact=draw(
            st.sampled_from([None, SimpleNamespace(name="Maja Öberg", email="", protected_tag=None, forgotten_at=None)])
        ),
        labelled=SimpleNamespace(
            all=lambda: [SimpleNamespace(label=SimpleNamespace(name=each)) for each in labels],
        ),
        labels=labels,
    )


def answers_of(member) -> dict:
    """The same as the values that come in."""
    values = {name: getattr(member, name, None) for question in QUESTIONS for name in question.columns}
    values |= {"municipality_id": member.municipality and 7, "organisation_id": member.organisation and 9}
    values |= {kind: sorted(found) for kind, found in member.told.items()}
    return {name: value for name, value in values.items() if value}


@settings(max_examples=50, deadline=None)
@given(st.lists(members(), min_size=1, max_size=4), st.sampled_from(["csv", "xlsx"]))
def test_what_is_written_out_comes_in_unchanged(written, kind):
    rows = [headings(), *(cells_of(member) for member in written)]
    content = as_csv(rows)[3:] if kind == "csv" else as_xlsx([Sheet("Medlemmar", rows, [])])
    first, *found = lines_of(content, Kind.TEXT if kind == "csv" else Kind.XLSX)
    mapping = guess(first.cells, our_headings())
    assert [Column(value) for value in mapping if value]
    read = [read_row(line.cells, [], mapping, words(lowest=13)) for line in found]
    assert [said.told for said in read] == [[] for _member in written]
    told = [{name: value for name, value in said.entry.values.items() if value} for said in read]
    assert told == [answers_of(member) for member in written]
    assert [said.entry.rests for said in read] == [member.status == Status.RESTING for member in written]
    assert [set(said.entry.labels) for said in read] == [member.labels for member in written]
    assert [said.entry.contact_id for said in read] == [5 if member.contact else None for member in written]
    assert {said.entry.email for said in read} == {"kim@example.se"}
