"""The doorway to the work: the host, the coordinator, and each representative who takes part. To all others, leadership
and those who were not chosen among them, it looks like what is not there."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.models import Agreement
from samskapa.cocreate.assignments.queries.agreements import agreements_run_by, own_agreements
from samskapa.cocreate.assignments.queries.applications import assignments_run_by
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.listen.surveys.queries import asking_with

from .domain import Kind, Side, waited_for
from .models import CheckIn, Confirmation, Contribution, TimeNote, Work
from .queries import kind_to_tell
from .queries.closing import key_of
from .queries.mine import was_fixed
from .queries.page import Reader


def _own(actor: Actor) -> QuerySet[Agreement]:
    """Those in which one takes part: chosen, not withdrawn, and something was fixed."""
    return own_agreements(actor).filter(was_fixed(), application__state=ApplicationState.CHOSEN)


def _host_side(actor: Actor) -> Reader:
    return Reader(side=Side.HOST if actor.acts_as(Role.HOST) else None)


def work_for(actor: Actor, assignment_pk: int) -> tuple[Work, Reader]:
    """The work of an assignment, and as whom the actor reads it. One's own part comes first. Raises Http404."""
    work = get_object_or_404(
        Work.objects.select_related("assignment", "assignment__unit", "assignment__area"), assignment=assignment_pk
    )
    whose = _own(actor).select_related(None).select_related("application__person", "application__organisation")
    own = whose.filter(root=assignment_pk).first()
    if own is not None:
        own.root = work.assignment  # read already
        return work, Reader(Side.PERSON, own)
    if not assignments_run_by(actor).filter(pk=assignment_pk).exists():
        raise Http404
    return work, _host_side(actor)


def work_to_contribute(actor: Actor, assignment_pk: int) -> tuple[Work, Reader, Side]:
    """The same for the two who write contributions down. Raises PermissionDenied for the coordinator."""
    work, reader = work_for(actor, assignment_pk)
    if reader.side is None:
        raise PermissionDenied
    return work, reader, reader.side


def work_to_tell(actor: Actor, assignment_pk: int) -> Work:
    """The same for the host, and the coordinator in its place. Raises Http404 also for representatives."""
    work, reader = work_for(actor, assignment_pk)
    if reader.is_representative:
        raise Http404
    return work


def work_to_look_back_on(actor: Actor, assignment_pk: int) -> tuple[Work, Side]:
    """The work whose closing questions the actor answers, and on which side: whoever has had an agreement, also when
    they have withdrawn, once the closing has begun; and the host, who begins it. Raises Http404, for the coordinator
    too: how it was is told by those who were there."""
    work = get_object_or_404(
        Work.objects.select_related("assignment", "assignment__unit", "assignment__area"), assignment=assignment_pk
    )
    is_asked = asking_with(key_of(assignment_pk)) is not None
    if own_agreements(actor).filter(was_fixed(), root=assignment_pk).exists():
        side = Side.PERSON
    elif actor.acts_as(Role.HOST) and assignments_run_by(actor).filter(pk=assignment_pk).exists():
        side, is_asked = Side.HOST, is_asked or kind_to_tell(work, today=timezone.localdate()) is Kind.CLOSING
    else:
        raise Http404
    if not is_asked:
        raise Http404
    return work, side


def contribution_to_answer(actor: Actor, pk: int) -> tuple[Contribution, Work]:
    """A contribution, for the host, and the coordinator in its place. Raises Http404."""
    contribution = get_object_or_404(Contribution.objects.select_related("work"), pk=pk)
    work = work_to_tell(actor, contribution.work.assignment_id)
    found = Contribution.objects.select_related("agreement__application__person").get(pk=pk)
    return found, work


def own_contribution(actor: Actor, pk: int) -> Contribution:
    """What one has contributed oneself, also when one has withdrawn since. Raises Http404."""
    mine = own_agreements(actor).values("pk")
    return get_object_or_404(Contribution.objects.filter(agreement__in=mine).select_related("work"), pk=pk)


def agreement_for(actor: Actor, pk: int) -> tuple[Agreement, Reader]:
    """An agreement that was fixed, in work that has begun. Raises Http404."""
    own = _own(actor).filter(pk=pk, root__work__isnull=False).first()
    if own is not None:
        return own, Reader(Side.PERSON, own)
    run = agreements_run_by(actor).filter(was_fixed(), root__work__isnull=False)
    return get_object_or_404(run, pk=pk), _host_side(actor)


def agreement_to_speak(actor: Actor, pk: int) -> tuple[Agreement, Reader, Side]:
    """The same for its two parties. Raises PermissionDenied for the coordinator, who reads."""
    agreement, reader = agreement_for(actor, pk)
    if reader.side is None:
        raise PermissionDenied
    return agreement, reader, reader.side


def own_agreement(actor: Actor, pk: int) -> Agreement:
    """One's own, in work that has begun. Raises Http404."""
    return get_object_or_404(_own(actor).filter(root__work__isnull=False), pk=pk)


def own_time_note(actor: Actor, agreement_pk: int, pk: int | None) -> TimeNote | None:
    """A row of one's own time in one's own agreement; None where it is not there (any more), or is another's."""
    mine = own_agreements(actor).filter(pk=agreement_pk).values("pk")
    return TimeNote.objects.filter(agreement__in=mine, pk=pk).select_related("agreement").first()


def check_in_for(actor: Actor, pk: int) -> tuple[CheckIn, Agreement, Reader]:
    """A check-in, for the two whose talk it is and the coordinator. Raises Http404."""
    check_in = get_object_or_404(CheckIn, pk=pk)
    agreement, reader = agreement_for(actor, check_in.agreement_id)
    return check_in, agreement, reader


def check_in_to_note(actor: Actor, pk: int) -> tuple[CheckIn, Agreement, Reader, Side]:
    """The same for whoever notes it: the two, and a call the unit alone. Raises PermissionDenied for the others."""
    check_in, agreement, reader, side = check_in_to_move(actor, pk)
    if side not in waited_for(check_in.moment):
        raise PermissionDenied
    return check_in, agreement, reader, side


def check_in_to_move(actor: Actor, pk: int) -> tuple[CheckIn, Agreement, Reader, Side]:
    """The same for the two. Raises PermissionDenied for the coordinator."""
    check_in, agreement, reader = check_in_for(actor, pk)
    if reader.side is None:
        raise PermissionDenied
    return check_in, agreement, reader, reader.side


def confirmation_for(actor: Actor, pk: int) -> Confirmation:
    """What one is asked oneself. Raises Http404."""
    mine = _own(actor).values("pk")
    found = Confirmation.objects.filter(agreement__in=mine)
    return get_object_or_404(
        found.select_related("telling__work__assignment__unit", "telling__told_back", "agreement"), pk=pk
    )
