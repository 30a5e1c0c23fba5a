"""Which methods fit a need, why, and what each does not fit. Pure and explained: the same need gets the same answer.

A need that says what it wants gets two or three. Where nothing fits all of it, what fits best is proposed with what
does not fit said beside it: a unit with two people and two hours learns what its wish would ask for, rather than that
there is no answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from samskapa.cocreate.assignments.domain import Contribution, Influence, Phase

from .methods import Aim, Method

#: More than this is a list to choose in, not a proposal.
MOST = 3
#: Two, so that there is something to choose between.
LEAST = 2

#: How far a method is from the need, for each thing that does not fit: a step of influence weighs more than people or
#: time do by themselves, the way of contributing least. More than twice what there is of people or time is not a little
#: more.
_STEP_OF_INFLUENCE = 5
_TOO_MUCH = 2
_FAR_TOO_MUCH = 4
_OTHER_WAY = 1
#: A third is proposed only where it is no farther off than this: never one for the sake of the number.
_NEAR = _STEP_OF_INFLUENCE

#: What one usually wants in each phase.
AIMS_OF_PHASE: dict[Phase, frozenset[Aim]] = {
    Phase.IDEA: frozenset({Aim.UNDERSTAND, Aim.IDEAS}),
    Phase.PLANNING: frozenset({Aim.IDEAS, Aim.CHOOSE}),
    Phase.DOING: frozenset({Aim.MAKE}),
    Phase.FOLLOWING_UP: frozenset({Aim.FOLLOW_UP}),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a need says so far. people: how many with own experience. minutes: what each gives of time together.
    None: not said."""

    phase: Phase | None = None
    way: Contribution | None = None
    influence: Influence | None = None
    people: int | None = None
    minutes: int | None = None
    is_standing: bool = False

    @property
    def aims(self) -> frozenset[Aim]:
        found = AIMS_OF_PHASE[self.phase] if self.phase else frozenset()
        return found | {Aim.ADVISE} if self.is_standing else found

    @property
    def says_enough(self) -> bool:
        """Whether there is anything to go by: numbers and time alone say nothing of what one wants."""
        return bool(self.aims or self.influence or self._way)

    @property
    def says_way(self) -> bool:
        return self._way is not None

    @property
    def _way(self) -> Contribution | None:
        """ "Something else" points at no method."""
        return None if self.way is Contribution.OTHER else self.way

    def matches_way(self, method: Method) -> bool:
        return self._way in method.ways

    @property
    def tells_what_for(self) -> bool:
        return bool(self.aims or self._way)


class Reason(StrEnum):
    """Why a method is proposed, or what of the need it does not fit: each is true of the need, and only what the need
    has said is a reason."""

    WAY = "way"
    AIM = "aim"
    INFLUENCE = "influence"
    PEOPLE = "people"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Fit:
    """A method for the need. aims: those of the need that it serves. misfits: what the need has said that the method
    does not fit; none where it fits all of it."""

    method: Method
    reasons: tuple[Reason, ...]
    aims: tuple[Aim, ...] = ()
    misfits: tuple[Reason, ...] = ()


def propose(methods: Iterable[Method], wish: Wish) -> list[Fit]:
    """The methods that fit the wish best: two or three where it has an aim; the order in which `methods` come does not
    matter.

    Each serves an aim of the need; where it has none, the way of contributing, and where that is not said either, the
    promised influence. So one alone may be left of those without an aim. What fits all that is said comes first; then
    what is least far off, first of all in influence, then in people and time, last in the way (`_distance`). Never what
    only helps another method along, or is made for no way, or only for another way. None where the need has not said
    what it wants, or where nothing can be influenced.
    """
    if not wish.says_enough or wish.influence is Influence.INFORMATION:
        return []
    fits = [fit for method in methods if (fit := _fit(method, wish))]
    fits.sort(key=lambda fit: (_distance(fit, wish), -_weight(fit, wish), *_order_of(fit.method)))
    return [fit for place, fit in enumerate(fits[:MOST]) if place < LEAST or _distance(fit, wish) <= _NEAR]


def _fit(method: Method, wish: Wish) -> Fit | None:
    suits_way = wish.matches_way(method)
    if method.is_support or not method.ways or (method.is_only_for_its_ways and not suits_way):
        return None
    aims = tuple(aim for aim in method.aims if aim in wish.aims)
    suits_influence = wish.influence in method.levels
    if not (aims if wish.aims else suits_way if wish.tells_what_for else suits_influence):
        return None
    fits = {
        Reason.WAY: suits_way if wish.says_way else None,
        Reason.AIM: True if aims else None,
        Reason.INFLUENCE: suits_influence if wish.influence else None,
        Reason.PEOPLE: _is_enough(method.least_people, wish.people),
        Reason.TIME: _is_enough(method.least_minutes, wish.minutes),
    }
    return Fit(
        method,
        tuple(reason for reason in Reason if fits[reason]),
        aims,
        tuple(reason for reason in Reason if fits[reason] is False),
    )


def _is_enough(least: int | None, has: int | None) -> bool | None:
    """None where one of them is not said."""
    return None if least is None or has is None else has >= least


def _order_of(method: Method) -> tuple[int, int, int, str]:
    return len(method.ways), -len(method.sourced), method.least_minutes or 0, method.key


def _weight(fit: Fit, wish: Wish) -> int:
    """Among those as near: the way of contributing weighs most, then the aims, then that the promised step of influence
    is the usual one. Of equals that which is made for fewest ways comes first, then that of which the sources say most,
    then that which takes least time (`_order_of`)."""
    usual = wish.influence is not None and fit.method.levels[0] is wish.influence
    return 4 * (Reason.WAY in fit.reasons) + 2 * len(fit.aims) + usual


def _distance(fit: Fit, wish: Wish) -> int:
    """How far the method is from what the need says; 0 where it fits all of it. With more people or time never more."""
    method, far = fit.method, 0
    if Reason.WAY in fit.misfits:
        far += _OTHER_WAY
    if Reason.INFLUENCE in fit.misfits and wish.influence:
        far += _STEP_OF_INFLUENCE * abs(_STEPS.index(nearest(method, wish.influence)) - _STEPS.index(wish.influence))
    for least, has in ((method.least_people, wish.people), (method.least_minutes, wish.minutes)):
        if least is not None and has is not None and least > has:
            far += _FAR_TOO_MUCH if least > 2 * has else _TOO_MUCH
    return far


_STEPS = list(Influence)


def nearest(method: Method, promised: Influence) -> Influence:
    """The step of influence that the method gives nearest to the promised one; of two as near the higher, for that
    keeps the promise."""
    return min(method.levels, key=lambda step: (abs(_STEPS.index(step) - _STEPS.index(promised)), -_STEPS.index(step)))


def gives_less(method: Method, promised: Influence) -> bool:
    """Whether the method gives less influence than was promised, by the step nearest to it."""
    return _STEPS.index(nearest(method, promised)) < _STEPS.index(promised)
