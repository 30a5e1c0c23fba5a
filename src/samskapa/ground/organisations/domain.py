"""Kinds of nodes and roles. A role is held at a node and reaches everything below it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from samskapa.ground.people.domain import swedish_sort_key

__all__ = [
    "HELD_AT",
    "INVITATION_LASTS",
    "OWNER_LINK_LASTS",
    "PARENTS",
    "PATH_LENGTH",
    "STEP",
    "STEP_LASTS",
    "STEP_OPEN",
    "STRONG_ROLES",
    "InvitationOver",
    "Kind",
    "MayNotInvite",
    "Role",
    "TooDeep",
    "WrongPlace",
    "check_parent",
    "check_role",
    "may_invite",
    "path_below",
    "paths_above",
    "roles_to_invite",
    "search_stems",
    "swedish_sort_key",
    "why_over",
]


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
    # Region Gotland is one organisation and holds the tasks of both: the municipality stands under it, so
    # that a role at the region reaches both, and each list (21, 290) is whole. See docs/decisions/0007.
    Kind.MUNICIPALITY: {Kind.NATION, Kind.REGION},
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


#: Roles in which one acts only when strongly logged in: those of the house, and who handles what a patient
#: organisation knows of its members. The reasons stand in docs/roles.md, which the tests hold against this.
STRONG_ROLES = frozenset(
    {
        Role.HOST,
        Role.COORDINATOR,
        Role.ORGANISATION,
        Role.LEADERSHIP,
        Role.NATIONAL,
        Role.PAYROLL,
        Role.AUDITOR,
        Role.OPERATOR,
    }
)

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


class TooDeep(ValueError):
    """More levels than a path has room for (PATH_LENGTH characters; at least twelve levels)."""


class InvitationOver(Exception):
    """The link is unknown, was used, or its time has passed. `args[0]` says which: unknown,
    used, expired, or closed where the account itself is."""


class MayNotInvite(Exception):
    """The actor may not give this role at this node."""


#: How long the link to one step in a mail works, and how long the step stays open once it has been opened.
STEP_LASTS = timedelta(days=7)
STEP_OPEN = timedelta(hours=1)
#: Session key: the step that a link has opened, {"grant": id, "path": "/...", "until": seconds since 1970}.
STEP = "step"
#: How many characters a node's path may have.
PATH_LENGTH = 255
#: How long the link in an invitation works.
INVITATION_LASTS = timedelta(days=14)
#: How long a link made by `createowner` works.
OWNER_LINK_LASTS = timedelta(days=2)


def check_parent(kind: Kind, parent_kind: Kind | None) -> None:
    """Raise WrongPlace where a node of `kind` may not stand under one of `parent_kind` (None: at the top)."""
    if parent_kind not in PARENTS[kind]:
        raise WrongPlace(f"{kind} under {parent_kind or 'nothing'}")


def check_role(role: Role, kind: Kind) -> None:
    """Raise WrongPlace where `role` means nothing at a node of `kind`."""
    if kind not in HELD_AT[role]:
        raise WrongPlace(f"{role} at {kind}")


def path_below(parent_path: str, node_id: int) -> str:
    """The path of the node `node_id` under the node at `parent_path` ("" for none). Raises TooDeep."""
    path = f"{parent_path}{node_id}."
    if len(path) > PATH_LENGTH:
        raise TooDeep(path)
    return path


def paths_above(path: str) -> list[str]:
    """The paths of the node at `path` and of all above it, the root first: "1.4." -> ["1.", "1.4."]."""
    ids = path.split(".")[:-1]
    return [".".join(ids[: n + 1]) + "." for n in range(len(ids))]


#: Which roles one may invite others to, at the own node and below. Members join the resource group in
#: another way. The operator gives what nobody stands above, and the first coordinator of a region.
INVITES: dict[Role, tuple[Role, ...]] = {
    Role.COORDINATOR: (Role.HOST, Role.COORDINATOR, Role.COUNCIL, Role.LEADERSHIP),
    Role.OPERATOR: (
        Role.COORDINATOR,
        Role.ORGANISATION,
        Role.LEADERSHIP,
        Role.PAYROLL,
        Role.AUDITOR,
        Role.NATIONAL,
        Role.OPERATOR,
    ),
}


def roles_to_invite(role: str) -> tuple[Role, ...]:
    """Which roles somebody who acts as `role` may invite others to, and may end."""
    return INVITES.get(Role(role), ()) if role in set(Role) else ()


def may_invite(acting: str, acting_path: str, *, role: Role, kind: Kind, path: str) -> bool:
    """Whether who acts as `acting` at `acting_path` may invite to `role` at a node of `kind` at `path`.

    Patient organisations stand beside the nation, not below it: the operator reaches them too.
    """
    if role not in roles_to_invite(acting):
        return False
    if acting == Role.OPERATOR and kind in (Kind.PATIENT_ORGANISATION, Kind.SECTION):
        return True
    return bool(acting_path) and path.startswith(acting_path)


#: Endings that hide a word's stem from a plain "contains"; the longest first.
_ENDINGS = ("arna", "erna", "orna", "ande", "isk", "en", "et", "at", "ar", "er", "or", "na", "a", "e", "n")
#: A search never asks for more words than this, and never for longer ones.
_MOST_WORDS, _LONGEST_WORD = 8, 40


def search_stems(text: str) -> list[str]:
    """The words of a search, in lower case, without common Swedish endings; each must occur somewhere.

    A light stem for a list of some hundred rows: "hjärtats" finds nothing, "hjärtan" finds "hjärt-".
    """
    words = [word[:_LONGEST_WORD] for word in text.casefold().split()[:_MOST_WORDS]]
    return [_stem(word) for word in words]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def why_over(*, used_at: datetime | None, expires_at: datetime, now: datetime) -> str:
    """Why an invitation no longer works: "used", "expired", or "" while it does."""
    if used_at is not None:
        return "used"
    return "expired" if now >= expires_at else ""
