"""The nation, the regions and municipalities with their codes, and the patient organisations.

Sources: `data/README.md` and docs/data.md.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from importlib import resources

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.people.domain import swedish_sort_key

from ..domain import Kind
from ..models import Node
from .tree import create_node, search_text

NATION = "Sverige"
SCB = "SCB, codes of counties and municipalities"
#: Gotland's county code. Its region and municipality are one organisation (docs/decisions/0007).
GOTLAND = "09"
#: How the file of patient organisations names an umbrella whose membership a source confirms. What it marks
#: "(verify)" was not confirmed, so such an organisation stands alone.
UMBRELLAS = {
    "NSPH": "Nationell Samverkan för Psykisk Hälsa (NSPH)",
    "NSPH regional": "Nationell Samverkan för Psykisk Hälsa (NSPH)",
    "NSPH (since 2017)": "Nationell Samverkan för Psykisk Hälsa (NSPH)",
    "NSPH (14th member, 2024)": "Nationell Samverkan för Psykisk Hälsa (NSPH)",
    "Funktionsrätt": "Funktionsrätt Sverige",
    "Funktionsrätt regional": "Funktionsrätt Sverige",
    "Lika Unika": "Lika Unika",
}
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


@transaction.atomic
def load_reference(*, by: Actor, now: datetime) -> Counter[str]:
    """Make what is missing and correct what differs, found by kind and code, or by name. Returns the counts:
    "made", "changed", "same". Never moves and never removes a node.
    """
    counts: Counter[str] = Counter()
    known = {_key(node): node for node in Node.objects.filter(is_demo=False).order_by("pk")}

    def upsert(kind: Kind, name: str, parent: Node | None, **fields: str) -> Node:
        node = known.get((kind.value, fields.get("code") or name))
        if node is None:
            node = create_node(kind, name, parent, by=by, now=now, **fields)
            known[_key(node)] = node
            counts["made"] += 1
            return node
        changed = [field for field, value in {"name": name, **fields}.items() if getattr(node, field) != value]
        for field in changed:
            setattr(node, field, name if field == "name" else fields[field])
        if changed:
            node.sort_key, node.search_text = swedish_sort_key(node.name), search_text(node)
            node.save(update_fields=[*changed, "sort_key", "search_text"])
            record("organisations.node_changed", by=by, at=now, on=node, fields=changed)
        counts["changed" if changed else "same"] += 1
        return node

    nation = upsert(Kind.NATION, NATION, None)
    regions = {
        row["code"]: upsert(
            Kind.REGION,
            row["name"],
            nation,
            code=row["code"],
            county_code=row["code"],
            place=row["county_name"],
            source=SCB,
        )
        for row in _rows("regions.csv")
    }
    for row in _rows("municipalities.csv"):
        upsert(
            Kind.MUNICIPALITY,
            row["official_name"],
            regions[GOTLAND] if row["county_code"] == GOTLAND else nation,
            code=row["code"],
            county_code=row["county_code"],
            place=row["name"],
            source=SCB,
        )
    organisations: dict[str, Node] = {}
    for row in _rows("patient_orgs.csv"):  # the umbrellas come first in the file
        organisations[row["name"]] = upsert(
            Kind.PATIENT_ORGANISATION,
            row["name"],
            organisations.get(UMBRELLAS.get(row["umbrella"], "")),
            area=row["area"],
            county_code=row["county_code"],
            website=row["domain"] if _DOMAIN.fullmatch(row["domain"]) else "",
            about=row["about"],
            source=row["source"],
        )
    return counts


def _key(node: Node) -> tuple[str, str]:
    return (node.kind, node.code or node.name)


def _rows(name: str) -> Iterator[dict[str, str]]:
    file = resources.files("samskapa.ground.organisations") / "data" / name
    yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())
