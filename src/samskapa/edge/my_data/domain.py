"""How each value is written in the file that a person takes along. No Django."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any


def as_json(value: Any) -> Any:
    """A fact's value as JSON holds it: moments in ISO 8601 with their zone, days as YYYY-MM-DD, words as text."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    return str(value)
