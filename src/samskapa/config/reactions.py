"""What follows on what: news -> jobs, and the jobs that come round by the clock.

News whose name has no row here is refused when it is published; an empty row says that nobody listens yet.
"""

from __future__ import annotations

#: Name of the news -> dotted paths of the jobs that get its payload.
REACTIONS: dict[str, list[str]] = {
    "assignments.published": [],
    "assignments.closed": [],
    "assignments.called_off": [],
    "assignments.application_withdrawn": [],
    "assignments.presented": [],
    "assignments.choosing_finished": [],
}

#: Dotted paths of the jobs marked with @every.
SCHEDULE: list[str] = [
    "samskapa.ground.core.jobs.tidy",
    "samskapa.cocreate.assignments.jobs.close_due",
    "samskapa.cocreate.assignments.jobs.remind_unanswered",
]
