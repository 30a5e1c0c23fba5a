"""The trail: every write, and every look at somebody's page."""

from __future__ import annotations

import json
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model

from ..domain import LOOKED, Actor, OutsideTransaction, subjects_of
from ..models import AuditEntry, AuditSubject
from ..queries.trail import seal
from .storing import store_many


def record(action: str, *, by: Actor, at: datetime, on: Model | None = None, **details) -> AuditEntry:
    """Write one row of the trail, in the transaction of what it tells about.

    action: "app.what_happened". on: the thing it happened to. details: ids and small values, never names,
    addresses or texts that somebody wrote. `people`, if given, are the ids of those whose details were shown.
    Raises OutsideTransaction.
    """
    return _write(action, by=by, at=at, object_type=_type(on), object_id=_id(on), details=details)


def record_look(person_id: int, *, by: Actor, at: datetime, what: str) -> AuditEntry | None:
    """Note that `by` read the page of the person `person_id`; `what` names the page.

    One's own page is no news and leaves no row. A reading has no transaction of its own, so one is opened.
    """
    if by.person_id == person_id:
        return None
    with transaction.atomic():
        return _write(
            LOOKED,
            by=by,
            at=at,
            object_type="people.person",
            object_id=str(person_id),
            details={"what": what},
        )


def is_unbroken(entry: AuditEntry) -> bool:
    """Whether the row says what it said when it was written."""
    return entry.mac == seal({name: getattr(entry, name) for name in AuditEntry.SEALED})


def _write(action: str, *, by: Actor, at: datetime, object_type: str, object_id: str, details: dict) -> AuditEntry:
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(action)
    entry = AuditEntry(
        at=at,
        person_id=by.person_id,
        role=by.role,
        node_id=by.node_id,
        for_person_id=by.for_person_id,
        strength=int(by.strength),
        action=action,
        object_type=object_type,
        object_id=object_id,
        details=json.loads(json.dumps(details, cls=DjangoJSONEncoder)),
    )
    entry.mac = seal({name: getattr(entry, name) for name in AuditEntry.SEALED})
    entry.save(force_insert=True)
    if people := subjects_of(action, object_id, entry.details):
        store_many(AuditSubject, ("entry_id", "person_id"), ((entry.pk, person) for person in people))
    return entry


def _type(on: Model | None) -> str:
    return "" if on is None else on._meta.label_lower


def _id(on: Model | None) -> str:
    return "" if on is None else str(on.pk)
