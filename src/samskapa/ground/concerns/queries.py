"""What waits to be read, by whom, and what is kept of it about a person. Never a write."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import Node
from samskapa.ground.organisations.queries import coordinator_paths, coordinators_around, nodes_below
from samskapa.ground.people.domain.my_data import Due, Fact, Row
from samskapa.ground.people.models import Person

from .domain import WAITS, Sign
from .models import Concern, Routine

SIGNS_IN_WORDS = {Sign.DANGER: gettext_lazy("Danger"), Sign.HARM: gettext_lazy("Something has gone wrong in care")}


def routine_of(node: Node) -> Routine | None:
    """What the organisation has decided."""
    return Routine.objects.filter(node=node).first()


def readers_of(node: Node) -> QuerySet[Person]:
    """Who reads what was written to the organisation: those who are named and still coordinate there; while nobody is,
    every coordinator around it. In the reader's order."""
    around = coordinators_around(node.path)
    named = around.filter(pk__in=Routine.objects.filter(node=node).values("readers"))
    return named if named.exists() else around


def concerns_for(actor: Actor) -> QuerySet[Concern]:
    """Those of the coordinator's area, as one who is named or while nobody is; what waits first, danger before harm,
    then the newest."""
    if actor.person_id is None or not actor.acts_as(Role.COORDINATOR):
        return Concern.objects.none()
    there = nodes_below(actor.node_path).values("pk")
    closed = _read_by_others(actor, there)
    turn = Case(When(sign=Sign.DANGER.value, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        Concern.objects.filter(node__in=there)
        .exclude(node__in=closed)
        .select_related("person", "node", "handled_by")
        .order_by(F("handled_at").desc(nulls_first=True), turn, "-at", "-id")
    )


def _read_by_others(actor: Actor, there: QuerySet) -> list[int]:
    """The nodes of `there`, all in the actor's area, where others are named to read: as `readers_of`, of all of them at
    once. One query, two where others are named."""
    named: dict[int, set[int]] = defaultdict(set)
    rows = Routine.readers.through.objects.filter(routine__node__in=there)
    paths = {}
    for node, path, person in rows.values_list("routine__node", "routine__node__path", "person"):
        named[node].add(person)
        paths[node] = path
    others = {node: people for node, people in named.items() if actor.person_id not in people}
    if not others:
        return []
    held = coordinator_paths(set().union(*others.values()))
    return [
        node
        for node, people in others.items()
        if any(paths[node].startswith(path) or path.startswith(paths[node]) for each in people for path in held[each])
    ]


def late_concerns(now: datetime) -> QuerySet[Concern]:
    """Those that nobody has handled in the time their sign gives, and that nobody has been reminded of."""
    waiting = Concern.objects.filter(handled_at=None, reminded_at=None, blanked_at=None)
    late = [waiting.filter(sign=sign.value, at__lte=now - wait) for sign, wait in WAITS.items()]
    return late[0].union(*late[1:]).order_by("id")


# --- a person's own data --------------------------------------------------------------------------


def rows_of(person_id: int) -> list[Row]:
    """What was noted of the person's texts, and what was done."""
    return [
        Row(
            _("%(sign)s, %(date)s") % {"sign": SIGNS_IN_WORDS[Sign(each.sign)], "date": each.at.date().isoformat()},
            (
                Fact("at", gettext_lazy("When"), each.at),
                Fact("sign", gettext_lazy("What it was about"), str(SIGNS_IN_WORDS[Sign(each.sign)])),
                Fact("extract", gettext_lazy("What you wrote"), each.extract),
                Fact("handled_at", gettext_lazy("Read by a coordinator"), each.handled_at),
                Fact("outcome", gettext_lazy("What was done"), each.outcome),
            ),
        )
        for each in Concern.objects.filter(person_id=person_id).order_by("pk")
    ]


def concerns_past(limit: datetime) -> list[Due]:
    """Those that were handled at or before `limit` and still say something."""
    found = Concern.objects.filter(handled_at__lte=limit, blanked_at=None).order_by("pk")
    return [Due(each.pk, each.person_id, each.handled_at, "") for each in found if each.handled_at]
