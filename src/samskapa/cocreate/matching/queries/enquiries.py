"""Enquiries: for who asked, with counts alone; and for who is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise

from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.models import Application, Assignment
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role, paths_above
from samskapa.ground.organisations.models import Node, RoleGrant
from samskapa.ground.organisations.queries import grants_reaching, people_with_role

from ..domain import ORGANISATION_KINDS, Reply, Said
from ..models import Enquiry, Invitation, Wave
from .filling import Counts, counts_by_group
from .wording import SAID, SAID_OF_ORGANISATION

#: Taken in with a yes of their own.
_CAME = [ApplicationState.APPLIED, ApplicationState.CHOSEN]


# --- who would get it -----------------------------------------------------------------------------


def recipients_of(node: Node) -> list[int]:
    """Ids of those to whom an enquiry to `node` is written. A group: its coordinators. A section that nobody speaks for
    is answered by the organisation above it."""
    if node.kind not in ORGANISATION_KINDS:
        return [person.pk for person in people_with_role(Role.COORDINATOR, node)]
    reaching = grants_reaching(Role.ORGANISATION, node)
    there = list(reaching.filter(node=node).values_list("person_id", flat=True))
    return list(dict.fromkeys(there or reaching.values_list("person_id", flat=True)))


def answered_by_somebody(nodes: Iterable[Node]) -> set[int]:
    """Ids of those of `nodes` where somebody would get it: `recipients_of`, for many. One query."""
    nodes = list(nodes)
    above = {path for node in nodes for path in paths_above(node.path)}
    roles = [Role.COORDINATOR.value, Role.ORGANISATION.value]
    held = set(
        RoleGrant.objects.filter(role__in=roles, ended_at=None, person__is_active=True, node__path__in=above)
        .order_by()
        .values_list("role", "node__path")
        .distinct()
    )
    return {node.pk for node in nodes if any((_role_of(node), path) in held for path in paths_above(node.path))}


def _role_of(node: Node) -> str:
    return (Role.ORGANISATION if node.kind in ORGANISATION_KINDS else Role.COORDINATOR).value


# --- nominations ----------------------------------------------------------------------------------


def nominations_after(enquiry: Enquiry) -> QuerySet[Application]:
    """What was nominated since it was sent by the organisation asked, by what is below it, or, where nobody speaks for
    a section, by what is above it."""
    found = Application.objects.filter(
        assignment=enquiry.assignment_id, nominated_by__isnull=False, nominated_at__gte=enquiry.sent_at
    )
    there = Q(organisation__path__startswith=enquiry.node.path)
    if not grants_reaching(Role.ORGANISATION, enquiry.node).filter(node=enquiry.node).exists():
        there |= Q(organisation__path__in=paths_above(enquiry.node.path))
    return found.filter(there)


# --- for who asked --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EnquiryRow:
    """An enquiry as who asked sees it. said: a sentence. counts: of the group's waves, or of an organisation who of its
    nominated have said yes and who wait. Never who, and never a no."""

    enquiry: Enquiry
    said: str | Promise
    counts: Counts
    waits: bool
    is_group: bool


def enquiries_of(assignment: Assignment, by_group: dict[int, Counts] | None = None) -> list[EnquiryRow]:
    """Every enquiry, the latest first. Three queries at most."""
    found = Enquiry.objects.filter(assignment=assignment).select_related("node__parent", "group", "sent_by")
    rows = list(found.order_by("-sent_at", "-pk"))
    if not rows:
        return []
    by_group = counts_by_group(assignment) if by_group is None else by_group
    nominated = _nominated(assignment) if any(row.group_id is None for row in rows) else []
    return [_row(each, by_group, nominated) for each in rows]


def _nominated(assignment: Assignment) -> list[tuple[str, str]]:
    """Path of the organisation and state, for each who was nominated."""
    found = Application.objects.filter(assignment=assignment, nominated_by__isnull=False)
    return list(found.values_list("organisation__path", "state"))


def _row(enquiry: Enquiry, by_group: dict[int, Counts], nominated: list[tuple[str, str]]) -> EnquiryRow:
    if enquiry.group_id:
        counts, words = by_group.get(enquiry.group_id, Counts()), SAID
    else:
        states = [state for path, state in nominated if path and path.startswith(enquiry.node.path)]
        counts, words = (
            Counts(
                len(states),
                sum(state in _CAME for state in states),
                sum(state == ApplicationState.NOMINATED for state in states),
            ),
            SAID_OF_ORGANISATION,
        )
    return EnquiryRow(enquiry, words[enquiry.answer], counts, not enquiry.answer, enquiry.group_id is not None)


def yes_in_all(assignment: Assignment) -> int:
    """How many have said yes: asked in whatever group, or nominated. Who has said so twice is one."""
    asked = Invitation.objects.filter(assignment=assignment, answer=Reply.YES).values_list("person_id", flat=True)
    came = Application.objects.filter(assignment=assignment, nominated_by__isnull=False, state__in=_CAME)
    return len({*asked, *came.values_list("person_id", flat=True)})


def others_waited_for(assignment: Assignment) -> int:
    """How many groups and organisations are still waited for: they have not answered, or their members have not."""
    open_wave = Wave.objects.filter(assignment=assignment, group=OuterRef("group"), settled_at=None)
    found = Enquiry.objects.filter(assignment=assignment)
    return found.filter(Q(answer="") | Q(answer=Said.YES) & Exists(open_wave)).count()


def due_assignments(today: date) -> list[int]:
    """Ids of assignments with enquiries for the clock to go through: the day has passed, one can no longer apply, or
    the place is closed."""
    over = Q(answer_by__lt=today) | ~Q(assignment__state=State.OPEN) | Q(node__closed_at__isnull=False)
    found = Enquiry.objects.filter(over, settled_at=None)
    return list(found.order_by("assignment").values_list("assignment", flat=True).distinct())


# --- for who is asked -----------------------------------------------------------------------------


def enquiries_to(actor: Actor) -> QuerySet[Enquiry]:
    """Those that the actor may answer: as a coordinator for the groups she runs, or for an organisation. One that was
    taken back is still there, and says so."""
    found = Enquiry.objects.filter(node__closed_at=None).select_related(
        "node", "group__node", "assignment__unit", "assignment__area", "assignment__municipality", "sent_by"
    )
    if not actor.node_path:
        return found.none()
    if actor.acts_as(Role.COORDINATOR):
        return found.filter(group__isnull=False, node__path__startswith=actor.node_path)
    if actor.acts_as(Role.ORGANISATION):
        return found.filter(group=None, node__path__startswith=actor.node_path)
    return found.none()


def waiting_for(actor: Actor, today: date) -> QuerySet[Enquiry]:
    """Those that wait for the actor's answer, the nearest day first. Of an organisation those to which it has nominated
    are answered by that, a moment before the answer is written down."""
    nominated = Application.objects.filter(
        assignment=OuterRef("assignment"),
        nominated_by__isnull=False,
        nominated_at__gte=OuterRef("sent_at"),
        organisation__path__startswith=OuterRef("node__path"),
    )
    return (
        enquiries_to(actor)
        .filter(answer="", answer_by__gte=today, assignment__state=State.OPEN)
        .exclude(Q(group=None) & Exists(nominated))
        .order_by("answer_by", "pk")
    )
