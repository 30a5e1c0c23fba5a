"""Who acts: a frozen value of ids, built once per request and handed to every doorway and service.

And the law of the core: how often and how late things are tried again, and how a row of the trail is sealed.
"""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

#: What stands where somebody's own words stood, in a column that may not be empty; and all that an append-only one may
#: become.
BLANKED = "–"
#: The highest number that a row of ours can have (a BIGINT).
HIGHEST_ID = 2**63 - 1


class Strength(IntEnum):
    """How strongly the person showed who they are; higher is stronger."""

    NONE = 0
    LINK = 10  # a signed link
    CODE = 20  # a one-time code by mail
    PASSWORD = 30
    TWO_FACTOR = 40  # one of those above, and a code from an app or from the paper of reserve codes
    PASSKEY = 50  # with the device's own check of who holds it
    EID = 60  # an e-identification at the level of assurance that was asked for

    @property
    def is_strong(self) -> bool:
        """Whether it is enough for acting in a staff role (docs/roles.md)."""
        return self >= Strength.TWO_FACTOR


@dataclass(frozen=True, slots=True)
class Actor:
    """Person, capacity, for whom, and how strongly logged in. Ids only: safe in logs and in the trail.

    person_id: who acts; None for a visitor who is not logged in, and for the system itself.
    role, node_id: the capacity: a role held at a node of the organisation tree; "" and None for oneself.
    node_path: the ids from the tree's root to that node, "1.14.203.": a role reaches every node below.
    for_person_id: whom one acts for, where a coordinator helps somebody. The role is then "": one does what they may.
    """

    person_id: int | None = None
    role: str = ""
    node_id: int | None = None
    node_path: str = ""
    for_person_id: int | None = None
    strength: Strength = Strength.NONE

    @property
    def is_visitor(self) -> bool:
        return self.person_id is None and self.role != "system"

    @property
    def is_oneself(self) -> bool:
        """Logged in and acting in no role: for oneself, or for the one who is helped."""
        return self.person_id is not None and self.role == ""

    @property
    def whose(self) -> int | None:
        """Whose things are "one's own": those of the one who is helped, else of who acts. Deeds are person_id's."""
        return self.for_person_id or self.person_id

    def acts_as(self, *roles: str) -> bool:
        """Whether the chosen capacity is one of `roles`."""
        return self.role in roles

    def reaches(self, node_path: str) -> bool:
        """Whether the role's node is the node at `node_path` or stands above it."""
        return bool(self.node_path) and node_path.startswith(self.node_path)


#: What the worker and the commands act as.
SYSTEM = Actor(role="system")


# --- what the rest of the core decides, without Django -----------------------------------------------


class Urgency(IntEnum):
    """How soon a mail matters to its reader; what is more urgent goes first."""

    NOW = 0  # somebody is waiting at the screen: a code, a link
    SOON = 1
    LATER = 2  # waits until it is gathered into a digest, or sent alone after all


