"""What other apps put on the pages of a group and of a member, by the slots "tools_of_group", "tools_of_member" and
"waits_in_group" (for its coordinators) and "open_tools_of_group"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from ..models import Group, Member


@dataclass(frozen=True, slots=True)
class Tool:
    """A link on the page of the members, or of one. label: in the reader's language. takes_choice: it goes on with what
    the list is narrowed to, as the address says it."""

    label: Any
    path: str
    takes_choice: bool = False


@dataclass(frozen=True, slots=True)
class Waits:
    """Something beside members that waits for who runs a group: a sentence, what to do, and where. on: the day since
    which it waits, or with is_by the day it was promised for. kind: what the address calls it, and its label."""

    said: str
    todo: str
    url: str
    on: date
    is_by: bool
    kind: str
    label: Any


def tools_of(group: Group) -> list[Tool]:
    """All of them, in the order of the slot."""
    return _of(group, "tools_of_group")


def open_tools_of(group: Group) -> list[Tool]:
    """Links on the page of the group that everybody reads: the slot "open_tools_of_group"."""
    return _of(group, "open_tools_of_group")


def tools_of_member(member: Member) -> list[Tool]:
    """Links on the coordinators' page of a member: the slot "tools_of_member"."""
    return _of(member, "tools_of_member")


def _of(thing: Group | Member, slot: str) -> list[Tool]:
    return [tool for path in settings.SLOTS[slot] for tool in import_string(path)(thing)]


def waits_in(group: Group) -> list[Waits]:
    """What waits in the group beside members: the slot "waits_in_group"."""
    return [each for path in settings.SLOTS["waits_in_group"] for each in import_string(path)(group)]
