"""What the made-up region did in the year before anybody looked: so that its figures say something."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from samskapa.ground.figures.domain import Counted

#: Units, and how many assignments each publishes in a usual month.
BUSY = {"ortopeden": 5, "stroke": 6, "lunden": 9, "akuten": 3, "bup": 8, "hemsjukvard": 12}
#: Values, the usual ones several times.
_WAYS = (
    ("improvement_team",) * 4 + ("workshop",) * 3 + ("own_story", "own_story", "education", "governance", "ai_digital")
)
_FORMS = ("digital", "digital", "place", "place", "both")
_LEVELS = ("consultation", "dialogue", "dialogue", "influence", "influence", "codecision", "information", "unsaid")


def made_up_month(month: date, nodes: dict[str, int]) -> dict[str, list[Counted]]:
    """measure -> rows, the same each time for the same month. nodes: key of a place -> its id."""
    chance = random.Random(f"{month:%Y-%m}")  # noqa: S311  # made-up, nothing secret
    keys = ("published", "answered", "settled", "contributions", "experienced", "results", "confirmed", "told_back")
    found: dict[str, list[Counted]] = {key: [] for key in keys}
    for key, usual in BUSY.items():
        for _ in range(chance.randint(max(0, usual - 2), usual + 2)):
            level = chance.choice(_LEVELS)
            found["published"].append(Counted(nodes[key], (chance.choice(_WAYS), chance.choice(_FORMS), level)))
            for _ in range(chance.randint(2, 7)):
                when = chance.choice(("in_time",) * 7 + ("late", "none"))
                outcome = "none" if when == "none" else chance.choice(("chosen", "not_chosen", "not_chosen"))
                found["answered"].append(Counted(nodes[key], (when, outcome)))
            for _ in range(chance.randint(0, 2)):
                found["settled"].append(Counted(nodes[key], ("once", level)))
        for measure, parts in _what_it_led_to(usual, chance):
            found[measure].append(Counted(nodes[key], parts))
    return found


def _what_it_led_to(usual: int, chance: random.Random) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(measure, parts) of what was contributed, told and confirmed at a unit in the month, by the work that ends."""
    if chance.random() < 0.3:
        yield "told_back", (chance.choice(("in_time", "in_time", "none")),)
        for _ in range(chance.randint(1, 5)):
            yield "confirmed", (chance.choice(("yes", "yes", "partly", "no_answer")), "yearly")
    for _ in range(chance.randint(usual, 3 * usual)):
        became = chance.choice(("taken_in",) * 4 + ("partly",) * 3 + ("not_taken_in", "none"))
        yield "contributions", (became, chance.choice(("once", "once", "standing")))
    for _ in range(chance.randint(usual // 3, usual)):
        which = chance.choice(("closing", "closing", "later"))
        yield "results", (chance.choice(("in_time",) * 4 + ("late", "none")), which)
        for _ in range(chance.randint(1, 4)):
            yield "confirmed", (chance.choice(("yes",) * 5 + ("partly", "partly", "no", "no_answer")), which)
        level = chance.choice(_LEVELS)
        for side, many in (("host", 1), ("representative", chance.randint(1, 4))):
            for _ in range(many):
                said = chance.choice(("less", "nearly", "nearly", "fully") if side[0] == "r" else ("nearly", "fully"))
                yield "experienced", (f"{side}_{said}", level)
