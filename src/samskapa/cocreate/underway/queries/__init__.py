"""Questions about the work. What every other file here, and the services, ask first."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.models import Agreement, Assignment, Version, VersionLine
from samskapa.cocreate.assignments.queries.agreements import BEING_WRITTEN

from ..domain import ASK_AGAIN, Kind, Moment, Side, Stage
from ..models import CheckIn, Confirmation, Promise, Telling, Work


def taking_part(assignment_id: int) -> QuerySet[Agreement]:
    """Agreements that were fixed, of those who are chosen and have not withdrawn; also those whose term is over."""
    return all_fixed(assignment_id).filter(application__state=ApplicationState.CHOSEN)


def all_fixed(assignment_id: int) -> QuerySet[Agreement]:
    """Agreements that were fixed, also of those who have withdrawn since: their experience counts too."""
    return (
        Agreement.objects.filter(Exists(Version.objects.filter(agreement=OuterRef("pk"))), root=assignment_id)
        .select_related("application", "application__person", "application__organisation")
        .order_by("application__number", "pk")
    )


def lines_of(agreement: Agreement) -> list[VersionLine]:
    """The points that both agreed on in the valid version, in the agreement's order; none where nothing was fixed."""
    newest = Version.objects.filter(agreement=agreement).order_by("-number").values("pk")[:1]
    found = VersionLine.objects.filter(version__in=newest, outcome="agreed").select_related("line", "revision")
    return list(found.order_by("line__position", "line_id"))


def newest_promises(agreement: Agreement) -> dict[tuple[int, str], Promise]:
    """(line id, side) -> what that side said last."""
    said = Promise.objects.filter(agreement=agreement).order_by("pk")
    return {(promise.line_id, promise.side): promise for promise in said}


def kind_to_tell(work: Work, *, today: date) -> Kind | None:
    """Which telling may be given now: the closing one while the work is under way, the later one from its day on; None
    where there is nothing to tell (yet). `assignment` came with the work."""
    if work.assignment.state == State.CANCELLED:
        return None
    if work.stage == Stage.UNDER_WAY:
        return Kind.CLOSING if work.assignment.state in BEING_WRITTEN else None
    is_told = Telling.objects.filter(work=work, kind=Kind.LATER).exists()
    return Kind.LATER if work.later_by and work.later_by <= today and not is_told else None


# --- what the clock asks --------------------------------------------------------------------------


def not_begun() -> list[int]:
    """Ids of assignments whose agreements are settled and whose work has not begun, or whose newest representatives
    have no check-ins: what a lost piece of news would have done."""
    without = Agreement.objects.filter(
        root=OuterRef("pk"), ended_at=None, settled_at__isnull=False, check_ins=None, application__state="chosen"
    )
    found = Assignment.objects.filter(state=State.AGREED).filter(Q(work=None) | Exists(without))
    return list(found.order_by("pk").values_list("pk", flat=True))


def check_ins_due(today: date) -> list[int]:
    """Ids of check-ins whose day has come within the last two months, in work that goes on, and that somebody is still
    to note: one of the two, and of a call the unit."""
    both = [CheckIn.objects.filter(pk=OuterRef("pk"), notes__side=side) for side in (Side.PERSON, Side.HOST)]
    found = CheckIn.objects.filter(
        due_on__lte=today,
        due_on__gt=today - timedelta(days=62),
        agreement__ended_at=None,
        agreement__root__state__in=BEING_WRITTEN,
    ).exclude(Q(Exists(both[0])) | Q(moment=Moment.CALL), Exists(both[1]))
    return list(found.order_by("pk").values_list("pk", flat=True))


def to_tell(today: date) -> list[int]:
    """Ids of works whose host should have told by now, the first time or the second."""
    first = Work.objects.filter(stage=Stage.UNDER_WAY, tell_by__lte=today, assignment__state__in=BEING_WRITTEN)
    told_later = Telling.objects.filter(work=OuterRef("pk"), kind=Kind.LATER)
    second = Work.objects.filter(~Exists(told_later), later_by__lte=today).exclude(assignment__state=State.CANCELLED)
    return sorted({*first.values_list("pk", flat=True), *second.values_list("pk", flat=True)})


def waiting_confirmations(now) -> list[int]:
    """Ids of answers that are waited for since so long that somebody is asked again, or it is closed."""
    found = Confirmation.objects.filter(
        answer="", asked_at__lte=now - ASK_AGAIN, agreement__application__state=ApplicationState.CHOSEN
    ).exclude(agreement__root__state=State.CANCELLED)
    return list(found.order_by("pk").values_list("pk", flat=True))


def being_closed() -> list[int]:
    """Ids of works in which the representatives are asked: some may wait only for those who have withdrawn since."""
    found = Work.objects.filter(stage=Stage.CLOSING, assignment__state__in=BEING_WRITTEN)
    return list(found.order_by(F("closing_at"), "pk").values_list("pk", flat=True))
