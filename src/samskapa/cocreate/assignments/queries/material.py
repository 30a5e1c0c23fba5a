"""Questions about material: what stands with an assignment, who may fetch it, and of what nobody has been told."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy

from samskapa.ground.core.domain import BLANKED, Actor
from samskapa.ground.documents.domain.records import Paper
from samskapa.ground.documents.queries import path_of
from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.domain.my_data import Fact, Row

from ..domain import ApplicationState, State
from ..domain.material import SITTING, Audience
from ..models import Agreement, Application, Assignment, Material
from .agreements import BEING_WRITTEN, Seat
from .need import needs_visible_to
from .open import public_assignments


def standing_material() -> QuerySet[Material]:
    """All that has not been taken away, in the order in which it stands."""
    return Material.objects.filter(removed_at=None).select_related("upload").order_by("position", "pk")


def material_of(assignment: Assignment) -> QuerySet[Material]:
    """All that stands with the assignment: for its host, its coordinator and those who are chosen."""
    return standing_material().filter(assignment=assignment)


def material_for_everybody(assignment: Assignment) -> QuerySet[Material]:
    """What its public page shows."""
    return material_of(assignment).filter(audience=Audience.EVERYBODY)


def takes_part(application: Application) -> bool:
    """Whether material for those who are chosen is for this applicant. `assignment` and `agreement` came with it."""
    agreement = getattr(application, "agreement", None)
    return (
        application.state == ApplicationState.CHOSEN
        and application.assignment.state != State.CANCELLED
        and (agreement is None or agreement.ended_at is None)
    )


def material_shown_at(agreement: Agreement, seat: Seat) -> QuerySet[Material]:
    """What stands on the page of one agreement: nothing for a representative who has left."""
    if seat.is_representative and not takes_part(agreement.application):
        return Material.objects.none()
    return material_of(agreement.root)


def chosen_applications() -> QuerySet[Application]:
    """The same as `takes_part`, of all. Who withdrew, and whose term is over, is not among them."""
    found = Application.objects.filter(state=ApplicationState.CHOSEN, agreement__ended_at=None)
    return found.exclude(assignment__state=State.CANCELLED)


def assignments_with_material_of(actor: Actor) -> QuerySet[Assignment]:
    """Those whose material the actor puts there and takes away: as the unit's host, or as coordinator."""
    found = needs_visible_to(actor)
    return found if actor.acts_as(Role.HOST, Role.COORDINATOR) else found.none()


def material_run_by(actor: Actor) -> QuerySet[Material]:
    """What stands with those, and what has been taken away."""
    runs = assignments_with_material_of(actor).values("pk")
    return Material.objects.filter(assignment__in=runs).select_related("assignment", "upload")


def material_with_names(assignment: Assignment) -> QuerySet[Material]:
    """The same as `material_of`, with those who put it there."""
    return material_of(assignment).select_related("added_by")


def public_material() -> QuerySet[Material]:
    """What anybody may fetch: for everybody, and on a public page."""
    return standing_material().filter(
        audience=Audience.EVERYBODY, assignment__in=public_assignments().order_by().values("pk")
    )


def material_shown_to(actor: Actor) -> QuerySet[Material]:
    """What the actor may fetch beyond that: as one who is chosen, in whatever capacity they happen to act, or as who
    runs the assignment."""
    shown = Q(assignment__in=assignments_with_material_of(actor).values("pk"))
    if actor.whose is not None:
        chosen = chosen_applications().filter(person_id=actor.whose)
        shown |= Q(assignment__in=chosen.values("assignment"))
    return standing_material().filter(shown)


def removed_with_a_reason(assignment: Assignment) -> QuerySet[Material]:
    """What somebody took away, and where it still says why."""
    return Material.objects.filter(assignment=assignment).exclude(removed_reason__in=["", BLANKED])


# --- telling --------------------------------------------------------------------------------------


def material_to_tell(assignment: Assignment) -> QuerySet[Material]:
    """What those who are chosen have not been told of."""
    return material_of(assignment).filter(audience=Audience.CHOSEN, told_at=None)


def assignments_to_tell_of(now: datetime) -> list[int]:
    """Ids of the assignments with such material, to which nothing more has come for a while and whose representatives
    are chosen."""
    waiting = Material.objects.filter(
        audience=Audience.CHOSEN, told_at=None, removed_at=None, assignment__state__in=BEING_WRITTEN
    )
    newest = waiting.values("assignment").annotate(newest=Max("added_at")).filter(newest__lte=now - SITTING)
    return list(newest.order_by("assignment").values_list("assignment", flat=True))


def to_be_told(assignment: Assignment) -> list[tuple[int, int]]:
    """(the person's id, the application's) of all for whom material for those who are chosen is."""
    found = chosen_applications().filter(assignment=assignment, person__isnull=False).order_by("pk")
    return [(person_id, pk) for person_id, pk in found.values_list("person_id", "pk") if person_id]


# --- a person's own data, and the file as a document ----------------------------------------------


def material_rows_of(person_id: int) -> list[Row]:
    """Material that the person put there or took away."""
    found = Material.objects.filter(Q(added_by=person_id) | Q(removed_by=person_id))
    return [
        Row(
            each.title,
            (
                Fact("assignment", gettext_lazy("Assignment"), each.assignment.title),
                Fact("added_at", gettext_lazy("Added"), each.added_at),
                Fact("added_by_you", gettext_lazy("You added it"), each.added_by_id == person_id),
                Fact("removed_at", gettext_lazy("Removed"), each.removed_at),
                Fact("removed_reason", gettext_lazy("Why it was removed"), each.removed_reason),
            ),
        )
        for each in found.select_related("assignment").order_by("pk")
    ]


def material_on_paper(material_id: int) -> Paper | None:
    """The file; None where it has been taken away, or is lost."""
    upload = Material.objects.select_related("upload").get(pk=material_id).upload
    if upload.removed_at is not None:
        return None
    try:
        content = path_of(upload.pk).read_bytes()
    except FileNotFoundError:
        return None
    return Paper(upload.kind, content, called=upload.name.removesuffix(f".{upload.kind}"))
