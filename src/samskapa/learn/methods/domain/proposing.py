"""Which methods fit a need, and why. Pure and explained: the same need gets the same answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from samskapa.cocreate.assignments.domain import Contribution, Influence, Phase

from .methods import Aim, Method

#: More than this is a list to choose in, not a proposal.
MOST = 3

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
    def _way(self) -> Contribution | None:
        """ "Something else" points at no method."""
        return None if self.way is Contribution.OTHER else self.way

    def matches_way(self, method: Method) -> bool:
        return self._way in method.ways

    @property
    def tells_what_for(self) -> bool:
        return bool(self.aims or self._way)


class Reason(StrEnum):
    """Why a method is proposed: each is true of the need, and only what the need has said is a reason."""

    WAY = "way"
    AIM = "aim"
    INFLUENCE = "influence"
    PEOPLE = "people"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Fit:
    """A method that fits. aims: those of the need that it serves."""

    method: Method
    reasons: tuple[Reason, ...]
    aims: tuple[Aim, ...] = ()


def propose(methods: Iterable[Method], wish: Wish) -> list[Fit]:
    """The methods that fit the wish best, at most MOST; the order in which `methods` come does not matter.

    Never one that needs more people or time than the need has, and never one with more or less influence than was
    promised; what neither has said does not exclude. What only helps another method along is never proposed alone.
    Of those left, the way of contributing weighs most, then the aim, then that the promised step is the usual one;
    of equals that which is made for fewest ways comes first, then that of which the sources say most, then that which
    takes least time. None where the need has not said what it wants.
    """
    if not wish.says_enough:
        return []
    fits = [(fit, _weight(fit, wish)) for method in methods if (fit := _fit(method, wish))]
    fits.sort(key=lambda pair: (-pair[1], *_order_of(pair[0].method)))
    return [fit for fit, _weight in fits[:MOST]]


def _fit(method: Method, wish: Wish) -> Fit | None:
    if method.is_support or _asks_too_much(method.least_people, wish.people):
        return None
    if _asks_too_much(method.least_minutes, wish.minutes):
        return None
    if wish.influence and wish.influence not in method.levels:
        return None
    if method.is_only_for_its_ways and not wish.matches_way(method):
        return None
    aims = tuple(aim for aim in method.aims if aim in wish.aims)
    if wish.tells_what_for and not aims and not wish.matches_way(method):
        return None
    held = {
        Reason.WAY: wish.matches_way(method),
        Reason.AIM: bool(aims),
        Reason.INFLUENCE: wish.influence is not None,
        Reason.PEOPLE: wish.people is not None and method.least_people is not None,
        Reason.TIME: wish.minutes is not None and method.least_minutes is not None,
    }
    return Fit(method, tuple(reason for reason in Reason if held[reason]), aims)


def _asks_too_much(least: int | None, has: int | None) -> bool:
    return least is not None and has is not None and least > has


def _order_of(method: Method) -> tuple[int, int, int, str]:
    return len(method.ways), -len(method.sourced), method.least_minutes or 0, method.key


def _weight(fit: Fit, wish: Wish) -> int:
    usual = wish.influence is not None and fit.method.levels[0] is wish.influence
    return 4 * (Reason.WAY in fit.reasons) + 2 * len(fit.aims) + usual
