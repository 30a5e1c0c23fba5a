"""Who may be asked to an assignment, in the fair order. All of it in the database, so that only a page is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import (
    BigIntegerField,
    DateTimeField,
    Exists,
    F,
    Field,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models import Case as Where
from django.db.models import When as If
from django.db.models.functions import Coalesce, NullIf

from samskapa.cocreate.assignments.domain import ApplicationState, Form
from samskapa.cocreate.assignments.models import Application, Assignment
from samskapa.cocreate.pool.domain import Introduction, Need, Status
from samskapa.cocreate.pool.models import Group, Introduced, Member, Tag
from samskapa.cocreate.pool.queries.members import groups, members_run_by
from samskapa.cocreate.pool.queries.minors import MINORS, with_a_yes
from samskapa.ground.core.domain import Actor
from samskapa.ground.figures.queries import midnight

from ..domain import YEAR, Criterion, Load, Wanted, draw_of
from ..domain.fitting import to_be_there
from ..domain.load import PRIME
from ..models import Invitation


def groups_to_ask(actor: Actor, assignment: Assignment) -> list[Group]:
    """The groups whose members a coordinator may ask: that of the assignment's own area first, then by name."""
    mine = groups().filter(Exists(members_run_by(actor).filter(group=OuterRef("pk"))))
    return sorted(mine, key=lambda group: group.node_id != assignment.area_id)


# --- who may be asked -----------------------------------------------------------------------------


def may_be_asked(group: Group, assignment: Assignment) -> QuerySet[Member]:
    """Everybody in the group who may be asked to it: active and told of secrecy, with a guardian's yes where they are
    under eighteen, and neither asked to it before nor among those who have applied or been nominated."""
    return (
        Member.objects.filter(group=group, status=Status.ACTIVE, person__is_active=True, person__forgotten_at=None)
        .filter(Exists(Introduced.objects.filter(member=OuterRef("pk"), point=Introduction.SECRECY)))
        .filter(~Q(age__in=MINORS) | with_a_yes())
        .exclude(person__in=Invitation.objects.filter(assignment=assignment).values("person"))
        .exclude(person__in=Application.objects.filter(assignment=assignment, person__isnull=False).values("person"))
    )


def never_asked(members: QuerySet[Member], today: date) -> QuerySet[Member]:
    """Those whom nobody has asked, and who were not chosen within YEAR: as `domain.Load.is_untried`. A person in two
    groups is one person. Fills the slot "never_asked"."""
    in_the_year = midnight(today - YEAR + timedelta(days=1))
    taken = Application.objects.filter(state=ApplicationState.CHOSEN, answered_at__gte=in_the_year)
    return members.exclude(Exists(Invitation.objects.filter(person=OuterRef("person")))).exclude(
        Exists(taken.filter(person=OuterRef("person")))
    )


# --- in the fair order ----------------------------------------------------------------------------


def _of_person(rows: QuerySet, function: str, column: str, output: Field) -> Subquery:
    """One number of a person's rows. Written as a function, not as an aggregate, for which Django would sort and group
    what is one group anyway."""
    one = Func(F(column), function=function, output_field=output)
    return Subquery(rows.filter(person=OuterRef("person")).order_by().annotate(one_number=one).values("one_number"))


def with_load(members: QuerySet[Member], now: datetime) -> QuerySet[Member]:
    """With `asked`, `taken` and `last_asked` of `domain.Load`. A person in two groups is one person."""
    year, number = now - YEAR, IntegerField()
    asked = Invitation.objects.filter(asked_at__gt=year)
    taken = Application.objects.filter(state=ApplicationState.CHOSEN, answered_at__gt=year)
    return members.annotate(
        asked=_of_person(asked, "COUNT", "pk", number),
        taken=_of_person(taken, "COUNT", "pk", number),
        last_asked=_of_person(Invitation.objects.all(), "MAX", "asked_at", DateTimeField()),
    )


