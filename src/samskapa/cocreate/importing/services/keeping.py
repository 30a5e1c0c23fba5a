"""The rows of a list, a thousand at once."""

from __future__ import annotations

from collections.abc import Sequence

from samskapa.ground.core.keys.fields import closed_each
from samskapa.ground.core.services import store_many

from ..models import Row

#: All of a row but its id, which nothing points at.
_COLUMNS = tuple(field.attname for field in Row._meta.local_concrete_fields if not field.primary_key)


def keep_rows(rows: Sequence[Row]) -> None:
    """Store rows as they are, as new ones. In the caller's transaction. Raises IntegrityError where one is there."""
    cells = closed_each(Row, "cells", ((row.uid, row.cells) for row in rows))
    at = _COLUMNS.index("cells")
    told = ([getattr(row, column) for column in _COLUMNS if column != "cells"] for row in rows)
    store_many(
        Row, _COLUMNS, ([*values[:at], closed, *values[at:]] for values, closed in zip(told, cells, strict=True))
    )
