"""The table of personal data: no table of the database is forgotten, and every row leads somewhere."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import override

from samskapa.config.personal_data import NO_PERSONAL_DATA, PERSONAL_DATA
from samskapa.edge.my_data.queries import how_long
from samskapa.ground.people.models import Person

PATHS = ("rows", "matters", "consents", "take_back", "last_use", "end", "keep", "blank")
#: What a column is called that says who somebody is or how they are reached.
SAYS_WHO = re.compile(r"(^|_)(e?mail|phone|address|person_id|by_id)$|^(contact|nominee)_name$|^name_kept$")


def tables() -> set[str]:
    return {model._meta.label for model in apps.get_models() if not model.__module__.startswith("tests.")}


def points_at_a_person(model: type[models.Model]) -> bool:
    return any(field.related_model is Person or SAYS_WHO.search(field.attname) for field in model._meta.concrete_fields)


def test_every_table_is_in_exactly_one_row_or_has_no_personal_data():
    named = [label for kind in PERSONAL_DATA for label in kind.models] + list(NO_PERSONAL_DATA)
    assert sorted(named) == sorted(tables())


def test_a_table_without_personal_data_points_at_nobody():
    wrong = [label for label in NO_PERSONAL_DATA if points_at_a_person(apps.get_model(label))]
    assert wrong == []
    # The rule finds those that do, so that it can fail.
    assert points_at_a_person(apps.get_model("assignments.Application"))
    assert points_at_a_person(apps.get_model("core.OutboxMail"))
    assert points_at_a_person(apps.get_model("assignments.Statement"))


@pytest.mark.parametrize("kind", PERSONAL_DATA, ids=lambda kind: kind.key)
def test_every_row_leads_somewhere(kind):
    paths = [getattr(kind, name) for name in PATHS]
    if kind.retention:
        paths += [kind.retention.due, kind.retention.carry_out]
        assert kind.retention.months >= 1
    for path in filter(None, paths):
        assert callable(import_string(path)), path
    assert bool(kind.retention) != bool(kind.stays)
    assert bool(kind.consents) == bool(kind.take_back)


def test_the_account_is_first_and_so_blanked_last():
    assert PERSONAL_DATA[0].key == "account"
    assert len({kind.key for kind in PERSONAL_DATA}) == len(PERSONAL_DATA)
    assert settings.PERSONAL_DATA is PERSONAL_DATA


def test_what_a_person_wrote_is_shown_before_it_goes():
    """Not told are only kinds in which nobody writes of themselves."""
    quiet = {kind.key for kind in PERSONAL_DATA if kind.retention and not kind.retention.tells}
    assert quiet == {"invitations", "asked_to", "enquiries", "letters", "lists", "needs", "mail"}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_row_is_in_words_in_both_languages(language):
    with override(language):
        texts = [str(text) for kind in PERSONAL_DATA for text in (kind.title, kind.what, kind.why, how_long(kind))]
    assert all(texts)
    with override("en"):
        english = {str(kind.what) for kind in PERSONAL_DATA}
    assert (language == "en") == english.issubset(texts)


def test_the_table_says_months_in_swedish():
    with override("sv"):
        assert how_long(PERSONAL_DATA[0]) == ("24 månader efter att du senast loggade in, om inget du är med i pågår.")
