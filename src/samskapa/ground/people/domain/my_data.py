"""What a person's own data are made of: what is shown of them and taken along, what consent was given, what must be
settled first, and how long each kind is kept. Each app answers in these words; config/personal_data.py lists them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from samskapa.ground.core.domain import BLANKED as BLANKED  # what stands where somebody's own words stood

#: How long before something is blanked the person is told of it, and sees it on their page.
SHOWN_BEFORE = timedelta(days=30)
#: How long a death can be taken back by the one who noted it, and the ways in lie locked instead of removed.
DEATH_TAKEN_BACK = timedelta(days=30)
#: The moment of what still goes on.
GOES_ON = None


class StillOpen(Exception):
    """Something must be settled before the person can be forgotten. `matters` says what."""

    def __init__(self, matters: list[Matter]):
        super().__init__([matter.what for matter in matters])
        self.matters = matters


class NotGiven(Exception):
    """A consent that was never given, is taken back already, or cannot be taken back this way."""


class GoneAlready(Exception):
    """The person is forgotten, or has died."""


class TooLate(Exception):
    """The time in which it could be undone has passed."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. key: what it is called in JSON, for ever the same. label: what a person reads. value: a text, number,
    yes or no, a moment, a day, None, or a list of these; already in words where it has any."""

    key: str
    label: Any
    value: Any


@dataclass(frozen=True, slots=True)
class Row:
    """One thing held about a person, such as an application. title: what it is called on a page."""

    title: Any
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """Something that a person has said yes to. key and thing_id: what `take_back` is told. title: to what. what: what
    it lets others do. follows: what happens when it is taken back."""

    key: str
    thing_id: int
    title: str
    what: Any
    follows: Any
    given_at: datetime | None


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that goes on while the person asks to be forgotten.

    what: a sentence. path: where it is settled, "" if nowhere. blocks: they must settle it first; else it is ended for
    them.
    """

    what: str
    path: str = ""
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A thing of a kind of data whose time counts from `at`. person_id: whose it is, who is told before; None: nobody's
    account. title: what it is called."""

    thing_id: int
    person_id: int | None
    at: datetime
    title: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long something is kept, and what is done then.

    months: how many whole months, counted from what `since` says in words ("you had your answer").
    due: dotted path of a query: (limit: datetime) -> list[Due], all whose moment is at or before the limit.
    carry_out: dotted path of a service: (thing_id, *, limit, by, now) -> bool, one thing, looking again under its lock;
    whether it did anything. tells: whether the person is told SHOWN_BEFORE; not where it is nothing that they wrote
    or could miss.
    """

    months: int
    since: Any
    due: str
    carry_out: str
    tells: bool = True


@dataclass(frozen=True, slots=True)
class DataKind:
    """A kind of personal data: a row of config/personal_data.py, and of the person's own page.

    models: every table it covers, as "app_label.Model". stays: how long, in words, where no `retention` counts months.
    kept: what is left when the person is forgotten, who keeps it and by which rule; "" where nothing is.
    The rest are dotted paths, "" where there is nothing to do:
    rows: (person_id) -> list[Row], everything of the kind. matters: (person_id) -> list[Matter].
    consents: (person_id) -> list[Consent]; take_back: (person_id, *, key, thing_id, by, now).
    last_use: (person_ids) -> {person_id: the last moment, or GOES_ON}.
    end: (person_id, *, died, by, now), what stops when somebody has died or is forgotten.
    keep: (person_id, *, by, now), writes down what the law wants kept before the account is blanked.
    blank: (person_id, *, by, now).
    """

    key: str
    title: Any
    what: Any
    why: Any
    models: tuple[str, ...]
    rows: str = ""
    stays: Any = ""
    kept: Any = ""
    retention: Retention | None = None
    matters: str = ""
    consents: str = ""
    take_back: str = ""
    last_use: str = ""
    end: str = ""
    keep: str = ""
    blank: str = ""


def months_before(moment: datetime, months: int) -> datetime:
    """The same clock time that many months earlier; the last day of a shorter month stands for a day that it lacks."""
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=years, month=month + 1, day=min(moment.day, monthrange(years, month + 1)[1]))


def months_after(moment: datetime, months: int) -> datetime:
    """The first moment `now` at which `months_before(now, months)` has reached `moment`. What a month lacks is the
    first day of the next: nothing goes before a whole month has passed."""
    later = months_before(moment, -months)
    return later if later.day == moment.day else later + timedelta(days=1)


def latest(moments: list[datetime | None]) -> datetime | None:
    """The latest of some moments; GOES_ON where one of them is. Raises ValueError where there are none."""
    if not moments:
        raise ValueError("no moments")
    known = [moment for moment in moments if moment is not None]
    return max(known) if len(known) == len(moments) else GOES_ON
