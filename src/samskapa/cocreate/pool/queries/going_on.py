"""What goes on with a member in other apps, for a coordinator who has to talk with them: the slot
"goes_on_with_member"."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from samskapa.ground.core.domain import Actor

from ..models import Member


@dataclass(frozen=True, slots=True)
class GoesOn:
    """Something that a member is asked to, has applied to or takes part in. what: a sentence."""

    what: str
    path: str


def goes_on_with(member: Member, actor: Actor) -> list[GoesOn]:
    """All of it that the actor may see anyway, in the order of the slot."""
    return [each for path in settings.SLOTS["goes_on_with_member"] for each in import_string(path)(member, actor)]
