"""Reads docs/roles.md: the one table of who may what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parents[2] / "docs" / "roles.md"

#: Column in the table -> the role's value; "visitor" is not logged in, "" is logged in as oneself.
COLUMNS = {
    "besökare": "visitor",
    "inloggad": "",
    "medlem": "member",
    "verksamhet": "host",
    "samordnare": "coordinator",
    "organisation": "organisation",
    "råd": "council",
    "ledning": "leadership",
    "nationell": "national",
    "lön": "payroll",
    "revision": "auditor",
    "drift": "operator",
}
CELLS = {"nej", "egna", "alla"}


@dataclass(frozen=True)
class Row:
    """One address: its name, what it is for, and role -> "nej", "egna" or "alla"."""

    name: str
    what: str
    may: dict[str, str]


def rows() -> list[Row]:
    """The rows of every table in docs/roles.md that has a column of addresses."""
    found, header = [], []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            header = []
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == "Adress":
            header = cells
        elif header and not set(cells[0]) <= set("-: "):
            named = dict(zip(header, cells, strict=True))
            may = {role: named[column] for column, role in COLUMNS.items()}
            assert set(may.values()) <= CELLS, line
            found.append(Row(named["Adress"].strip("`"), named["Vad"], may))
    return found


def roles_that_need_strong_log_in() -> dict[str, bool]:
    """Role -> whether it needs a strong log-in, from the table in docs/roles.md."""
    found, reading = {}, False
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == "Roll":
            reading = True
        elif not line.startswith("|"):
            reading = False
        elif reading and cells[0] in COLUMNS:
            assert cells[1] in {"ja", "nej"}, line
            found[COLUMNS[cells[0]]] = cells[1] == "ja"
    return found


def steps_by_link() -> dict[str, str]:
    """Name of an address -> the role in which a signed link opens it, from the table in docs/roles.md."""
    text = TABLE.read_text(encoding="utf-8").partition("| Steg | Roll |")[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()[2:]]
    return {name.strip("`"): COLUMNS[role] for name, role in cells}
