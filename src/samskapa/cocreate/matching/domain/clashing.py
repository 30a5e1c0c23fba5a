"""When two assignments are at the same time: said as a warning, and never a reason to leave somebody out."""

from __future__ import annotations

from collections.abc import Iterable

from samskapa.cocreate.assignments.domain.days import DayAndHours


def overlap(one: DayAndHours, other: DayAndHours) -> bool:
    """Whether one cannot be at both: the same day and hours in common. Without hours it may be any part of the day.
    What begins when the other ends is no conflict, however near: how long the way is, is the person's to judge."""
    if one.day != other.day:
        return False
    if one.starts is None or one.ends is None or other.starts is None or other.ends is None:
        return True
    return one.starts < other.ends and other.starts < one.ends


def clashes(mine: Iterable[DayAndHours], theirs: Iterable[DayAndHours]) -> list[DayAndHours]:
    """Those of `mine` that are at the same time as one of `theirs`, in their order."""
    others = list(theirs)
    return [each for each in mine if any(overlap(each, other) for other in others)]
