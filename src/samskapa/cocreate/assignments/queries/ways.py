"""Ways of choosing among applicants: a slot (config/slots.py) that other apps fill with more."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Way:
    """One way of choosing. url: name of the address where it begins, which gets the assignment's id."""

    key: str
    label: str | Promise
    url: str


BY_HAND = Way("by_hand", _("Read and choose by hand"), "assignments:choose")


def ways_of_choosing() -> list[Way]:
    """The ways offered here, in order."""
    return [import_string(path) for path in settings.SLOTS["ways_of_choosing"]]
