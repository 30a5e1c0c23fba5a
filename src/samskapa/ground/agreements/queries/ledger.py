"""The rows of one agreement, or of all agreements on one root, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from .. import domain
from ..models import Tables


def parties_of(tables: Tables, agreement: Model) -> QuerySet:
    """The parties of `agreement`: its own, and those of its root that belong to every agreement."""
    return (
        tables.party.objects.filter(root_id=agreement.root_id)  # type: ignore[attr-defined]
        .filter(Q(agreement=None) | Q(agreement=agreement))
        .select_related("person", "node")
        .order_by("pk")
    )


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows by id. `lines` in the order of their numbers; revisions and statements in the order written."""

    parties: dict[int, Any]
    lines: list[Any]
    bindings: dict[int, frozenset[int]]
    revisions: dict[int, list[Any]]
    statements: dict[int, list[Any]]

    def party_ids(self, agreement_id: int | None) -> frozenset[int]:
        """Who is a party to the agreement; with None, who is one to all."""
        return frozenset(pk for pk, p in self.parties.items() if p.agreement_id in (None, agreement_id))

    def lines_of(self, agreement_id: int) -> list[Any]:
        """The agreement's lines, common ones among them."""
        return [line for line in self.lines if line.agreement_id in (None, agreement_id)]

    def standing(self, line: Any, agreement_id: int) -> domain.Standing:
        """Where `line` stands in the agreement."""
        parties = self.party_ids(agreement_id)
        named = self.bindings.get(line.pk)
        return domain.standing(
            domain.Line(
                id=line.pk,
                binds=parties if named is None else parties & named,
                revisions=tuple(
                    domain.Revision(id=r.pk, number=r.number, by=r.by_party_id, at=r.at, removed=r.removed)
                    for r in self.revisions[line.pk]
                ),
                statements=tuple(
                    domain.Statement(
                        revision=s.revision_id,
                        party=s.party_id,
                        verdict=domain.Verdict(s.verdict),
                        at=s.at,
                        reason=s.reason if s.agreement_id in (None, agreement_id) else "",
                        here=s.agreement_id in (None, agreement_id),
                    )
                    for s in self.statements.get(line.pk, ())
                ),
            )
        )

    def standings(self, agreement_id: int) -> list[domain.Standing]:
        """Where every line of the agreement stands, in the order of their numbers."""
        return [self.standing(line, agreement_id) for line in self.lines_of(agreement_id)]


def ledger(
    tables: Tables,
    root_id: int,
    *,
    agreement_id: int | None = None,
    line_ids: Collection[int] | None = None,
) -> Ledger:
    """Read the rows of one agreement on the root (None: of all), or only of some lines. Four or five
    queries."""
    lines = tables.line.objects.filter(root_id=root_id)
    parties = tables.party.objects.filter(root_id=root_id).select_related("person", "node")
    if agreement_id is not None:
        lines = lines.filter(Q(agreement=None) | Q(agreement=agreement_id))
    if line_ids is not None:
        lines = lines.filter(pk__in=line_ids)
    within = Q(line__in=lines.order_by().values("pk"))
    # Lines first: every line seen then has its revision, also where somebody writes between two of our
    # queries.
    found = list(lines.order_by("position", "pk"))
    revisions, statements, bindings = defaultdict(list), defaultdict(list), defaultdict(set)
    for revision in tables.revision.objects.filter(within).order_by("number"):
        revisions[revision.line_id].append(revision)
    said = tables.statement.objects.filter(revision__line__in=lines.order_by().values("pk"))
    line_of = {r.pk: line_id for line_id, rows in revisions.items() for r in rows}
    for statement in said.order_by("pk"):
        if statement.revision_id in line_of:
            statements[line_of[statement.revision_id]].append(statement)
    if tables.binding is not None:
        for line_id, party_id in tables.binding.objects.filter(within).values_list("line_id", "party_id"):
            bindings[line_id].add(party_id)
    return Ledger(
        parties={party.pk: party for party in parties},
        lines=found,
        bindings={line_id: frozenset(ids) for line_id, ids in bindings.items()},
        revisions=dict(revisions),
        statements=dict(statements),
    )
