"""What the core does on its own: it tidies, and looks for rows that the chain has missed."""

from __future__ import annotations

from datetime import datetime

from . import services


@services.every(seconds=24 * 3600, name="core.tidy")
@services.job()
def tidy(*, now: datetime) -> None:
    """Once a day: forget finished jobs and handled news that nobody will ask for."""
    services.tidy(now=now)


@services.every(seconds=3600, name="core.link_stragglers")
@services.job()
def link_stragglers(*, now: datetime) -> None:
    """Once an hour: put into the chain what was committed so late that the worker's quick look passed it by."""
    services.link_all(now=now, from_the_start=True)
