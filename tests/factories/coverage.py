"""Groups with many members, and populations to hold them against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import cycle, islice
from typing import Any

from samskapa.cocreate.coverage.domain import Band, Fact, Sex
from samskapa.cocreate.coverage.models import PopulationTable
from samskapa.cocreate.coverage.services import take_in
from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Group, Member, Tag
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.organisations.domain import Kind
from samskapa.ground.organisations.models import Node

from .bulk import many_people
from .organisations import NOW, make_node

_first = [0]
#: The county that tests live in, and two municipalities of it.
COUNTY, TOWN, VILLAGE = "91", "9101", "9102"


def make_places() -> tuple[Node, Node, Node]:
    """A region with two municipalities."""
    region = make_node(Kind.REGION, code=COUNTY, county_code=COUNTY)
    return (
        region,
        make_node(Kind.MUNICIPALITY, "Stads kommun", code=TOWN, county_code=COUNTY),
        make_node(Kind.MUNICIPALITY, "Bys kommun", code=VILLAGE, county_code=COUNTY),
    )


def many_members(group: Group, count: int, *told: Mapping[str, Any], tags: Mapping[str, Iterable[str]] = {}) -> None:
    """Active ones, by rows made cheaply. told: columns of a member, in turn. tags: the same of all."""
    people = many_people(count, first=_first[0])
    _first[0] += count
    rows = [
        Member(
            group=group, person=person, since=NOW, begun_at=NOW, heard_at=NOW,
            **{"status": Status.ACTIVE, "age": "30-49", "contact": people[0], **columns},
        )
        for person, columns in zip(people, islice(cycle(told or ({},)), count), strict=True)
    ]  # fmt: skip
    made = Member.objects.bulk_create(rows, batch_size=500)
    Tag.objects.bulk_create(
        [Tag(member=m, kind=kind, value=value) for m in made for kind, values in tags.items() for value in values],
        batch_size=500,
    )


def ages_one_by_one(code: str, *, each: int = 100, oldest: int = 100) -> list[Fact]:
    """So many women and men of each age."""
    bands = [Band(age, age) for age in range(oldest)] + [Band(oldest, None)]
    return [Fact(code, band, sex, each) for band in bands for sex in (Sex.WOMAN, Sex.MAN)]


def make_population(facts: Iterable[Fact], *, year: int = 2025, source: str = "SCB, för ett test") -> PopulationTable:
    """A table that is taken in."""
    return take_in({year: list(facts)}, source=source, by=SYSTEM, now=NOW)[0]
