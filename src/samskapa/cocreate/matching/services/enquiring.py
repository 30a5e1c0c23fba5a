"""Ask other groups and organisations, answer, and take back. The assignment is locked first: of two who do it at once
the second sees what the first did."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain.applying import NotOpen
from samskapa.cocreate.assignments.models import Application, Assignment
from samskapa.cocreate.assignments.services.applying import check_open, lock_assignment
from samskapa.cocreate.assignments.services.telling import coordinators_of, matter_of
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import queue_mail, record

from ..domain import (
    MOST_AT_A_TIME,
    STANDS,
    CannotEnquire,
    EnquiredAlready,
    EnquiryAnswered,
    NobodyThere,
    Said,
    check_answer,
    check_answer_by,
)
from ..models import Enquiry
from ..queries.enquiries import nominations_after, recipients_of
from ..queries.whom import places_to_ask
from .asking import check_may_ask


@transaction.atomic
def send_enquiries(
    assignment: Assignment,
    node_ids: Iterable[int],
    *,
    answer_by: date,
    wanted: int,
    message: str,
    by: Actor,
    now: datetime,
) -> list[Enquiry]:
    """Ask groups to ask their members, and organisations to nominate, all at once or none. The same button twice sends
    them once.

    wanted: how many one hopes for from each. Raises NotOpen, WrongDay, CannotEnquire, EnquiredAlready, NobodyThere.
    """
    ids = set(node_ids)
    if by.person_id is None:  # the clock asks nobody
        raise CannotEnquire(ids)
    assignment = lock_assignment(assignment.pk)
    check_open(assignment, now)
    check_answer_by(answer_by, today=timezone.localdate(now), closes_on=assignment.closes_on or answer_by)
    standing = Enquiry.objects.filter(assignment=assignment, node__in=ids, answer__in=STANDS)
    if already := list(standing.order_by("pk")):
        return _same_button(already, ids, by=by)
    places = list(places_to_ask(assignment, by).filter(pk__in=ids))
    if not ids or len(ids) > MOST_AT_A_TIME or len(places) != len(ids):
        raise CannotEnquire(ids - {place.pk for place in places})
    recipients = {place.pk: recipients_of(place) for place in places}
    if silent := [pk for pk, people in recipients.items() if not people]:
        raise NobodyThere(silent)
    sent = []
    for place in places:
        enquiry = Enquiry.objects.create(
            assignment=assignment,
            node=place,
            node_kind=place.kind,
            group=getattr(place, "resource_group", None),
            wanted=wanted,
            answer_by=answer_by,
            message=message.strip(),
            sent_at=now,
            sent_by_id=by.person_id,
        )
        record("matching.enquired", by=by, at=now, on=enquiry, assignment_id=assignment.pk, node_id=place.pk)
        tell_asked(enquiry, "enquiry", recipients[place.pk], now=now)
        sent.append(enquiry)
    return sent


def is_open_now(assignment: Assignment, now: datetime) -> bool:
    """Whether others can be asked: groups and organisations, or organisations alone."""
    try:
        check_open(assignment, now)
    except NotOpen:
        return False
    return True


def _same_button(already: list[Enquiry], ids: set[int], *, by: Actor) -> list[Enquiry]:
    """What the same person has just sent to just these. Raises EnquiredAlready where it is another."""
    moments = {(each.sent_at, each.sent_by_id) for each in already}
    is_whole = {each.node_id for each in already} == ids and len(moments) == 1
    together = Enquiry.objects.filter(assignment=already[0].assignment_id, sent_at=already[0].sent_at)
    if is_whole and already[0].sent_by_id == by.person_id and together.count() == len(ids):
        return already
    raise EnquiredAlready(each.node_id for each in already)


def _held(enquiry: Enquiry) -> Enquiry:
    """The row as it is now, locked, with the assignment that was locked before it."""
    assignment = lock_assignment(enquiry.assignment_id)
    found = Enquiry.objects.select_for_update(of=("self",)).select_related("node", "group")
    enquiry = found.get(pk=enquiry.pk)
    enquiry.assignment = assignment
    return enquiry


def _set(enquiry: Enquiry, said: Said, *, by: int | None, now: datetime) -> None:
    enquiry.answer, enquiry.answered_at, enquiry.answered_by_id = said.value, now, by
    enquiry.save(update_fields=["answer", "answered_at", "answered_by"])


@transaction.atomic
def answer_enquiry(enquiry: Enquiry, said: Said, *, by: Actor, now: datetime) -> Enquiry:
    """A group's yes: its coordinators look who fits, and ask. A no, for a group or an organisation, needs no reason.
    The same twice is once. An organisation's yes is that it nominates (`note_nomination`).

    Raises EnquiryAnswered, and for a yes NotOpen and OnlyByNomination.
    """
    enquiry = _held(enquiry)
    if enquiry.answer == said:
        return enquiry
    if said is Said.YES and enquiry.group_id is None:
        raise ValueError("an organisation says yes by nominating")
    check_answer(enquiry.answer, said, is_late=enquiry.answer_by < timezone.localdate(now))
    if said is Said.YES:
        check_may_ask(enquiry.assignment, now)
    _set(enquiry, said, by=by.person_id, now=now)
    record("matching.enquiry_answered", by=by, at=now, on=enquiry, answer=said.value)
    _tell_who_asked(enquiry, now=now)
    return enquiry


@transaction.atomic
def take_back_enquiry(enquiry: Enquiry, *, by: Actor, now: datetime) -> Enquiry:
    """It no longer waits, and those who were asked are told. Twice is once. Raises EnquiryAnswered."""
    enquiry = _held(enquiry)
    if enquiry.answer == Said.TAKEN_BACK:
        return enquiry
    if enquiry.answer:
        raise EnquiryAnswered(enquiry.answer)
    _set(enquiry, Said.TAKEN_BACK, by=by.person_id, now=now)
    record("matching.enquiry_taken_back", by=by, at=now, on=enquiry)
    tell_asked(enquiry, "enquiry_over", recipients_of(enquiry.node), now=now, is_closed=False)
    return enquiry


@transaction.atomic
def note_nomination(application_id: int, *, by: Actor, now: datetime) -> None:
    """An organisation has nominated: that is its yes to what it was asked. Again changes nothing."""
    nomination = Application.objects.filter(pk=application_id).first()
    if nomination is None:
        return
    lock_assignment(nomination.assignment_id)
    waiting = Enquiry.objects.select_for_update(of=("self",)).select_related("node", "assignment__unit")
    for enquiry in waiting.filter(
        assignment=nomination.assignment_id, group=None, answer__in=["", Said.NO], settled_at=None
    ).order_by("pk"):
        settle_by_nomination(enquiry, by=by, now=now)


def settle_by_nomination(enquiry: Enquiry, *, by: Actor, now: datetime) -> bool:
    """Yes where it has nominated since it was asked. The caller holds the locks. Returns whether it was so."""
    nomination = nominations_after(enquiry).order_by("pk").first()
    if nomination is None:
        return False
    _set(enquiry, Said.YES, by=nomination.nominated_by_id, now=now)
    record("matching.enquiry_answered", by=by, at=now, on=enquiry, answer=Said.YES.value)
    _tell_who_asked(enquiry, now=now)
    return True


def tell_asked(enquiry: Enquiry, kind: str, people: Iterable[int], *, now: datetime, **params: Any) -> None:
    """Mail those who would answer, once for each kind."""
    assignment = enquiry.assignment
    for person_id in dict.fromkeys(people):
        queue_mail(
            f"matching/{kind}",
            to=person_id,
            key=f"matching.{kind}-{enquiry.pk}",
            now=now,
            matter=matter_of(assignment.pk),
            title=assignment.title,
            who=assignment.area.name,
            unit=assignment.unit.name if assignment.unit else "",
            node=enquiry.node.name,
            is_group=enquiry.group_id is not None,
            answer_by=enquiry.answer_by.isoformat(),
            wanted=enquiry.wanted,
            path=reverse("matching:enquiry", args=[enquiry.pk]),
            **params,
        )


def _tell_who_asked(enquiry: Enquiry, *, now: datetime) -> None:
    """The coordinators who run the assignment now: who sent it may be gone. Once for each answer."""
    assignment = enquiry.assignment
    for person_id in dict.fromkeys(coordinators_of(assignment)):
        queue_mail(
            "matching/enquiry_answered",
            to=person_id,
            key=f"matching.enquiry_answered-{enquiry.pk}-{enquiry.answer}",
            now=now,
            matter=matter_of(assignment.pk),
            title=assignment.title,
            node=enquiry.node.name,
            is_group=enquiry.group_id is not None,
            answer=enquiry.answer,
            path=reverse("matching:waves", args=[assignment.pk]),
        )
