"""Columns, troubles and fixed answers in words, and what a cell is compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries import wording
from samskapa.cocreate.pool.queries.also import ALSO
from samskapa.cocreate.pool.queries.members import coordinators_of, organisations_to_choose
from samskapa.ground.organisations.queries import municipalities
from samskapa.ground.people.models import display_name

from ..domain import Column, Trouble, Words, heading_key

#: What a column is called when it is chosen, and in what we write out.
HEADINGS: dict[Column, Any] = {
    Column.NAME: gettext_lazy("Name"),
    Column.FIRST_NAME: gettext_lazy("First name"),
    Column.LAST_NAME: gettext_lazy("Last name"),
    Column.EMAIL: gettext_lazy("E-mail"),
    Column.PHONE: gettext_lazy("Phone"),
    Column.ADDRESS: gettext_lazy("Postal address"),
    Column.REACH: gettext_lazy("Way of contact"),
    Column.AGE: gettext_lazy("Age"),
    Column.BIRTH: gettext_lazy("Year of birth"),
    Column.MUNICIPALITY: gettext_lazy("Municipality"),
    Column.GENDER: gettext_lazy("Woman, man or other"),
    Column.AS: gettext_lazy("Experience as"),
    Column.EXPERIENCE: gettext_lazy("Experience"),
    Column.CARE: gettext_lazy("Forms of care"),
    Column.CONTRIBUTION: gettext_lazy("Would like to do"),
    Column.CONTRIBUTE_MORE: gettext_lazy("Would like to do, in own words"),
    Column.LANGUAGE: gettext_lazy("Languages"),
    Column.LANGUAGES_MORE: gettext_lazy("Other languages"),
    Column.NEED: gettext_lazy("Needs to take part"),
    Column.NEEDS_MORE: gettext_lazy("Needs, in own words"),
    Column.WHEN: gettext_lazy("Times"),
    Column.TIMES_MORE: gettext_lazy("Times, in own words"),
    Column.ORGANISATION: gettext_lazy("Organisation"),
    Column.ORGANISATION_NAME: gettext_lazy("Another organisation"),
    Column.SPEAKS_FOR: gettext_lazy("Can speak"),
    Column.TRAINING: gettext_lazy("Earlier training"),
    Column.LABEL: gettext_lazy("Labels"),
    Column.CONTACT: gettext_lazy("Contact person"),
    Column.STATUS: gettext_lazy("Status"),
    Column.NOTE: gettext_lazy("Note"),
    Column.DIAGNOSIS: gettext_lazy("Diagnosis"),
    Column.PERSONAL_NUMBER: gettext_lazy("Personal identity number"),
}

TROUBLES: dict[Trouble, Any] = {
    Trouble.NO_NAME: gettext_lazy("There is no name."),
    Trouble.NO_WAY: gettext_lazy("There is no e-mail, phone number or postal address that works."),
    Trouble.TOO_YOUNG: gettext_lazy("The person is younger than the group's lowest age."),
    Trouble.HAS_ENDED: gettext_lazy("The list says that the person has ended."),
    Trouble.HAS_LEFT: gettext_lazy("The person has left the group. They can join again themselves."),
    Trouble.NOT_FROM_HERE: gettext_lazy("The person cannot be taken in from a list. Get in touch with them."),
    Trouble.NO_ROOM: gettext_lazy("The group has as many labels as it can have. Remove some, and send the row anew."),
    Trouble.PERSONAL_NUMBER: gettext_lazy("looks like a personal identity number, and is not kept"),
    Trouble.FORMULA: gettext_lazy("is a formula, and is not read"),
    Trouble.WRONG: gettext_lazy("is marked as wrong by the spreadsheet"),
    Trouble.NO_EMAIL: gettext_lazy("is no e-mail address"),
    Trouble.NO_PHONE: gettext_lazy("is no phone number"),
    Trouble.NO_PLACE: gettext_lazy("is no municipality that we know"),
    Trouble.NO_AGE: gettext_lazy("is no age that we can read"),
    Trouble.NO_WORD: gettext_lazy("is none of the answers in the form"),
    Trouble.NO_CONTACT: gettext_lazy("is none of those who run the group"),
    Trouble.CUT: gettext_lazy("is too long, and is cut off"),
}

#: Short words of lists, beside the words of the form and what people also say: table -> words -> value.
_ALSO: Mapping[str, Mapping[str, str]] = {
    "gender": {
        "k": "woman", "kv": "woman", "f": "woman", "female": "woman",
        "m": "man", "male": "man",
        "annat": "other", "ickebinär": "other", "icke-binär": "other",
        "vill ej uppge": "not_said", "vill inte svara": "not_said", "uppgift saknas": "not_said",
    },
    "language": {"sv": "sv", "eng": "en"},
    "reach_by": {"mejl": "email", "e-post": "email", "mail": "email", "epost": "email", "telefon": "phone",
                 "brev": "letter", "post": "letter"},
}  # fmt: skip


@lru_cache(maxsize=1)
def fixed_words() -> dict[str, dict[str, str]]:
    """Table of wording -> words without case, in every language we have, and the value itself -> value."""
    tables = {
        "age": wording.AGE,
        "gender": wording.GENDER,
        "reach_by": wording.REACH,
        "as": wording.AS,
        "care": wording.CARE,
        "contribution": wording.CONTRIBUTION,
        "language": wording.LANGUAGE,
        "need": wording.NEED,
        "when": wording.WHEN,
        "speaks_for": wording.SPEAKS_FOR,
        "status": wording.STATUS,
    }
    found: dict[str, dict[str, str]] = {}
    for name, table in tables.items():
        known = {str(value): str(value) for value in table} | dict(ALSO.get(name, {})) | dict(_ALSO.get(name, {}))
        for language, _title in settings.LANGUAGES:
            with override(language):
                known |= {str(words).casefold(): str(value) for value, words in table.items()}
        found[name] = known
    return found


@lru_cache(maxsize=1)
def our_headings() -> dict[str, Column]:
    """Our own headings in every language, as `heading_key` writes them -> what the column is."""
    found: dict[str, Column] = {}
    for language, _title in settings.LANGUAGES:
        with override(language):
            found |= {heading_key(str(words)): column for column, words in HEADINGS.items()}
    return found


def words_for(group: Group, today: date) -> Words:
    """What the cells of a list for that group are compared with."""
    places: dict[str, int] = {}
    for node in municipalities():
        for name in (node.place, node.name):
            if name:
                places.setdefault(name.casefold(), node.pk)
    return Words(
        fixed=fixed_words(),
        places=places,
        organisations={node.name.casefold(): node.pk for node in organisations_to_choose()},
        lowest=group.lowest_age,
        today=today,
        contacts=_contacts(group),
    )


def _contacts(group: Group) -> dict[str, int]:
    """Who runs the group, by name and by e-mail address. A name that two of them have is nobody's."""
    people = coordinators_of(group)
    names = Counter(display_name(person).casefold() for person in people)
    found = {display_name(person).casefold(): person.pk for person in people}
    found = {name: pk for name, pk in found.items() if names[name] == 1}
    return found | {person.email.casefold(): person.pk for person in people if person.email}


def trouble_in_words(place: int, code: str, headings: list[str]) -> str:
    """One thing that is to be said of a row, as a sentence."""
    trouble = Trouble(code)
    words = str(TROUBLES[trouble])
    if trouble.is_of_row:
        return words
    heading = headings[place] if 0 <= place < len(headings) else ""
    return _("“%(column)s” %(what)s.") % {"column": heading or _("A column"), "what": words}


def names_of_questions() -> str:
    """All that a list can answer, in a row, and what the group says itself."""
    return kept_in_words((key for key in wording.QUESTIONS if key != "diagnosis"), [Column.LABEL, Column.CONTACT])


def kept_in_words(keys: Iterable[str], also: Iterable[Column] = ()) -> str:
    """The names of questions, and of what else is kept, in a row: "Name, Way of contact, Labels"."""
    return ", ".join([*(str(wording.QUESTIONS[key].name) for key in keys), *(str(HEADINGS[each]) for each in also)])
