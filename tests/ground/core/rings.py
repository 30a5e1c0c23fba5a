"""Rings of keys for tests, in files of their own."""

from __future__ import annotations

from pathlib import Path

from samskapa.ground.core.keys.ring import Ring, make_key


def write_ring(path: Path, *, fields: int = 1) -> Path:
    """A file with `fields` field keys (k1 the oldest) and one index key."""
    keys: tuple = ()
    for _ in range(fields):
        keys = (make_key("k", keys), *keys)
    index = make_key("i", ())
    lines = ["# ours", "SAMSKAPA_OTHER=kept", f"SAMSKAPA_FIELD_KEYS={Ring(keys).as_text()}"]
    path.write_text("\n".join([*lines, f"SAMSKAPA_INDEX_KEYS={index.as_text()}", ""]))
    path.chmod(0o600)
    return path
