"""Which organisations have decided themselves how long what was written to them is kept."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string


def kept_by_decision() -> set[int]:
    """Ids of the organisations whose applications go by their own decision of disposal, and by nothing else."""
    return import_string(settings.SLOTS["organisations_that_decided"])("application")
