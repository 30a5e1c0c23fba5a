"""The work of one side: what somebody in each role has contributed, is to talk about, and is asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from samskapa.cocreate.assignments.models import Agreement, Assignment
from samskapa.cocreate.underway.models import CheckIn, Confirmation, Contribution, Telling, Work
from samskapa.cocreate.underway.services.questions import open_questions
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.people.models import Person


def add_work(assignment: Assignment, agreements: dict[str, Agreement], host: Person, now: datetime) -> dict[str, Any]:
    """Work in which it is told already, so that everybody is asked; by name of the thing and role."""
    later = now.date() + timedelta(days=180)
    work = Work.objects.create(assignment=assignment, stage="closing", begun_at=now, closing_at=now, later_by=later)
    told = Telling.objects.create(
        work=work, kind="closing", text="Kallelsen är omskriven.", told_at=now, told_by=host, told_as="host"
    )
    open_questions(work, by=SYSTEM, now=now)
    things: dict[str, Any] = {}
    for role, agreement in agreements.items():
        things[f"contribution {role}"] = Contribution.objects.create(
            work=work,
            agreement=agreement,
            text="Skriv vem man ringer.",
            added_at=now,
            added_by=agreement.application.person,
            added_side="person",
        )
        things[f"check-in {role}"] = CheckIn.objects.create(
            agreement=agreement, moment="first", due_on=now.date(), planned_at=now
        )
        things[f"confirmation {role}"] = Confirmation.objects.create(telling=told, agreement=agreement, asked_at=now)
    return things


def arguments(short: str, role: str, things: dict[str, Any]) -> dict[str, Any]:
    """The arguments of an address of the work."""
    if short in {"work", "contribute", "tell", "questions"}:
        return {"pk": things["agreeing"].pk}
    if short in {"outcome", "take_back"}:
        return {"pk": things[f"contribution {role}"].pk}
    if short in {"check_in", "move_check_in"}:
        return {"pk": things[f"check-in {role}"].pk}
    if short == "confirm":
        return {"pk": things[f"confirmation {role}"].pk}
    if short in {"promises", "add_check_in", "credit", "certificate", "time"}:
        return {"pk": things[f"agreement {role}"].pk}
    return {}
