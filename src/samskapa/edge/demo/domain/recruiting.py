"""Whom the resource group of Region Ekliden looks for, and the posters that hang."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hung:
    """A poster or link. opened: how many times on each of so many days before today. brought: whom it brought, keys of
    the cast."""

    name: str
    kind: str
    audience: str
    opened: tuple[tuple[int, int], ...] = ()
    brought: tuple[str, ...] = ()


HUNG: tuple[Hung, ...] = (
    Hung("Affisch, ungdomsmottagningen i Ekliden", "poster", "young", ((21, 3), (20, 5), (14, 2), (6, 1))),
    Hung(
        "Affisch, vårdcentralen Lundens väntrum",
        "poster",
        "everybody",
        ((40, 2), (33, 4), (26, 3), (12, 2), (3, 1)),
        ("birgit", "fatima"),
    ),
    Hung("Inlägg, Folkhögskolans studentkår", "social_media", "young_adults", ((9, 14), (8, 6)), ("xiaolong",)),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A row of the plan. by: days from today, or None. done: days before today, or None."""

    audience: str
    place: str
    how: str
    by: int | None
    done: int | None = None
    note: str = ""


PLAN: tuple[Planned, ...] = (
    Planned(
        "young",
        "youth_clinic",
        "Affischen sitter vid disken. Barnmorskan nämner gruppen för en ung person om dagen.",
        -20,
        22,
        "Elva har öppnat länken, men ingen har gått med. Kom dit en eftermiddag också.",
    ),
    Planned(
        "young",
        "student_council",
        "Tio minuter på elevrådets möte på Eklidens gymnasium. Fråga vad de skulle ändra i vården.",
        9,
    ),
    Planned("men", "associations", "Berätta på jaktlagets årsmöte i Björkviken, tillsammans med Ali.", 24),
    Planned(
        "no_email", "with_letter", "En halv sida med i kallelsen till höftoperation, med telefonnumret stort.", None
    ),
)
