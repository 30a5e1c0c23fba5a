"""The steps of starting a resource group, in the order of those who have done it, and what is worth a thought.

Aim and purpose come before method: until the purpose is written nothing is said of what to try first. What must be
there is little; the rest is advice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from samskapa.ground.language.domain import check_plain

#: Looking back later than this, what was tried is forgotten.
LATEST_LOOK_BACK = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the set-up. columns: what it stores. must: the column without which the group cannot be made, or "".
    after: the step that must be written before this one, or ""."""

    key: str
    columns: tuple[str, ...]
    must: str = ""
    after: str = ""


STEPS: tuple[Step, ...] = (
    Step("purpose", ("purpose",), must="purpose"),
    Step("together", ("patients", "together")),
    Step("relation", ("relation",)),
    Step("respect", ("respect",)),
    Step("words", ("about",), must="about"),
    Step("hosting", ("hosting",)),
    Step("trying", ("first_try", "look_back_on"), after="purpose"),
    Step("pay", ("pay",)),
    Step("form", ("name", "lowest_age", "is_open"), must="name"),
    Step("need", ("need_title", "need_why"), must="need_title", after="purpose"),
)
BY_KEY = {step.key: step for step in STEPS}


class Thought(StrEnum):
    """What is worth a thought before the group is made. Nothing of it stops anybody."""

    NO_PATIENTS = "no_patients"  # nobody with experience of their own is in yet
    LEFT_OUT = "left_out"  # a step that nobody has written
    NO_LOOK_BACK = "no_look_back"  # no day is set to look back at what was tried
    LATE_LOOK_BACK = "late_look_back"  # it is far away
    PAST_LOOK_BACK = "past_look_back"  # it has passed
    NOT_PLAIN = "not_plain"  # the page's text can be plainer
    NO_PAY = "no_pay"  # nothing is said of pay


class UnknownStep(LookupError):
    """No step of that key."""


class PurposeFirst(ValueError):
    """The step comes after another that nobody has written: `args[0]` is its key."""


class Unwritten(ValueError):
    """The group cannot be made: `args[0]` are the keys of the steps that must be written first."""


class ChangedMeanwhile(Exception):
    """Somebody saved something else in the step while one wrote. `version` is the newest."""

    def __init__(self, version: int):
        super().__init__(version)
        self.version = version


class Finished(Exception):
    """The group has been made: what is said of it is changed on its own pages."""


def step(key: str) -> Step:
    """Raises UnknownStep."""
    if key not in BY_KEY:
        raise UnknownStep(key)
    return BY_KEY[key]


def step_after(key: str) -> str:
    """The key of the next step; "" after the last."""
    keys = list(BY_KEY)
    following = keys[keys.index(key) + 1 :]
    return following[0] if following else ""


def unwritten(values: Mapping[str, Any]) -> list[str]:
    """The keys of the steps without which the group cannot be made. values: column -> value."""
    return [each.key for each in STEPS if each.must and not values.get(each.must)]


def check_open(key: str, values: Mapping[str, Any]) -> None:
    """Raises PurposeFirst where the step before it is not written."""
    before = step(key).after
    if before and not values.get(step(before).must):
        raise PurposeFirst(before)


def thoughts(values: Mapping[str, Any], today: date) -> list[tuple[str, Thought]]:
    """(step, what is worth a thought), in the order of the steps."""
    found: list[tuple[str, Thought]] = []
    if not values.get("patients"):
        found.append(("together", Thought.NO_PATIENTS))
    found += [(key, Thought.LEFT_OUT) for key in ("relation", "respect", "hosting") if not values.get(key)]
    if values.get("about") and not check_plain(values["about"]).is_plain:
        found.append(("words", Thought.NOT_PLAIN))
    day = values.get("look_back_on")
    if not values.get("first_try"):
        found.append(("trying", Thought.LEFT_OUT))
    elif day is None:
        found.append(("trying", Thought.NO_LOOK_BACK))
    elif day < today:
        found.append(("trying", Thought.PAST_LOOK_BACK))
    elif day > today + LATEST_LOOK_BACK:
        found.append(("trying", Thought.LATE_LOOK_BACK))
    if not values.get("pay"):
        found.append(("pay", Thought.NO_PAY))
    order = list(BY_KEY)
    return sorted(found, key=lambda row: order.index(row[0]))
