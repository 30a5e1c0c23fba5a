"""What the apps above put on the pages of an assignment: slots in config/slots.py."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from samskapa.ground.core.domain import Actor

from ..models import Assignment


def told_of(assignment: Assignment) -> Any:
    """What it has led to, with the `template` that draws it as `section`; None where nothing was told."""
    return import_string(settings.SLOTS["told_of_assignment"])(assignment)


def has_work(assignment: Assignment) -> bool:
    """Whether the work has begun, so that there is a page that host and representatives share."""
    return import_string(settings.SLOTS["has_work"])(assignment)


def who_fits(assignment: Assignment) -> Any:
    """The way to those who fit it, for the coordinator, with the `template` that draws it as `fits`."""
    return import_string(settings.SLOTS["who_fits"])(assignment)


def asked_to_nominate(actor: Actor) -> Any:
    """What the actor's organisation is asked for, with the `template` that draws it as `asked`."""
    return import_string(settings.SLOTS["asked_to_nominate"])(actor)


def methods_for(need: Assignment) -> Any:
    """Methods that fit what the need says so far, with the `template` that draws them as `methods`."""
    return import_string(settings.SLOTS["methods_for_need"])(need)
