"""Which points an agreement is drafted with. The wording is `queries/draft_words.py`; here is only the choice.

An assignment of a single occasion has at most eight points (the issue's rule); a longer one says each thing in
a point of its own. What is personal (pay, access) stands only between the unit and the representative.
"""

from __future__ import annotations

from dataclasses import dataclass

#: The most points for a single occasion.
MOST_FOR_ONE_OCCASION = 8


@dataclass(frozen=True, slots=True)
class DraftLine:
    """key: names the wording. heading: the group it stands in. side: who promises it ("person", "care", "both").
    common: written once and shown in every agreement of the assignment."""

    key: str
    heading: str
    side: str
    common: bool = True


_SHORT = (
    DraftLine("role_and_influence", "doing", "both"),
    DraftLine("person_prepares", "doing", "person"),
    DraftLine("host_prepares", "doing", "care"),
    DraftLine("time_and_place", "terms", "both"),
    DraftLine("pay", "terms", "care", common=False),
    DraftLine("access", "terms", "care", common=False),
    DraftLine("secrecy_and_results", "rules", "both"),
    DraftLine("contact_and_telling_back", "after", "care"),
)

_LONG = (
    DraftLine("role", "doing", "both"),
    DraftLine("influence", "doing", "care"),
    DraftLine("person_prepares", "doing", "person"),
    DraftLine("host_prepares", "doing", "care"),
    DraftLine("time_and_place", "terms", "both"),
    DraftLine("pay", "terms", "care", common=False),
    DraftLine("access", "terms", "care", common=False),
    DraftLine("insurance", "terms", "care"),
    DraftLine("secrecy", "rules", "both"),
    DraftLine("results", "rules", "both"),
    DraftLine("contact", "after", "care"),
    DraftLine("check_ins", "after", "both"),
    DraftLine("telling_back", "after", "care"),
)

#: Of somebody under eighteen. A single occasion says it in the point on what is needed, to keep to its eight.
YOUNG = DraftLine("young", "terms", "care", common=False)

_STANDING = (
    # Each has days of their own, and is ordinary or deputy.
    DraftLine("term", "terms", "both", common=False),
    DraftLine("hand_over", "after", "both"),
)


def lines_for(*, occasions: int | None, is_standing: bool) -> tuple[DraftLine, ...]:
    """The points to draft. A standing assignment adds its term and its hand-over."""
    if is_standing:
        return _LONG + _STANDING
    return _SHORT if occasions == 1 else _LONG
