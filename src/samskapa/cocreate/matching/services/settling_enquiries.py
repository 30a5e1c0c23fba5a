"""What the clock does with enquiries when the day has passed, one can no longer apply, or the place is closed; and what
is removed when its time is out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.services.applying import lock_assignment
from samskapa.cocreate.assignments.services.telling import coordinators_of, matter_of
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import queue_mail, record

from ..domain import Said, is_enough
from ..models import Enquiry
from ..queries.enquiries import others_waited_for, recipients_of, yes_in_all
from .enquiring import settle_by_nomination, tell_asked


@transaction.atomic
def settle_enquiries(assignment_id: int, *, by: Actor, now: datetime) -> list[Enquiry]:
    """Let what nobody answered lapse, and tell who asked, once for all that are over, whether there are enough yes in
    all. Returns those that were gone through."""
    assignment = lock_assignment(assignment_id)
    rows = Enquiry.objects.select_for_update(of=("self",)).filter(assignment=assignment, settled_at=None)
    over = []
    for enquiry in rows.select_related("node").order_by("pk"):
        enquiry.assignment = assignment
        if _is_over(enquiry, now):
            _settle(enquiry, by=by, now=now)
            over.append(enquiry)
    told = [enquiry for enquiry in over if enquiry.answer != Said.TAKEN_BACK]
    if told and assignment.state in (State.OPEN, State.CHOOSING):
        _tell(assignment, told, now=now)
    return over


def _is_over(enquiry: Enquiry, now: datetime) -> bool:
    is_late = enquiry.answer_by < timezone.localdate(now)
    return is_late or enquiry.assignment.state != State.OPEN or enquiry.node.closed_at is not None


def _settle(enquiry: Enquiry, *, by: Actor, now: datetime) -> None:
    if not enquiry.answer and not (enquiry.group_id is None and settle_by_nomination(enquiry, by=by, now=now)):
        enquiry.answer, enquiry.answered_at = Said.LAPSED.value, now
        record("matching.enquiry_lapsed", by=by, at=now, on=enquiry)
        if enquiry.assignment.state != State.OPEN and enquiry.answer_by >= timezone.localdate(now):
            tell_asked(enquiry, "enquiry_over", recipients_of(enquiry.node), now=now, is_closed=True)
    enquiry.settled_at = now
    enquiry.save(update_fields=["answer", "answered_at", "settled_at"])


def _tell(assignment: Assignment, over: list[Enquiry], *, now: datetime) -> None:
    yes = yes_in_all(assignment)
    wanted = assignment.people_wanted or max(each.wanted for each in over)
    for person_id in dict.fromkeys(coordinators_of(assignment)):
        queue_mail(
            "matching/enquiries_over",
            to=person_id,
            key=f"matching.enquiries_over-{assignment.pk}-{over[0].pk}",
            now=now,
            matter=matter_of(assignment.pk),
            title=assignment.title,
            asked=len(over),
            said_yes=sum(each.answer == Said.YES for each in over),
            silent=sum(each.answer == Said.LAPSED for each in over),
            yes=yes,
            wanted=wanted,
            is_enough=is_enough(wanted, yes),
            waits=others_waited_for(assignment),
            path=reverse("matching:waves", args=[assignment.pk]),
        )


@transaction.atomic
def remove_old_enquiry(enquiry_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Remove an enquiry that was answered, or lapsed, at or before `limit`. Returns whether it was so."""
    found = Enquiry.objects.select_for_update().filter(pk=enquiry_id, answered_at__lte=limit).first()
    if found is None:
        return False
    record("matching.enquiry_removed", by=by, at=now, on=found)
    found.delete()
    return True
