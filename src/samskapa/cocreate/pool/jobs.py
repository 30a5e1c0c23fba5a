"""What happens by the clock (SCHEDULE in config/reactions.py)."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services import every, job

from .queries.due import agreements_to_remind_of, to_ask
from .queries.yearly import to_remind_or_rest
from .services import agreeing, yearly


@every(seconds=3600, name="pool.yearly")
@job()
def ask_yearly(*, now: datetime) -> None:
    """Do you still want to be asked? Asked, reminded, and at last a silence that means rest. Each once, and the clock
    stands still until the member has got it."""
    for member in to_ask(now):
        yearly.ask(member, by=SYSTEM, now=now)
    for asked in to_remind_or_rest(now):
        yearly.remind_or_rest(asked, by=SYSTEM, now=now)


@every(seconds=24 * 3600, name="pool.remind_agreements")
@job()
def remind_agreements(*, now: datetime) -> None:
    """Points of a joining agreement that the member has not answered: two reminders, then the coordinators' desk.
    Killed half-way it goes on where it was, for each step is kept in the transaction that mails it."""
    for agreement in agreements_to_remind_of(now):
        agreeing.remind_of_agreement(agreement, by=SYSTEM, now=now)
