"""What the page of a group shows; also where a poster or a link leads to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from samskapa.ground.people.models import display_name

from ..domain import Status
from ..models import Agreement, Group, Member
from .members import coordinators_of
from .tools import open_tools_of
from .wording import MEANS, STATUS_TO_YOU


def group_page(
    group: Group, member: Member | None, *, ended: Iterable[Agreement] = (), runs: bool, via: str
) -> dict[str, Any]:
    """The context of `pool/group.html`. member: the reader's own part in the group. ended: the
    reader's earlier agreements with it. runs: whether the reader runs it.
    via: the code of the poster or link that led here, which the links to joining carry, so that no cookie is needed; ""
    where there was none."""
    return {
        "group": group,
        "via": via,
        "member": member,
        "has_begun": member is not None and member.status == Status.BEGUN,
        "stands": STATUS_TO_YOU[member.status] if member else "",
        "means": MEANS,
        "coordinators": [(display_name(each), each.phone) for each in coordinators_of(group)],
        "ended": list(ended),
        "runs": runs,
        "tools": open_tools_of(group),
    }
