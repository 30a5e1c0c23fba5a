"""The table of public documents: no table of the database is forgotten, every row leads somewhere, the docs say so."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import override

from samskapa.config.personal_data import PERSONAL_DATA
from samskapa.config.public_records import NO_DOCUMENTS, PUBLIC_RECORDS
from samskapa.edge.my_data.queries import how_long
from samskapa.edge.records.templatetags.records import in_words

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXTS = ("title", "secrecy", "disposal", "confirmed_by")


def test_every_table_is_in_exactly_one_row_or_is_no_document():
    tables = {model._meta.label for model in apps.get_models() if not model.__module__.startswith("tests.")}
    named = [label for kind in PUBLIC_RECORDS for label in kind.models] + list(NO_DOCUMENTS)
    assert sorted(named) == sorted(tables)


@pytest.mark.parametrize("kind", PUBLIC_RECORDS, ids=lambda kind: kind.key)
def test_every_row_leads_somewhere(kind):
    for path in filter(None, (kind.rows, kind.paper, kind.words, kind.due, kind.dispose)):
        assert callable(import_string(path)), path
    assert bool(kind.due) == bool(kind.dispose) == bool(kind.since)
    assert not kind.words or kind.paper  # what no text says lies in the file alone


def test_keys_and_marks_are_given_once():
    assert settings.PUBLIC_RECORDS is PUBLIC_RECORDS
    assert (
        len({kind.key for kind in PUBLIC_RECORDS}) == len({kind.mark for kind in PUBLIC_RECORDS}) == len(PUBLIC_RECORDS)
    )


def test_what_a_decision_reaches_is_what_the_person_is_told_stays_until_one():
    """What goes by months in the table of personal data goes by a decision too where there is one: applications, and
    then by nothing else (tests/edge/records/test_disposal.py)."""
    decided = {kind.key for kind in PUBLIC_RECORDS if kind.due}
    assert decided == {"agreement", "choice", "application", "file"}
    assert "where the region or municipality has decided" in str(kind_of_data("applications").kept)
    stays = {kind.key: str(kind.stays) for kind in PERSONAL_DATA if kind.key in {"agreements", "choices", "material"}}
    assert all("until the organisation decides" in text or "organisationen beslutar" in text for text in stays.values())


def kind_of_data(key: str):
    with override("en"):
        return next(replace(kind, kept=str(kind.kept)) for kind in PERSONAL_DATA if kind.key == key)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_row_is_in_words_in_both_languages(language):
    with override(language):
        texts = [str(getattr(kind, name)) for kind in PUBLIC_RECORDS for name in TEXTS]
    assert all(texts)
    with override("en"):
        english = {str(kind.title) for kind in PUBLIC_RECORDS}
    assert (language == "en") == english.issubset(texts)


def test_the_page_of_public_records_says_what_the_table_says():
    page = (DOCS / "public-records.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line[:3] == "| `"]
    with override("en"):
        expected = [
            [
                f"`{kind.mark}` {kind.title}",
                ", ".join(f"`{label.split('.')[1]}`" for label in kind.models) or "–",
                in_words(kind.handling),
                *(str(getattr(kind, name)) for name in TEXTS[1:]),
            ]
            for kind in PUBLIC_RECORDS
        ]
    assert rows == expected


@pytest.mark.parametrize("name", ["personuppgiftsbitradesavtal", "konsekvensbedomning"])
def test_the_templates_say_what_is_held_and_how_long(name):
    page = (DOCS / "templates" / f"{name}.md").read_text(encoding="utf-8")
    with override("sv"):
        expected = [f"| {kind.title} | {kind.what} | {how_long(kind)} |" for kind in PERSONAL_DATA]
    assert [line for line in page.splitlines() if line in expected] == expected
    assert len(re.findall(r"\[[^\]]*\](?!\()", page)) > 10  # blanks for the organisation
