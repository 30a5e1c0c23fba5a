"""Kinds of nodes and roles. A role is held at a node and reaches everything below it."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    NATION = "nation"
    REGION = "region"
    MUNICIPALITY = "municipality"
    ADMINISTRATION = "administration"
    UNIT = "unit"
    PATIENT_ORGANISATION = "patient_organisation"
    SECTION = "section"


#: What may stand under what (None: at the top).
PARENTS: dict[Kind, set[Kind | None]] = {
    Kind.NATION: {None},
    Kind.REGION: {Kind.NATION},
    Kind.MUNICIPALITY: {Kind.NATION},
    Kind.ADMINISTRATION: {Kind.REGION, Kind.MUNICIPALITY, Kind.ADMINISTRATION},
    Kind.UNIT: {Kind.REGION, Kind.MUNICIPALITY, Kind.ADMINISTRATION, Kind.UNIT},
    Kind.PATIENT_ORGANISATION: {None, Kind.PATIENT_ORGANISATION},
    Kind.SECTION: {Kind.PATIENT_ORGANISATION, Kind.SECTION},
}


class Role(StrEnum):
    """Docs: docs/roles.md, which the tests hold against the code."""

    MEMBER = "member"  # in the resource group of a region or municipality
    HOST = "host"  # the unit that has the need
    COORDINATOR = "coordinator"  # runs the resource group
    ORGANISATION = "organisation"  # speaks for a patient organisation or a section of it
    COUNCIL = "council"  # a council (råd) at a node
    LEADERSHIP = "leadership"
    NATIONAL = "national"  # national coordinator: no personal data
    PAYROLL = "payroll"
    AUDITOR = "auditor"
    OPERATOR = "operator"  # runs the service: failed jobs and mail, never content


_AREA = {Kind.REGION, Kind.MUNICIPALITY, Kind.ADMINISTRATION}
#: At which kinds of node a role may be held.
HELD_AT: dict[Role, set[Kind]] = {
    Role.MEMBER: {Kind.REGION, Kind.MUNICIPALITY},
    Role.HOST: _AREA | {Kind.UNIT},
    Role.COORDINATOR: _AREA,
    Role.ORGANISATION: {Kind.PATIENT_ORGANISATION, Kind.SECTION},
    Role.COUNCIL: _AREA | {Kind.UNIT},
    Role.LEADERSHIP: _AREA | {Kind.UNIT},
    Role.NATIONAL: {Kind.NATION},
    Role.PAYROLL: {Kind.REGION, Kind.MUNICIPALITY},
    Role.AUDITOR: {Kind.REGION, Kind.MUNICIPALITY},
    Role.OPERATOR: {Kind.NATION},
}


class WrongPlace(ValueError):
    """A node under a node that cannot hold it, or a role at a node where it means nothing."""


def swedish_sort_key(text: str) -> str:
    """A key that sorts as Swedish does (å, ä, ö last, in that order) in any database's plain order.

    SQLite knows no Swedish and a C collation puts ä before å, so the key is stored beside the name.
    """
    order = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"}
    return "".join(order.get(c, c) for c in text.casefold())[:300]
