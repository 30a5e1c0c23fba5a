"""Fair load: whose turn it is to be asked. It looks at how much somebody has been asked, and never at how well they
fit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

#: What counts as this year.
YEAR = timedelta(days=365)
#: The largest prime below 2**31: the draw is made modulo it, in numbers that every database holds.
PRIME = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Load:
    """How much somebody has been asked. asked, taken: how many invitations, and how many assignments they were chosen
    to, within a YEAR. last_asked: None where they never were. since: when they became what they are, an active
    member."""

    asked: int
    taken: int
    last_asked: datetime | None
    since: datetime

    @property
    def is_untried(self) -> bool:
        """Never asked, and not taken in by another way this year."""
        return self.last_asked is None and self.taken == 0

    @property
    def waited_since(self) -> datetime:
        return self.last_asked or self.since


def draw_of(assignment_id: int) -> tuple[int, int]:
    """The factor and the addend of an assignment's draw, by which those who are otherwise equal come in an order:
    another one for every assignment, the same each time one looks, and nothing to do with a name."""
    seed = hashlib.sha256(f"samskapa.matching {assignment_id}".encode()).digest()
    return int.from_bytes(seed[:8]) % (PRIME - 1) + 1, int.from_bytes(seed[8:16]) % PRIME


def lot(assignment_id: int, member_id: int) -> int:
    """A member's lot in that draw. No two below PRIME have the same: 5 has no factor in common with PRIME - 1, so the
    fifth power, without which members with numbers in a row would keep together, only mixes them."""
    factor, addend = draw_of(assignment_id)
    first = (member_id % PRIME * factor + addend) % PRIME
    return first**5 % PRIME


def turn(load: Load, lot: int) -> tuple[Any, ...]:
    """What sorts in the fair order: never asked first, then the fewest times this year, then who has waited longest,
    then the lot."""
    return (not load.is_untried, load.asked + load.taken, load.waited_since, lot)


def fair_order(loads: Mapping[int, Load], assignment_id: int) -> list[int]:
    """Ids of members, the one whose turn it is first."""
    return sorted(loads, key=lambda member_id: turn(loads[member_id], lot(assignment_id, member_id)))
