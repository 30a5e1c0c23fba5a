"""Somebody who comes into the group from a list, with what the list tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .questions import QUESTIONS, Question


@dataclass(frozen=True, slots=True)
class Entry:
    """name, email, phone, address: how the person is called and reached; "" where it is not told. rests: the list says
    that they are not to be asked now. values: column or tag of QUESTIONS -> its value, only those that are told.
    note: what it says beside that, which the member reads. labels: words of the group's. contact_id: who runs the group
    and is to be their contact person."""

    name: str
    email: str = ""
    phone: str = ""
    address: str = ""
    rests: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    labels: tuple[str, ...] = ()
    contact_id: int | None = None

    @property
    def answered(self) -> list[Question]:
        """The questions that the list answers, in their order."""
        return [each for each in QUESTIONS if any(self.values.get(name) for name in each.names)]
