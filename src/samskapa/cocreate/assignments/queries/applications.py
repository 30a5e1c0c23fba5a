"""Who sees what of those who applied."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from samskapa.cocreate.pool.queries.minors import Young, young_people
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.domain import reference_to
from samskapa.ground.people.models import Person, display_name

from ..domain import ApplicationState, Assessment
from ..models import ONLY_NOMINATED, Application, ApplicationAnswer, Assignment, Choice, PublicQuestion
from .need import within_reach
from .open import PUBLIC, public_assignments


def assignments_run_by(actor: Actor) -> QuerySet[Assignment]:
    """Published assignments that the actor runs: as host for the unit, or as coordinator for unit or area."""
    found = public_assignments()
    runs = actor.node_path and actor.acts_as(Role.HOST, Role.COORDINATOR)
    return found.filter(within_reach(actor)) if runs else found.none()


def questions_run_by(actor: Actor) -> QuerySet[PublicQuestion]:
    """Public questions on those, hidden ones left out."""
    return PublicQuestion.objects.filter(
        assignment__in=assignments_run_by(actor).values("pk"), hidden_at=None
    ).select_related("assignment", "assignment__unit", "assignment__area")


def own_applications(actor: Actor) -> QuerySet[Application]:
    """The actor's own applications, the newest first."""
    if actor.whose is None:
        return Application.objects.none()
    return (
        Application.objects.filter(person_id=actor.whose, assignment__state__in=PUBLIC)
        .exclude(state__in=ONLY_NOMINATED)
        .select_related(
            "assignment",
            "assignment__unit",
            "assignment__area",
            "assignment__standing_terms",
            "organisation",
            "conflict",
        )
        .order_by("-applied_at", "-pk")
    )


def nominations_to(actor: Actor) -> QuerySet[Application]:
    """Nominations of the actor's own mail address that wait for their answer."""
    if actor.whose is None:
        return Application.objects.none()
    address = Person.objects.filter(pk=actor.whose, is_active=True).values_list("email", flat=True).first()
    theirs = Q(nominee_email=reference_to(actor.whose))
    if address:
        theirs |= Q(nominee_email__iexact=address)
    return Application.objects.filter(theirs, state=ApplicationState.NOMINATED).select_related(
        "assignment", "assignment__unit", "assignment__area", "assignment__standing_terms", "organisation"
    )


def is_nominee(nomination: Application, person: Person) -> bool:
    """Whether the nomination names the person: by address, or by reference where their identity is protected."""
    named = nomination.nominee_email.casefold()
    return named in {(person.email or "").casefold(), reference_to(person.pk)} - {""}


def people_who_applied_in(path: str) -> QuerySet[Person]:
    """Who has applied to an assignment of the node at `path` or below it, and has not withdrawn.

    Fills a row of the slot "people_in_area".
    """
    there = Q(assignment__area__path__startswith=path) | Q(assignment__unit__path__startswith=path)
    applied = Application.objects.filter(there, person__isnull=False).exclude(state=ApplicationState.WITHDRAWN)
    return Person.objects.filter(pk__in=applied.values("person_id")) if path else Person.objects.none()


