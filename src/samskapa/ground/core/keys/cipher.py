"""Closing and opening a text with the ring, and the keyed tag by which an encrypted one can be found again."""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from binascii import a2b_base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..domain import CannotOpen
from .holder import field_ring, index_ring
from .ring import Key, Ring

#: The scheme: AES-256-GCM. Another one gets another name.
SCHEME = "e1"
#: A closed text: scheme, key id, and nonce + ciphertext + tag in URL-safe base64.
TOKEN = re.compile(rf"{SCHEME}\.([a-z]\d{{1,6}})\.([A-Za-z0-9_-]{{38,}}={{0,2}})")
_HEAD = re.compile(rf"{SCHEME}\.([a-z]\d{{1,6}})\.")
_URL_SAFE = str.maketrans("-_", "+/")
_NONCE, _TAG = 12, 16
_SHORTEST = _NONCE + _TAG
#: What a database finds the closed text of "" by (LIKE): nonce and tag alone, 28 bytes. A key's id has no full stop.
OF_NOTHING = f"{SCHEME}.%.{'_' * 38}=="


@dataclass(frozen=True, slots=True)
class Closed:
    """A text as it stands in the database. Its own text says nothing of what is in it."""

    token: str

    @property
    def key_id(self) -> str:
        """The id of the key that closed it; "" where it is no closed text at all."""
        found = TOKEN.fullmatch(self.token)
        return found[1] if found else ""

    def __repr__(self) -> str:
        return f"<Closed by {self.key_id or 'nobody'}>"

    __str__ = __repr__


def close(text: str, *, place: str) -> Closed:
    """Encrypt `text` with the newest key so that it opens at `place` alone ("table.column", perhaps ":row")."""
    key = field_ring().newest
    nonce = secrets.token_bytes(_NONCE)
    sealed = nonce + _aes(key).encrypt(nonce, text.encode(), _belongs_to(key, place))
    return Closed(f"{SCHEME}.{key.id}.{urlsafe_b64encode(sealed).decode()}")


def open_closed(closed: Closed, *, place: str) -> str:
    """The text again. Raises UnknownKey; CannotOpen when it was changed, moved, or never closed by us."""
    return _opened(closed, place, field_ring())


def open_each(closed: Iterable[tuple[Closed, str]]) -> Iterator[str]:
    """The texts of many, each with its place, with one look at the ring: for whoever reads thousands at once."""
    ring = field_ring()
    for each, place in closed:
        yield _opened(each, place, ring)


def _opened(closed: Closed, place: str, ring: Ring) -> str:
    # As TOKEN says, without looking at each letter of a long text in Python's regular expressions.
    found = _HEAD.match(closed.token)
    try:
        sealed = _bytes_of(closed.token[found.end() :]) if found else b""
    except ValueError:
        sealed = b""
    if not found or len(sealed) < _SHORTEST:
        raise CannotOpen(f"{place}: this is no encrypted text")
    key = ring.key(found[1])
    try:
        return _aes(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _belongs_to(key, place)).decode()
    except InvalidTag:
        raise CannotOpen(f"{place}: {key.id} does not open it: changed, moved here, or another key") from None


def _bytes_of(text: str) -> bytes:
    """URL-safe base64 and nothing else. Raises ValueError."""
    if "+" in text or "/" in text:
        raise ValueError
    return a2b_base64(text.translate(_URL_SAFE), strict_mode=True)


def blind_index(purpose: str, text: str) -> str:
    """The tag under which `text` is stored for exact look-up: "i1:" and HMAC-SHA256 in hex, by the newest index key.

    purpose: what is looked up ("people.broker"): the same text has another tag for another purpose.
    The caller makes the text normal (case, spaces, hyphens) first.
    """
    return _tag(index_ring().newest, purpose, text)


def blind_indexes(purpose: str, text: str) -> list[str]:
    """The tags of `text` under every index key, the newest first: for `tag__in=...`.

    A row found under an older tag is given the newest one by whoever found it, for only then is the text at hand.
    """
    return [_tag(key, purpose, text) for key in index_ring().keys]


def _tag(key: Key, purpose: str, text: str) -> str:
    tag = hmac.new(key.secret, f"{purpose}\0{text}".encode(), "sha256")
    return f"{key.id}:{tag.hexdigest()}"


def _belongs_to(key: Key, place: str) -> bytes:
    return f"{SCHEME}\0{key.id}\0{place}".encode()


@lru_cache(maxsize=16)
def _aes(key: Key) -> AESGCM:
    return AESGCM(key.secret)
