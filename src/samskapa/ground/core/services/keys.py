"""Keys: a new one, everything put under it while the service runs, and the old one laid aside."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Model

from ..domain import Actor, CannotOpen, KeyInUse, UnknownKey
from ..keys.fields import EncryptedTextField
from ..keys.holder import FIELD, INDEX, LETTERS, change_ring, field_ring, index_ring, is_from_secret_key
from ..keys.places import FieldPlace, JSONPlace, encrypted_places, tag_places
from ..keys.ring import Key, make_key
from ..models import AuditEntry
from .trail import record

log = logging.getLogger("samskapa.keys")

#: Rows that one transaction puts under the new key: short enough that nobody waits for it.
BATCH = 200


@dataclass(slots=True)
class Rotated:
    """What a rotation did. key: the id of the newest key. is_new: whether it was made now. again: place -> how many
    rows were put under it. unreadable: "table.column id" of what no key of the ring opens."""

    key: str
    is_new: bool
    again: Counter[str] = field(default_factory=Counter)
    unreadable: list[str] = field(default_factory=list)


def add_key(*, line: str = FIELD, by: Actor, now: datetime) -> str:
    """Put a new key first in the ring of `line`; returns its id. Running processes see it at once.

    Raises NoKeysFile.
    """
    with transaction.atomic():
        ring = change_ring(line, lambda keys: (make_key(LETTERS[line], keys, on=now.date()), *keys))
        # The first keys are made before there are tables; the log has them.
        if AuditEntry._meta.db_table in connection.introspection.table_names():
            record("core.key_added", by=by, at=now, key=ring.newest.id)
    log.info("key added key=%s", ring.newest.id)
    return ring.newest.id


def rotate(
    *, by: Actor, now: datetime, batch: int = BATCH, tell: Callable[[str, int], None] = lambda place, rows: None
) -> Rotated:
    """Put everything that is encrypted under one newest key, in short transactions, while others read and write.

    A rotation that was cut short is gone on with; only when nothing is under an older key is a new one made. After
    each batch `tell(place, rows)`. Goes round until a round that began after every writer of the last one had ended
    finds nothing: somebody may have closed a text with the old key and not stored it yet. Raises NoKeysFile.
    """
    is_new = not _waiting()
    done = Rotated(key=add_key(by=by, now=now) if is_new else field_ring().newest.id, is_new=is_new)
    places = encrypted_places()
    settled = False
    while not settled:
        settled, done.unreadable = True, []
        for model in {place.model for place in places}:
            with transaction.atomic():
                _wait_for_writers(model)
        for place in places:
            for rows in _round(place, batch, done.unreadable):
                settled = False
                done.again[str(place)] += rows
                tell(str(place), rows)
    with transaction.atomic():
        record("core.keys_rotated", by=by, at=now, key=done.key, rows=done.again.total(), places=dict(done.again))
    log.info("keys rotated key=%s rows=%d unreadable=%d", done.key, done.again.total(), len(done.unreadable))
    return done


def retire_key(key_id: str, *, by: Actor, now: datetime) -> None:
    """Take a key out of its ring, to the file's line of retired ones: only an old backup may still need it.

    Waits for whoever writes to what is encrypted, and looks then. Raises UnknownKey, KeyInUse, NoKeysFile.
    """
    is_index = key_id.startswith(LETTERS[INDEX])
    line, ring = (INDEX, index_ring()) if is_index else (FIELD, field_ring())
    key = ring.key(key_id)
    if key == ring.newest:
        raise KeyInUse(f"{key_id} is the newest: what is written now is under it")
    if is_from_secret_key(key):
        raise KeyInUse(f"{key_id} is made from SAMSKAPA_SECRET_KEY and goes when that is changed")
    places = tag_places() if is_index else encrypted_places()
    used = {}
    for place in places:  # one at a time: whoever writes to two tables is not to meet us in between
        with transaction.atomic():
            _wait_for_writers(place.model)
            if rows := place.count()[key_id]:
                used[str(place)] = rows
    if used:
        told = ", ".join(f"{place} ({rows})" for place, rows in used.items())
        raise KeyInUse(f"{key_id} is still needed by {told}")
    with transaction.atomic():
        record("core.key_retired", by=by, at=now, key=key_id)
        change_ring(line, lambda keys: _without(keys, key_id), retire=key)
    log.info("key retired key=%s", key_id)


# --- within ---------------------------------------------------------------------------------------


def _waiting() -> bool:
    """Whether something that the ring opens is under another key than the newest: a rotation is to be ended."""
    ring = field_ring()
    older = {key.id for key in ring.keys[1:]}
    return bool(ring.keys[1:]) and any(older & set(place.count()) for place in encrypted_places())


def _round(place: FieldPlace | JSONPlace, batch: int, unreadable: list[str]):
    """One walk over a place, in the order of its rows; yields how many rows each batch put under the newest key."""
    after = None
    while True:
        with transaction.atomic():
            left = place.not_under(field_ring().newest.id).only(*_columns(place)).select_for_update()
            rows = list((left if after is None else left.filter(pk__gt=after))[:batch])
            changed = sum(_again(place, row, unreadable) for row in rows)
        if changed:
            yield changed
        if len(rows) < batch:
            return
        after = rows[-1].pk


def _again(place: FieldPlace | JSONPlace, row: Model, unreadable: list[str]) -> bool:
    try:
        value = place.closed_again(row)
    except (CannotOpen, UnknownKey) as problem:
        unreadable.append(f"{place} {row.pk}")
        log.error("cannot be opened place=%s id=%s error=%s", place, row.pk, type(problem).__name__)
        return False
    if value is None:
        return False
    # By the column alone: what else the row holds is its owner's, who may be writing it now.
    place.model._base_manager.filter(pk=row.pk).update(**{place.field.attname: value})
    return True


def _columns(place: FieldPlace | JSONPlace) -> list[str]:
    bound_to = place.field.bound_to if isinstance(place.field, EncryptedTextField) else ""
    return ["pk", place.field.attname, *([bound_to] if bound_to else [])]


def _wait_for_writers(model: type[Model]) -> None:
    """On PostgreSQL wait until nobody writes to the table, and keep others from it until this transaction ends.
    On SQLite a transaction is the only writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(model._meta.db_table)} IN SHARE MODE")


def _without(keys: tuple[Key, ...], key_id: str) -> tuple[Key, ...]:
    return tuple(key for key in keys if key.id != key_id)