def load_of(member: Member) -> Load:
    """The load of a row of `with_load`."""
    return Load(member.asked, member.taken, member.last_asked, member.since)  # type: ignore[attr-defined]


class Lot(Func):
    """`domain.load.lot` as an expression, of a member's number. No product in it is larger than a database's numbers.
    One function: as sums and products of expressions Django would work through some forty for each page."""

    output_field = BigIntegerField()

    def __init__(self, assignment_id: int) -> None:
        factor, addend = draw_of(assignment_id)
        first = f"((%(expressions)s %%%% {PRIME} * {factor} + {addend}) %%%% {PRIME})"
        second = f"(({first} * {first}) %%%% {PRIME})"
        super().__init__(F("pk"), template=f"((({second} * {second}) %%%% {PRIME} * {first}) %%%% {PRIME})")


def in_fair_order(members: QuerySet[Member], assignment: Assignment, now: datetime) -> QuerySet[Member]:
    """The order of `domain.fair_order`, made by the database. Who is untried comes before who was asked no times in the
    year, and both stand in one number: each mention of a load is a look at what somebody was asked."""
    untried_first = Coalesce(NullIf(F("taken"), Value(0)), Value(-1))
    return (
        with_load(members, now)
        .annotate(turn=Where(If(last_asked=None, then=untried_first), default=F("asked") + F("taken")))
        .order_by("turn", Coalesce("last_asked", "since"), Lot(assignment.pk))
    )


# --- only those for whom a criterion is not "not met" ---------------------------------------------


def narrowed(members: QuerySet[Member], wanted: Wanted, only: Iterable[str]) -> QuerySet[Member]:
    """Without those for whom one of the criteria `only` is not met. What is unknown leaves nobody out."""
    for criterion in only:
        if is_not_met := _NOT_MET[Criterion(criterion)](wanted):
            members = members.exclude(is_not_met)
    return members


@lru_cache(maxsize=256)
def _has(kind: str, values: frozenset[str] | None = None) -> Exists:
    """Whether a member has told one of these; of the kind anything at all, where they are None."""
    tags = Tag.objects.filter(member=OuterRef("pk"), kind=kind)
    return Exists(tags if values is None else tags.filter(value__in=sorted(values)))


def _none_of(kind: str, values: Iterable[str]) -> Q | None:
    wanted = frozenset(value for value in values if value)
    # Most have one of them: the second question is for the others alone.
    return ~Q(_has(kind, wanted)) & Q(_has(kind)) if wanted else None


def _form_not_met(wanted: Wanted) -> Q | None:
    return Q(_has("need", frozenset({Need.REMOTE}))) if wanted.form == Form.PLACE else None


def _place_not_met(wanted: Wanted) -> Q | None:
    if wanted.form == Form.DIGITAL or not wanted.region:
        return None
    known = Q(municipality__isnull=False) & ~Q(municipality__code="")
    return known & ~Q(municipality__code__startswith=wanted.region)


def _access_not_met(wanted: Wanted) -> Q | None:
    there = wanted.of("need")
    missing = to_be_there(wanted.form, frozenset(Need)) - there
    return Q(_has("need", missing)) if there and missing else None


_NOT_MET = {
    Criterion.CONTRIBUTION: lambda wanted: _none_of("contribution", [wanted.contribution]),
    Criterion.CARE: lambda wanted: _none_of("care", wanted.of("care")),
    Criterion.AS: lambda wanted: _none_of("as", wanted.of("as")),
    Criterion.LANGUAGE: lambda wanted: _none_of("language", wanted.of("language")),
    Criterion.WHEN: lambda wanted: _none_of("when", wanted.of("when")),
    Criterion.SPEAKS_FOR: lambda wanted: _none_of("speaks_for", wanted.of("speaks_for")),
    Criterion.FORM: _form_not_met,
    Criterion.PLACE: _place_not_met,
    Criterion.ACCESS: _access_not_met,
}
