"""Rings of keys as text: "k2:base64:2026-11-25,k1:base64", the newest first. Nothing here touches a file."""

from __future__ import annotations

import binascii
import re
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import date

from ..domain import RingIsBroken, UnknownKey

#: Bytes of a key: AES-256, and HMAC-SHA256.
LENGTH = 32
_ID = re.compile(r"[a-z]\d{1,6}")


@dataclass(frozen=True, slots=True)
class Key:
    """One key. id: a letter and a number ("k2"). made_on: the day it was made, where that is known."""

    id: str
    secret: bytes
    made_on: date | None = None

    def __repr__(self) -> str:
        return f"<Key {self.id}>"

    def as_text(self) -> str:
        made_on = f":{self.made_on.isoformat()}" if self.made_on else ""
        return f"{self.id}:{b64encode(self.secret).decode()}{made_on}"


@dataclass(frozen=True, slots=True)
class Ring:
    """Keys, the newest first: it closes what is written from now on, the others still open what they closed."""

    keys: tuple[Key, ...]

    @property
    def newest(self) -> Key:
        return self.keys[0]

    def key(self, key_id: str) -> Key:
        """The key with that id. Raises UnknownKey."""
        for key in self.keys:
            if key.id == key_id:
                return key
        raise UnknownKey(f"no key {key_id} in the ring: it was retired, or this is another installation's ring")

    def as_text(self) -> str:
        return ",".join(key.as_text() for key in self.keys)


def read_keys(text: str) -> tuple[Key, ...]:
    """The keys that `text` names, in its order. Raises RingIsBroken, whose words hold no secret."""
    keys = tuple(_read_key(part.strip(), number) for number, part in enumerate(text.split(","), 1) if part.strip())
    if len({key.id for key in keys}) < len(keys):
        raise RingIsBroken("two keys have the same id")
    return keys


def _read_key(part: str, number: int) -> Key:
    key_id, _, rest = part.partition(":")
    encoded, _, made_on = rest.partition(":")
    if not _ID.fullmatch(key_id):
        raise RingIsBroken(f"key number {number} has no id of a letter and a number")
    try:
        secret = b64decode(encoded, validate=True)
        day = date.fromisoformat(made_on) if made_on else None
    except (binascii.Error, ValueError) as problem:
        raise RingIsBroken(f"key {key_id} is not id:base64:date") from problem
    if len(secret) != LENGTH:
        raise RingIsBroken(f"key {key_id} has {len(secret)} bytes, not {LENGTH}")
    return Key(key_id, secret, day)


def make_key(letter: str, taken: tuple[Key, ...], *, on: date | None = None) -> Key:
    """A new key with the number after the highest taken."""
    number = max((int(key.id[1:]) for key in taken), default=0) + 1
    return Key(f"{letter}{number}", secrets.token_bytes(LENGTH), on)
