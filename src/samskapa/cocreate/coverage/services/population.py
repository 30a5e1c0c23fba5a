"""Tables of the population come in, whole or not at all, and go again."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from importlib import resources

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.documents.domain import Received, lines_of

from ..domain import Band, Fact, NothingRead, Parsed, Sex, read_population
from ..models import PopulationFact, PopulationTable
from ..queries.population import area_codes

#: Rows written at a time.
_MANY = 2000
#: Where the shipped figures come from, by year; as it is shown. More in docs/data.md.
SHIPPED = {
    2018: "SCB, folkmängd 31 december 2018, via github.com/johan-ekman/ds_off_anstallda_55plus",
    2024: "SCB, folkmängd 31 december 2024, via Kolada (N01951) och github.com/ordnaswe/val26",
}


def take_in_file(
    file: Received, *, source: str, within: str = "", by: Actor, now: datetime
) -> tuple[list[PopulationTable], Parsed]:
    """Take in what a file says, a table for each year, and tell what was left out.

    within: only places whose code begins so. Raises NotPopulation, NothingRead (with what is wrong, row by row) and
    what `lines_of` raises. Of a file in which one row is wrong nothing is taken in.
    """
    lines = ((line.number, line.cells) for line in lines_of(file.content, file.kind))
    parsed = read_population(lines, areas=area_codes(), within=within)
    if parsed.faults or not parsed.tables:
        raise NothingRead(parsed)
    return take_in(parsed.tables, source=source, within=within, by=by, now=now), parsed


@transaction.atomic
def take_in(
    tables: Mapping[int, Iterable[Fact]], *, source: str, within: str = "", by: Actor, now: datetime
) -> list[PopulationTable]:
    """Keep the tables, year by year, all or none. The same once more changes nothing. Returns those that are new."""
    made = []
    for year, facts in sorted(tables.items()):
        facts = list(facts)
        table, is_new = PopulationTable.objects.get_or_create(
            year=year,
            within=within,
            digest=_digest(facts, source),
            defaults={"source": source.strip(), "taken_in_at": now},
        )
        if not is_new:
            continue
        PopulationFact.objects.bulk_create(
            (
                PopulationFact(
                    table=table,
                    area_code=fact.area,
                    youngest=fact.band.youngest,
                    oldest=fact.band.oldest,
                    sex=fact.sex.value,
                    number=fact.number,
                )
                for fact in facts
            ),
            batch_size=_MANY,
        )
        record("coverage.population_taken_in", by=by, at=now, on=table, year=year, within=within, facts=len(facts))
        made.append(table)
    return made


@transaction.atomic
def remove_table(table: PopulationTable, *, by: Actor, now: datetime) -> None:
    """A table that should not have come in. What older tables say is used again. Twice is once."""
    found = PopulationTable.objects.select_for_update().filter(pk=table.pk).first()
    if found is None:
        return
    record("coverage.population_removed", by=by, at=now, on=found, year=found.year, within=found.within)
    found.delete()


def load_shipped(*, by: Actor, now: datetime) -> list[PopulationTable]:
    """The figures that come with the program. Returns the tables that are new."""
    tables: dict[int, list[Fact]] = defaultdict(list)
    file = resources.files("samskapa.cocreate.coverage") / "data" / "population.csv"
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        band = Band(int(row["youngest"]), int(row["oldest"]) if row["oldest"] else None)
        tables[int(row["year"])].append(Fact(row["area_code"], band, Sex(row["sex"]), int(row["number"])))
    with transaction.atomic():
        return [
            table
            for year, facts in sorted(tables.items())
            for table in take_in({year: facts}, source=SHIPPED[year], by=by, now=now)
        ]


def _digest(facts: list[Fact], source: str) -> str:
    said = sorted(f"{f.area} {f.band.youngest} {f.band.oldest} {f.sex.value} {f.number}" for f in facts)
    return sha256("\n".join([source.strip(), *said]).encode()).hexdigest()