def nominations_by(actor: Actor) -> QuerySet[Application]:
    """What the actor's organisation has nominated, the newest first."""
    if not actor.acts_as(Role.ORGANISATION) or not actor.node_path:
        return Application.objects.none()
    return (
        Application.objects.filter(organisation__path__startswith=actor.node_path, nominated_by__isnull=False)
        .select_related("assignment", "organisation", "person")
        .order_by("-nominated_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Applicant:
    """One who applied, as host or coordinator may see them. What may not be seen is not in here at all.

    name, email, phone, organisation: "" where they may not be known (yet).
    conflict: "" nothing declared or not asked, "waiting" declared and not assessed, else an Assessment.
    conflict_text, conflict_assessment_text: the coordinator's alone. young: of somebody under eighteen, for the
    coordinator, and for the host once they are chosen and named. is_picked: the choice says so, is_deputy: the
    answer that was sent said so.
    """

    id: int
    number: int
    version: int
    state: str
    experience: str
    answers: list[tuple[str, str]]
    speaks_for_organisation: bool
    person_id: int | None
    name: str = ""
    email: str = ""
    phone: str = ""
    organisation: str = ""
    is_nominated: bool = False
    access_needs: str = ""
    conflict: str = ""
    has_declared: bool = False
    conflict_text: str = ""
    conflict_assessment_text: str = ""
    is_picked: bool = False
    is_picked_as_deputy: bool = False
    is_deputy: bool = False
    applied_at: datetime | None = None
    answered_at: datetime | None = None
    answer_reason: str = ""
    #: The coordinator who wrote it in the person's name, if somebody did.
    helped_by: str = ""
    is_own_help: bool = False
    young: Young | None = None

    @property
    def is_withdrawn(self) -> bool:
        return self.state == ApplicationState.WITHDRAWN

    @property
    def waits(self) -> bool:
        return self.state == ApplicationState.APPLIED

    @property
    def may_be_chosen(self) -> bool:
        return not self.is_withdrawn and self.conflict not in {Assessment.EXCLUDES, "waiting"}


def latest_choice(assignment: Assignment) -> Choice | None:
    """The choice that counts."""
    return Choice.objects.filter(assignment=assignment).select_related("chosen_by").order_by("-number").first()


def _rows(assignment: Assignment) -> QuerySet[Application]:
    answers = ApplicationAnswer.objects.select_related("question").order_by("question__position")
    return (
        Application.objects.filter(assignment=assignment, number__isnull=False)
        .select_related("person", "organisation", "conflict", "helped_by")
        .prefetch_related(Prefetch("answers", queryset=answers))
        .order_by("number")
    )


def applicants(assignment: Assignment, viewer: Actor) -> list[Applicant]:
    """Everybody who applied, by number. Constant in queries, however many."""
    choice = latest_choice(assignment)
    picked = set(choice.chosen.values_list("pk", flat=True)) if choice else set()
    deputies = _deputies(choice, assignment)
    rows = list(_rows(assignment))
    young = young_people(row.person_id for row in rows)
    return [seen_by(row, viewer, picked=picked, deputies=deputies, young=young) for row in rows]


def _deputies(choice: Choice | None, assignment: Assignment) -> set[int]:
    """Ids of those who are chosen as deputies; no query where the assignment can have none."""
    return set(choice.deputies.values_list("pk", flat=True)) if choice and assignment.is_standing else set()


def applicant(assignment: Assignment, viewer: Actor, pk: int) -> Applicant | None:
    """One of them."""
    choice = latest_choice(assignment)
    row = _rows(assignment).filter(pk=pk).first()
    if row is None:
        return None
    picked = {pk} if choice and choice.chosen.filter(pk=pk).exists() else set()
    deputies, young = _deputies(choice, assignment), young_people([row.person_id])
    return seen_by(row, viewer, picked=picked, deputies=deputies, young=young)


def seen_by(
    row: Application,
    viewer: Actor,
    *,
    picked: set[int],
    young: Mapping[int, Young],
    deputies: AbstractSet[int] = frozenset(),
) -> Applicant:
    """What the viewer may see of an application; the one place that decides it. young: of those under eighteen."""
    is_coordinator = viewer.acts_as(Role.COORDINATOR)
    is_chosen = row.state == ApplicationState.CHOSEN
    has_left = row.state == ApplicationState.WITHDRAWN
    knows_name = row.person is not None and not has_left and (is_coordinator or row.presented_at is not None)
    knows_contact = knows_name and (is_coordinator or is_chosen)
    conflict = getattr(row, "conflict", None)
    outcome = ""
    if conflict is not None:
        outcome = conflict.assessment or ("waiting" if conflict.has_conflict else "")
    person = row.person
    return Applicant(
        id=row.pk,
        number=row.number or 0,
        version=row.version,
        state=row.state,
        # One who has withdrawn is nobody's business any more.
        experience="" if has_left else row.experience,
        answers=[] if has_left else [(a.question.text, a.text) for a in row.answers.all() if a.text],
        speaks_for_organisation=row.organisation_id is not None,
        person_id=row.person_id if knows_name else None,
        name=display_name(person) if person and knows_name else "",
        email=(person.email or "") if person and knows_contact else "",
        phone=person.phone if person and knows_contact else "",
        organisation=row.organisation.name if row.organisation and knows_name else "",
        is_nominated=row.nominated_by_id is not None,
        access_needs=row.access_needs if is_chosen or (is_coordinator and not has_left) else "",
        conflict="" if has_left else outcome,
        has_declared=bool(conflict and is_coordinator and not has_left),
        conflict_text=conflict.text if conflict and is_coordinator and not has_left else "",
        conflict_assessment_text=conflict.assessment_text if conflict and is_coordinator and not has_left else "",
        is_picked=row.pk in picked,
        is_picked_as_deputy=row.pk in deputies,
        is_deputy=row.is_deputy and not has_left,
        applied_at=row.applied_at,
        answered_at=row.answered_at,
        answer_reason="" if has_left else row.answer_reason,
        helped_by=display_name(row.helped_by) if row.helped_by else "",
        is_own_help=row.helped_by_id is not None and row.helped_by_id == viewer.person_id,
        young=young.get(row.person_id or 0) if knows_contact else None,
    )