class Pace(StrEnum):
    """How soon a person wants mail of some topic."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"  # not by mail; it stands on their page all the same


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of matter that mail is about: a row of config/notices.py.

    key: what it is called in the database, for ever the same. title, what: what a person reads.
    pace: what goes for whoever has chosen nothing. choices: what they may choose; fixed: why not all of Pace, in words.
    shows: whether its mails stand on the person's page too.
    """

    key: str
    title: Any
    what: Any
    pace: Pace
    choices: tuple[Pace, ...] = tuple(Pace)
    fixed: Any = ""
    shows: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a mail to a person who may have chosen. pace: AT_ONCE goes by itself, NEVER is kept for the
    page. at: when it is to be gathered, of those that wait for the digest."""

    pace: Pace
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail says: its subject, its text without the foot, and why it came."""

    subject: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a person's mail goes, how to greet them, and in which language.

    is_discreet: the letter's subject says nothing of the matter, for others may see it.
    """

    address: str
    name: str
    language: str
    is_discreet: bool = False


class OutsideTransaction(RuntimeError):
    """The trail and the news belong in the transaction of what they tell about."""


class NobodyListens(LookupError):
    """News whose name has no row in config/reactions.py: the table would no longer be the truth."""


class NoSuchMail(LookupError):
    """A kind of mail that has no template."""


class MailIsUnfinished(ValueError):
    """A mail that lacks a subject, a body, or the reason why it came."""


class LinkLeavesTheSite(ValueError):
    """A mail may only link to ourselves."""


class NotFailed(ValueError):
    """Only what has failed can be tried again by hand."""


class WorkerDied(RuntimeError):
    """The worker that ran the job stopped giving signs of life."""


class UnknownKey(LookupError):
    """The ring has no key of that id."""


class CannotOpen(ValueError):
    """An encrypted text that was changed, moved from elsewhere, or never encrypted by us."""


class RingIsBroken(ValueError):
    """The ring of keys is not written as it should be."""


class NoKeysFile(RuntimeError):
    """The file that holds the ring of keys is not named or cannot be read."""


class KeyInUse(ValueError):
    """A key that something in the database still needs."""


class HeadIsBroken(ValueError):
    """A head of the trail is not written as it should be."""


class CannotBackUp(RuntimeError):
    """The file cannot be written where it was asked for."""


class BackupIsBroken(ValueError):
    """A file that is no backup of ours, or was changed since."""


class CannotRestore(RuntimeError):
    """A backup that this database cannot or may not take now, and why. Nothing was touched."""


class BeingRestored(RuntimeError):
    """A backup is being put back: nobody else works meanwhile."""


class NotHeld(RuntimeError):
    """Mail is not held back, so there is nothing to let go."""


#: Of the backup file: raised when an older version could not read it.
BACKUP_FORMAT = 1


#: The kind of mail that many are gathered into.
DIGEST = "core/digest"
#: So many of them are in it word for word, the newest; the others stand on the person's page.
MOST_IN_A_DIGEST = 40

#: How long a mail waits after its first, second, ... failed attempt: eight attempts in a day and a half.
MAIL_WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=8),
    timedelta(hours=24),
)
MAIL_ATTEMPTS = len(MAIL_WAITS) + 1
#: A job that takes its worker with it this many times is not tried again.
DEATHS_ALLOWED = 3
#: A job never waits longer than this between two attempts.
LONGEST_JOB_WAIT = timedelta(hours=6)


def mail_wait(attempts: int) -> timedelta | None:
    """How long to wait after `attempts` failed ones; None when no attempt is left."""
    return MAIL_WAITS[attempts - 1] if attempts < MAIL_ATTEMPTS else None


def job_wait(attempts: int, *, first: timedelta) -> timedelta:
    """How long a job waits after `attempts` failed ones: `first`, then four times longer each time."""
    return min(first * 4 ** (attempts - 1), LONGEST_JOB_WAIT)


def slot_of(at: datetime, seconds: int) -> int:
    """The number of the `seconds`-long slot, counted from 1970, in which `at` lies."""
    return int(at.timestamp()) // seconds


def canonical(value: object) -> object:
    """The same value however a database gives it back: PostgreSQL returns 1e20 as a whole number."""
    if type(value) in (str, int):
        return value  # most of a trail
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {str(key): canonical(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value


# --- the trail ------------------------------------------------------------------------------------


def subjects_of(action: str, object_id: str, details: dict) -> list[int]:
    """The persons whose details the deed showed to the one who acted: of one page, or of a list ("people")."""
    people = [int(object_id)] if action == LOOKED else details.get("people", [])
    return sorted(set(people))


#: The action of somebody who read another's page.
LOOKED = "people.looked"


@dataclass(frozen=True, slots=True)
class TrailHead:
    """How far the chain had come: the number of links, and the last one's digest. What is kept outside the database
    of it shows that a tail was cut off."""

    position: int
    digest: str

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"


_HEAD = re.compile(r"(?:\S+Z )?(\d+)[ :]([0-9a-f]{64})")


def read_head(text: str) -> TrailHead:
    """The head that "position:digest", or a line of the file of heads, names. Raises HeadIsBroken."""
    found = _HEAD.fullmatch(text.strip())
    if not found:
        raise HeadIsBroken(f"not a head of the trail: {text.strip()[:80]}")
    return TrailHead(int(found[1]), found[2])


def head_line(head: TrailHead, at: datetime) -> str:
    """A line of the file of heads: the moment in UTC, the position, the digest."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} {head.position} {head.digest}\n"


def thinned(lines: list[str], *, kept: int) -> list[str]:
    """The last `kept` lines, and of those before them the last of each day."""
    days = {line[:10]: line for line in lines[:-kept]}
    return [*days.values(), *lines[-kept:]]


def link_digest(previous: str, *, position: int, entry_id: int, mac: str, key: str) -> str:
    """The digest of one link: HMAC-SHA256 in hex over the one before ("" for the first), its place, its row's number
    and that row's seal."""
    text = f"link\0{previous}\0{position}\0{entry_id}\0{mac}"
    return hmac.new(key.encode(), text.encode(), "sha256").hexdigest()


def sealed(fields: dict[str, object], *, key: str) -> str:
    """The seal over every field of a trail row: "1:" (the scheme) and HMAC-SHA256 in hex.

    Fields are serialised as JSON with sorted names, no spaces and times in UTC.
    """
    text = json.dumps(canonical(fields), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return "1:" + hmac.new(key.encode(), text.encode(), "sha256").hexdigest()
