"""Which key holds what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from ..keys.holder import field_ring, index_ring, is_from_secret_key
from ..keys.places import FieldPlace, JSONPlace, TagPlace, encrypted_places, tag_places
from ..keys.ring import Key


@dataclass(slots=True)
class KeyUse:
    """A key, and how much depends on it. id: "" for what no key made, "k9" for one that is not in the ring.

    rows: "table.column" -> how many rows.
    """

    id: str
    made_on: date | None = None
    is_newest: bool = False
    is_from_secret_key: bool = False
    rows: dict[str, int] = field(default_factory=dict)


def keys_in_use() -> list[KeyUse]:
    """The keys of both rings, newest first, then those that something names but no ring holds.

    Raises RingIsBroken, NoKeysFile.
    """
    return _of(field_ring().keys, encrypted_places()) + _of(index_ring().keys, tag_places())


def _of(keys: tuple[Key, ...], places: Iterable[FieldPlace | JSONPlace | TagPlace]) -> list[KeyUse]:
    uses = {key.id: KeyUse(key.id, key.made_on, key == keys[0], is_from_secret_key(key)) for key in keys}
    for place in places:
        for key_id, rows in place.count().items():
            uses.setdefault(key_id, KeyUse(key_id)).rows[str(place)] = rows
    return list(uses.values())
