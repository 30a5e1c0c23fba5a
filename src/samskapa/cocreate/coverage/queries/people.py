"""Who is in a group, as coverage counts them: no name is read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.models import Agreement, Application
from samskapa.cocreate.matching.domain import YEAR, Reply
from samskapa.cocreate.matching.models import Invitation
from samskapa.cocreate.pool.domain import SEEN, Age, Gender, Status
from samskapa.cocreate.pool.models import Group, Member, Tag
from samskapa.ground.organisations.domain import Kind
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.queries import in_reader_order

from ..domain import NOT_SAID, Column, Profile, World

#: The part of those who live in another county.
ELSEWHERE = "elsewhere"


@dataclass(slots=True)
class Counted:
    """A member. may_be_asked: is active in the group now. parts: feature -> their part; of tags there may be many."""

    member_id: int
    may_be_asked: bool
    columns: frozenset[str]
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)


def county_of(group: Group) -> str:
    """The county code of a region's group; "" for a municipality's, whose members are not divided by municipality."""
    return group.node.code if group.node.kind == Kind.REGION else ""


def places_in(county: str) -> dict[str, str]:
    """Code -> name of the county's municipalities, in the reader's order."""
    found = Node.objects.filter(kind=Kind.MUNICIPALITY, code__startswith=county).exclude(code="")
    return dict(found.order_by(in_reader_order(), "pk").values_list("code", "name")) if county else {}


def features_of(group: Group, places: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """What everybody's tables are divided by, and into what: of each feature a person is in exactly one part."""
    features = {
        "age": (*(age.value for age in Age), NOT_SAID),
        "gender": (Gender.WOMAN.value, Gender.MAN.value, Gender.OTHER.value, NOT_SAID),
    }
    if county_of(group):
        features["municipality"] = (*places, ELSEWHERE, NOT_SAID)
    return features


def people_of(
    group: Group, features: Mapping[str, tuple[str, ...]], tags: Iterable[str], now: datetime | None
) -> list[Counted]:
    """Everybody in the group: those whom its coordinators see. now: for whether they have been asked, chosen and are at
    work, each a query; None where that is not wanted."""
    columns_of = _columns_of(group, now) if now else {}
    found = []
    members = Member.objects.filter(group=group, status__in=[each.value for each in SEEN]).order_by("pk")
    rows = members.values_list("pk", "person_id", "status", "age", "gender", "municipality__code")
    for pk, person_id, status, age, gender, code in rows:
        columns = {column for column, ids in columns_of.items() if (pk if column == Column.ASKED else person_id) in ids}
        one = Counted(pk, status == Status.ACTIVE, frozenset({Column.MEMBERS.value, *columns}))
        said = {
            "age": age or NOT_SAID,
            "gender": gender or NOT_SAID,
            "municipality": NOT_SAID if code is None else code,
        }
        for feature, parts in features.items():
            one.parts[feature] = (said[feature] if said[feature] in parts else ELSEWHERE,)
        found.append(one)
    _with_tags(found, group, list(tags))
    return found


def _columns_of(group: Group, now: datetime) -> dict[str, set[int]]:
    """Column -> ids: of members who were asked, and of people who were chosen and are at work."""
    year = now - YEAR
    asked = set(
        Invitation.objects.filter(member__group=group, asked_at__gt=year)
        .exclude(answer=Reply.TAKEN_BACK)
        .values_list("member_id", flat=True)
    )
    of_group = Member.objects.filter(group=group).values("person_id")
    chosen = set(
        Application.objects.filter(
            state=ApplicationState.CHOSEN, answered_at__gt=year, person__in=of_group
        ).values_list("person_id", flat=True)
    )
    at_work = set(
        Agreement.objects.filter(ended_at=None, root__state=State.AGREED, application__person__in=of_group).values_list(
            "application__person_id", flat=True
        )
    )
    return {Column.ASKED.value: asked, Column.CHOSEN.value: chosen, Column.ACTIVE.value: at_work}


def _with_tags(found: list[Counted], group: Group, kinds: list[str]) -> None:
    if not kinds:
        return
    values: dict[tuple[int, str], list[str]] = defaultdict(list)
    for pk, kind, value in Tag.objects.filter(member__group=group, kind__in=kinds).values_list(
        "member_id", "kind", "value"
    ):
        values[pk, kind].append(value)
    for one in found:
        one.parts |= {kind: tuple(values.get((one.member_id, kind), [NOT_SAID])) for kind in kinds}


def world_of(group: Group, now: datetime) -> World:
    """The group as it is told to others: those features of which everybody is in one part."""
    features = features_of(group, places_in(county_of(group)))
    people = people_of(group, features, (), now)
    return World(
        features,
        Counter(Profile(one.columns, tuple(one.parts[feature][0] for feature in features)) for one in people),
    )
