"""The questions of joining on paper: the same, in the same order, to fill in by hand."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samskapa.ground.people.models import display_name

from ..domain import ages_from
from ..models import Group
from .members import coordinators_of
from .wording import (
    AGE,
    AS,
    CARE,
    CONTRIBUTION,
    DIAGNOSIS_CONSENT,
    GENDER,
    LANGUAGE,
    MEANS,
    NEED,
    QUESTIONS,
    REACH,
    SEARCHED,
    SPEAKS_FOR,
    WHEN,
)


def form_on_paper(group: Group) -> dict[str, Any]:
    """What `typst/form.typ` draws: each question with its boxes and so many lines to write on."""
    ages = {age: AGE[age] for age in ages_from(group.lowest_age)}
    drawn: dict[str, tuple[dict[Any, Any], int, str]] = {
        "name": ({}, 1, ""),
        "reach": (REACH, 2, _("Phone number, e-mail or postal address:")),
        "age": (ages, 0, ""),
        "municipality": ({}, 1, ""),
        "gender": (GENDER, 0, ""),
        "as": (AS, 0, ""),
        "experience": (CARE, 6, _("In your own words:")),
        "diagnosis": ({"yes": DIAGNOSIS_CONSENT}, 1, ""),
        "contribute": (CONTRIBUTION, 2, _("Anything else you would like to do:")),
        "languages": (LANGUAGE, 1, _("Other languages:")),
        "needs": (NEED, 2, _("Anything else that makes it easier:")),
        "times": (WHEN, 1, _("Anything else about times:")),
        "organisation": (SPEAKS_FOR, 1, _("Which organisation:")),
        "training": ({}, 2, ""),
    }
    questions = [
        {
            "ask": f"{number}. {asked.ask}",
            "because": str(asked.because),
            "boxes": [str(text) for text in drawn[key][0].values()],
            "lines": drawn[key][1],
            "label": drawn[key][2],
        }
        for number, (key, asked) in enumerate(QUESTIONS.items(), start=1)
    ]
    people = [f"{display_name(each)} {each.phone}".strip() for each in coordinators_of(group)]
    return {
        "title": _("Joining: %(group)s") % {"group": group.name},
        "lead": group.node.name,
        "means_title": _("What joining means"),
        "means": str(MEANS),
        "free": _(
            "Answer what you want to answer. Questions can be skipped, but we need a name, a way to reach you, your "
            "age and whose experience you have."
        ),
        "questions": questions,
        "sign_title": _("Day and name"),
        "sign": _("By writing your name you say that you want to be asked. You can change your mind at any time."),
        "back_title": _("Where to send it"),
        "back": _("Give or send the paper to a coordinator: %(people)s.") % {"people": ", ".join(people)}
        if people
        else _("Give or send the paper to a coordinator."),
        "record": _(
            "What you write to a region or municipality can become a public document, which others have a right to ask "
            "to read."
        )
        + f" {SEARCHED}",
    }
