"""What the methods bank says to somebody who writes a need. Fills the slot "methods_for_need"."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language

from samskapa.cocreate.assignments.domain import Contribution, Influence, Phase
from samskapa.cocreate.assignments.models import Assignment

from ..domain import FIRST_LANGUAGE, Fit, Text, Wish, propose
from . import wording
from .bank import bank


@dataclass(frozen=True, slots=True)
class Proposal:
    """A method with the reasons why it is proposed, and what of the need it does not fit, as sentences."""

    key: str
    text: Text
    reasons: list[str | Promise]
    misfits: list[str | Promise]


@dataclass(frozen=True, slots=True)
class ForNeed:
    """The panel on the need's page. is_information: nothing can be influenced, so there is nothing to propose. Where
    there is nothing else either, the need has not said enough to go by. template: what draws it."""

    proposals: list[Proposal]
    is_information: bool
    template: str = "methods/_for_need.html"


def wish_of(need: Assignment) -> Wish:
    """What the need says so far. What is to be decided together says nothing yet."""
    minutes = need.occasions * need.minutes_each if need.occasions and need.minutes_each else None
    return Wish(
        phase=Phase(need.phase) if need.phase else None,
        way=Contribution(need.contribution) if need.contribution else None,
        influence=Influence(need.influence) if need.influence else None,
        people=need.people_wanted,
        minutes=minutes,
        is_standing=need.is_standing,
    )


def for_need(need: Assignment) -> ForNeed:
    """Two or three methods for the need, why, and what does not fit. No query."""
    wish = wish_of(need)
    language = get_language() or FIRST_LANGUAGE
    return ForNeed(
        proposals=[_proposal(fit, wish, language) for fit in propose(bank(), wish)],
        is_information=wish.influence is Influence.INFORMATION,
    )


def _proposal(fit: Fit, wish: Wish, language: str) -> Proposal:
    return Proposal(
        fit.method.key, fit.method.text(language), wording.reasons_of(fit, wish), wording.misfits_of(fit, wish)
    )
