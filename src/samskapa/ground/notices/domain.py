"""How soon a person is told of what, and when their digest comes. No Django, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from samskapa.ground.core.domain import Pace, Topic

#: At which hours a digest can come, by the clock on the wall. None is skipped or doubled when the clock changes.
HOURS = range(5, 23)
#: When it comes to whoever has chosen nothing: seven in the morning, and once a week on Mondays.
HOUR, WEEKDAY = 7, 0
#: A matter of one's own choosing has a row; a topic as a whole has this in its place.
WHOLE_TOPIC = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one person has chosen. hour: of the clock on the wall. weekday: 0 is Monday.

    is_stopped: the person wants no digest. has_address: whether mail reaches them at all: else a coordinator posts it.
    is_active: false of somebody who has died, is forgotten or closed out.
    chosen: (topic's key, matter or WHOLE_TOPIC) -> pace.
    """

    hour: int = HOUR
    weekday: int = WEEKDAY
    is_stopped: bool = False
    has_address: bool = True
    is_active: bool = True
    chosen: Mapping[tuple[str, str], Pace] = field(default_factory=dict)

    def pace(self, topic: Topic, matter: str = WHOLE_TOPIC) -> Pace:
        """How soon: as chosen for that matter, else for the topic, else as is usual.

        Without a digest what would wait for it is not mailed; what may not be switched off then comes by itself. To
        somebody without an address letters are posted, so what may wait comes once a week. To an account that is closed
        nothing waits: the outbox stops it when it is its turn.
        """
        if not self.is_active:
            return Pace.AT_ONCE
        found = self.chosen.get((topic.key, matter)) or self.chosen.get((topic.key, WHOLE_TOPIC)) or topic.pace
        if found not in topic.choices:  # chosen before the table said otherwise
            found = topic.pace
        if found in GATHERED and self.is_stopped:
            return Pace.NEVER if Pace.NEVER in topic.choices else Pace.AT_ONCE
        if found is Pace.DAILY and not self.has_address:
            return Pace.WEEKLY
        return found


#: What waits for a digest.
GATHERED = {Pace.DAILY, Pace.WEEKLY}


def next_digest(wishes: Wishes, pace: Pace, now: datetime) -> datetime:
    """When something of that pace (DAILY or WEEKLY) is gathered that came at `now`: always later than that.

    now: an aware moment in the zone whose clock hangs on the wall; the answer is in the same zone.
    """
    at = now.replace(hour=wishes.hour, minute=0, second=0, microsecond=0, fold=0)
    if at <= now:
        at += timedelta(days=1)
    while pace is Pace.WEEKLY and at.weekday() != wishes.weekday:
        at += timedelta(days=1)
    return at
