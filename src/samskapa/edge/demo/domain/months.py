"""What the made-up region did in the year before anybody looked: so that its figures say something."""

from __future__ import annotations

import random
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
    found: dict[str, list[Counted]] = {"published": [], "answered": [], "settled": []}
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
    return found
