"""The lock, the law's view of the rows, and the version that is fixed when everything is settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from .. import domain
from ..models import Tables
from ..queries import Ledger, ledger


@dataclass(frozen=True, slots=True)
class Done:
    """What a service did.

    changed: False where everything was so already, as after a double click; then nothing was written.
    lines: ids of the lines concerned. line, revision: the row written, where one was.
    versions: the versions that became fixed, at most one per agreement.
    changed_meanwhile: for `confirm_all`: ids of lines left alone because the text had changed since it was
    read.
    """

    changed: bool
    lines: tuple[int, ...] = ()
    line: Any = None
    revision: Any = None
    versions: tuple[Any, ...] = ()
    changed_meanwhile: tuple[int, ...] = ()


def lock(tables: Tables, root_id: int) -> None:
    """Wait for whoever writes on this root. The one lock that services here take, so none can deadlock."""
    root_model = tables.agreement._meta.get_field("root").related_model
    root_model.objects.select_for_update(no_key=True).values_list("pk").get(pk=root_id)


def party_of(book: Ledger, party: Model, agreement_id: int | None) -> int:
    """The party's id. Refuses NotAParty; with no agreement, one must be a party to all."""
    if party.pk not in book.party_ids(agreement_id):
        raise domain.NotAParty
    return party.pk


def line_in(book: Ledger, line_id: int, agreement_id: int) -> Any:
    """The line's row. A line of another agreement is refused like one whose agreement one is not a party
    to."""
    for line in book.lines_of(agreement_id):
        if line.pk == line_id:
            return line
    raise domain.NotAParty


def fix_concerned(tables: Tables, root_id: int, lines: Iterable[Any], *, by: Actor, now: datetime) -> tuple[Any, ...]:
    """Fix a version wherever these lines settled the last thing; a common line concerns every agreement."""
    agreements = {line.agreement_id for line in lines}
    if None in agreements:
        return _fix(tables, root_id, None, by=by, now=now)
    return tuple(v for pk in sorted(agreements) for v in _fix(tables, root_id, pk, by=by, now=now))


@transaction.atomic
def fix_version_if_settled(tables: Tables, agreement: Any, *, by: Actor, now: datetime) -> Done:
    """For an app that made the rows itself (a draft where nothing is left to confirm). Usually not needed."""
    lock(tables, agreement.root_id)
    versions = _fix(tables, agreement.root_id, agreement.pk, by=by, now=now)
    return Done(changed=bool(versions), versions=versions)


def _fix(tables: Tables, root_id: int, agreement_id: int | None, *, by: Actor, now: datetime) -> tuple[Any, ...]:
    book = ledger(tables, root_id, agreement_id=agreement_id)
    agreements = tables.agreement.objects.filter(tables.live, root_id=root_id).order_by("pk")
    if agreement_id is not None:
        agreements = agreements.filter(pk=agreement_id)
    ids = list(agreements.values_list("pk", flat=True))
    last = {v.agreement_id: v for v in tables.version.objects.filter(agreement__in=ids).order_by("number")}
    held: dict[int, set[tuple[int, int, domain.Outcome]]] = {v.pk: set() for v in last.values()}
    for row in tables.version_line.objects.filter(version__in=list(held)):
        held[row.version_id].add((row.line_id, row.revision_id, domain.Outcome(row.outcome)))
    fixed = []
    for pk in ids:
        previous = last.get(pk)
        content = domain.version_to_fix(
            book.standings(pk), frozenset(held[previous.pk]) if previous is not None else frozenset()
        )
        if content is None:
            continue
        number = previous.number + 1 if previous is not None else 1
        version = tables.version.objects.create(agreement_id=pk, number=number, fixed_at=now)
        tables.version_line.objects.bulk_create(
            tables.version_line(version=version, line_id=line, revision_id=revision, outcome=outcome.value)
            for line, revision, outcome in sorted(content)
        )
        record(f"{tables.prefix}_version_fixed", by=by, at=now, on=version, agreement=pk, number=number)
        fixed.append(version)
    return tuple(fixed)
