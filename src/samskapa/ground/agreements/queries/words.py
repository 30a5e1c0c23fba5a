"""Where a line stands, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samskapa.ground.language.templatetags.reader import day

from ..domain import Side, Standing, Status, Verdict

#: Gives the name by which a party is called on the page: "Anna", "Höftmottagningen".
Names = Callable[[Any], str]

#: A party to a sister agreement, who wrote a common line: never named.
STRANGER = gettext_lazy("one of the patient representatives")


def day_of(at: datetime) -> str:
    """ "måndag 30 november" in the reader's language; the year is said when it is not this one."""
    return day(at)


def begin(sentence: str) -> str:
    """With a capital first letter."""
    return sentence[:1].upper() + sentence[1:]


@dataclass(frozen=True, slots=True)
class Cast:
    """The parties of one agreement, as the one who reads calls them. `viewer`: the reader's own party, or
    None."""

    parties: dict[int, Any]
    name_of: Names
    viewer: int | None = None
    stranger: Any = STRANGER

    def name(self, party: int | None, *, is_object: bool = False) -> str:
        """ "you", a party's name, or the word for somebody from a sister agreement. is_object: "waiting for
        you", which is another word than "you wrote" in Swedish."""
        if party is not None and party == self.viewer:
            return pgettext("object", "you") if is_object else pgettext("subject", "you")
        if party in self.parties:
            return self.name_of(self.parties[party])
        return str(self.stranger)

    def names(self, parties: Iterable[int], *, is_object: bool = False) -> str:
        """ "you, Anna and Höftmottagningen", oneself first."""
        oneself_first = sorted(parties, key=lambda party: (party != self.viewer, party))
        ordered = [self.name(party, is_object=is_object) for party in oneself_first]
        if len(ordered) < 2:
            return "".join(ordered)
        return _("%(some)s and %(last)s") % {"some": ", ".join(ordered[:-1]), "last": ordered[-1]}

    def owner(self, side: str, owner: int | None, binds: Iterable[int]) -> str:
        """Whose promise a line is: its owner, or those it binds on its side, or all together."""
        if owner is not None:
            return begin(self.name(owner))
        on_side = [p for p in binds if p in self.parties and self.parties[p].side == side]
        if side == Side.BOTH or not on_side:
            return _("Together")
        return begin(self.names(on_side))


def state(found: Standing, cast: Cast) -> str:
    """The short sentence: who has confirmed, or who is waited for."""
    if found.status is Status.WAITING:
        return _("Waiting for %(names)s") % {"names": cast.names(found.owes, is_object=True)}
    if found.status is Status.NOT_AGREED:
        return _("Not agreed")
    if found.status is Status.LEFT_OPEN:
        return _("Not agreed, and left that way by choice")
    if found.status is Status.REMOVED:
        return _("Removed, confirmed by everybody it binds")
    if found.status is Status.FALLEN and found.applying is None:
        return _("Taken back, and no longer part of the agreement")
    if len(found.binds) == 2:
        return _("Both have confirmed")
    return _("Everybody it binds has confirmed") if len(found.binds) > 2 else _("Confirmed")


def detail(found: Standing, cast: Cast, *, reason: str) -> str:
    """The longer sentence beside it: who wrote or objected, when, and why. `reason`: of the newest
    revision, if seen."""
    if found.status is Status.WAITING:
        return " ".join(said for said in (_written(found, cast, reason), _confirmed(found, cast)) if said)
    if found.status is Status.NOT_AGREED:
        return _objected(found, cast)
    settled = day_of(found.settled_at) if found.settled_at else ""
    if found.status is Status.FALLEN and found.applying is not None:
        return _("A proposed change was taken back on %(day)s. The text stands as it was.") % {"day": settled}
    if found.status is Status.LEFT_OPEN and found.applying is not None:
        return _("Since %(day)s. The earlier text goes on applying.") % {"day": settled}
    return begin(settled)


def _written(found: Standing, cast: Cast, reason: str) -> str:
    values = {"who": cast.name(found.newest.by), "day": day_of(found.newest.at), "reason": reason}
    if found.newest.by is None and reason:
        return _("Drafted on %(day)s for you to read and change: “%(reason)s”") % values
    if found.newest.by is None:
        # Once somebody has confirmed it, that is the news.
        return "" if _confirmed(found, cast) else _("Drafted on %(day)s for you to read and change.") % values
    if found.newest.removed:
        if reason:
            return begin(_("%(who)s proposed on %(day)s to remove the point: “%(reason)s”") % values)
        return begin(_("%(who)s proposed on %(day)s to remove the point.") % values)
    if found.newest.number == 1:
        if reason:
            return begin(_("%(who)s wrote the point on %(day)s: “%(reason)s”") % values)
        return begin(_("%(who)s wrote the point on %(day)s.") % values)
    if reason:
        return begin(_("%(who)s proposed the text on %(day)s: “%(reason)s”") % values)
    return begin(_("%(who)s proposed the text on %(day)s.") % values)


def _confirmed(found: Standing, cast: Cast) -> str:
    """Who has confirmed the newest text already, the one who wrote it aside."""
    yes = [
        party
        for party, said in found.words.items()
        if said.verdict == Verdict.CONFIRMED and party != found.newest.by and party not in found.owes
    ]
    return begin(_("%(names)s confirmed.") % {"names": cast.names(yes)}) if yes else ""


def _objected(found: Standing, cast: Cast) -> str:
    said = found.objection
    if said is None:
        return ""
    values = {"who": cast.name(said.party), "day": day_of(said.at), "reason": said.reason}
    if said.reason:
        told = _("%(who)s said on %(day)s: “%(reason)s”") % values
    else:
        told = _("%(who)s said no on %(day)s.") % values
    waiting = _("The answer is waited for from %(names)s.") % {"names": cast.names(found.owes, is_object=True)}
    return f"{begin(told)} {waiting}"


def next_step(waiting_for_me: list[int], others: Iterable[int], cast: Cast, *, settled: bool, version: int) -> str:
    """The first sentence of the page: what the reader does now, or who is waited for. `waiting_for_me`:
    numbers of points."""
    if waiting_for_me:
        if len(waiting_for_me) == 1:
            return _("Read point %(number)s. It is waiting for your answer.") % {"number": waiting_for_me[0]}
        return _("Read the %(count)s points that are waiting for your answer, and confirm those you agree with.") % {
            "count": len(waiting_for_me)
        }
    if settled and version:
        return _("You have nothing to do. Everything is settled, and version %(number)s is valid.") % {
            "number": version
        }
    if others := list(others):
        if cast.viewer is None:
            return _("The next step is to answer: %(names)s.") % {"names": cast.names(others)}
        return _("You have nothing to do now. The next answer comes from %(names)s.") % {
            "names": cast.names(others, is_object=True)
        }
    return _("There are no points yet. Write the first one.")
