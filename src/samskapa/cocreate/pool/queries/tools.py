"""What other apps offer the coordinators of a group. They fill it, by the slot "tools_of_group"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from ..models import Group


@dataclass(frozen=True, slots=True)
class Tool:
    """A link on the page of the members. label: in the reader's language. takes_choice: it goes on with what the list
    is narrowed to, as the address says it."""

    label: Any
    path: str
    takes_choice: bool = False


def tools_of(group: Group) -> list[Tool]:
    """All of them, in the order of the slot."""
    return [tool for path in settings.SLOTS["tools_of_group"] for tool in import_string(path)(group)]
