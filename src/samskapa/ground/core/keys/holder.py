"""The rings that hold now: read from the file outside the database, and read again when it changes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from ..domain import NoKeysFile, RingIsBroken
from .env_file import change_env_file, read_env_file
from .ring import LENGTH, Key, Ring, read_keys

log = logging.getLogger("samskapa.keys")

#: Lines of the file: keys that encrypt; keys of the blind index; keys that open nothing any more but old backups.
FIELD, INDEX, RETIRED = "SAMSKAPA_FIELD_KEYS", "SAMSKAPA_INDEX_KEYS", "SAMSKAPA_RETIRED_KEYS"
LETTERS = {FIELD: "k", INDEX: "i"}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the file said, and how it looked then (a file put in its place has another inode)."""

    path: str
    looks: tuple[int, int, int]
    pairs: dict[str, str]


_seen: _Seen | None = None


def field_ring() -> Ring:
    """The keys that encrypt fields, newest first. Raises RingIsBroken, NoKeysFile."""
    return _ring(FIELD, settings.FIELD_KEYS)


def index_ring() -> Ring:
    """The keys of the blind index, newest first. Raises RingIsBroken, NoKeysFile."""
    return _ring(INDEX, settings.INDEX_KEYS)


def is_from_secret_key(key: Key) -> bool:
    """Whether the key was made from SAMSKAPA_SECRET_KEY, for want of a ring."""
    return key.id.endswith("0")


def change_ring(line: str, change: Callable[[tuple[Key, ...]], tuple[Key, ...]], *, retire: Key | None = None) -> Ring:
    """Let `change` say which keys of `line` the file is to have, and write it. Raises NoKeysFile.

    retire: a key to be kept on the line of those that open nothing any more.
    """
    if not settings.KEYS_FILE:
        raise NoKeysFile("SAMSKAPA_KEYS_FILE is not set: without a file of its own the ring cannot be changed")

    def write(pairs: dict[str, str]) -> None:
        pairs[line] = Ring(change(read_keys(pairs.get(line, "")))).as_text()
        if retire:
            pairs[RETIRED] = ",".join([text for text in (pairs.get(RETIRED, ""), retire.as_text()) if text])

    path = Path(settings.KEYS_FILE)
    pairs = change_env_file(path, write, heading="The keys of Samskapa: keep a copy where the database's is not.")
    return Ring(read_keys(pairs[line]))


def _ring(line: str, without_file: str) -> Ring:
    text = _pairs(settings.KEYS_FILE).get(line, "") if settings.KEYS_FILE else without_file
    return _read(text, LETTERS[line], settings.SECRET_KEY)


@lru_cache(maxsize=8)
def _read(text: str, letter: str, secret_key: str) -> Ring:
    """The ring and, last in it, the key that stands in where there is no other: what it closed stays readable
    when a ring is put in its place."""
    made = HKDF(SHA256(), LENGTH, salt=None, info=f"samskapa key {letter}0".encode()).derive(secret_key.encode())
    keys = read_keys(text)
    wrong = [key.id for key in keys if key.id[0] != letter or int(key.id[1:]) == 0]
    if wrong:
        raise RingIsBroken(f"key {wrong[0]} is not one of {letter}1, {letter}2, ...")
    return Ring((*keys, Key(f"{letter}0", made)))


def _pairs(path: str) -> dict[str, str]:
    """What the file says now. One look at the folder's entry tells whether it has to be read again."""
    global _seen
    seen = _seen
    try:
        stat = Path(path).stat()
        looks = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if seen is None or (seen.path, seen.looks) != (path, looks):
            _seen = seen = _Seen(path, looks, read_env_file(Path(path)))
    except OSError as problem:
        if seen is None or seen.path != path:
            raise NoKeysFile(f"SAMSKAPA_KEYS_FILE cannot be read: {problem.strerror}") from problem
        log.error("the file of keys cannot be read, going on with what it said error=%s", type(problem).__name__)
    return seen.pairs
