"""How the cells of a year's tables are written."""

from __future__ import annotations

from django import template

from ..queries.year_page import words
from ..queries.year_tables import Row, Table

register = template.Library()


@register.filter
def cells_of(table: Table, row: Row) -> list[tuple[str, str]]:
    """Each cell of the row beside its heading, in the reader's language."""
    return [(head, words(cell)) for head, cell in zip(table.heads[1:], row.cells, strict=True)]
