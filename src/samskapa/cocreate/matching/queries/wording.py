"""Criteria, gates, load and answers in words. A finding's code is worded here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskapa.cocreate.assignments.domain import Assessment
from samskapa.cocreate.assignments.queries.wording import fixed_day
from samskapa.cocreate.pool.domain import SpeaksFor, Status
from samskapa.cocreate.pool.queries.wording import word
from samskapa.ground.language.templatetags.reader import day

from ..domain import Criterion, Finding, Gate, Load, Reply, Said, Told, Verdict
from ..models import Invitation
from .elsewhere import Clash

Words = dict[str, str | Promise]

CRITERION: Words = {
    Criterion.CONTRIBUTION: gettext_lazy("Way to take part"),
    Criterion.CARE: gettext_lazy("Care they have met"),
    Criterion.AS: gettext_lazy("Experience as"),
    Criterion.LANGUAGE: gettext_lazy("Language"),
    Criterion.WHEN: gettext_lazy("Times"),
    Criterion.SPEAKS_FOR: gettext_lazy("Can speak for"),
    Criterion.FORM: gettext_lazy("On site or from home"),
    Criterion.PLACE: gettext_lazy("Place"),
    Criterion.ACCESS: gettext_lazy("What they need to take part"),
}
GATE: Words = {
    Gate.ACTIVE: gettext_lazy("Introduced, and can be asked"),
    Gate.INFORMED: gettext_lazy("Secrecy"),
    Gate.GUARDIAN: gettext_lazy("Age"),
    Gate.CONFLICT: gettext_lazy("Conflict of interest"),
}
VERDICT: Words = {
    Verdict.MET: gettext_lazy("Fits"),
    Verdict.NOT_MET: gettext_lazy("Does not fit"),
    Verdict.UNKNOWN: gettext_lazy("Do not know"),
}
#: The symbol beside the word: never alone, and read by nobody but the eye.
SYMBOL: dict[str, str] = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNKNOWN: "?"}

_WHY: Words = {
    "has": gettext_lazy("%(values)s"),
    "has_other": gettext_lazy("has told %(values)s"),
    "not_told": gettext_lazy("has not told"),
    "speaks_for": gettext_lazy("%(values)s"),
    "speaks_only_for": gettext_lazy("only %(values)s"),
    "only_on_site": gettext_lazy("needs to take part from home, and it is on site only"),
    "from_home": gettext_lazy("needs to take part from home, and can"),
    "no_need": gettext_lazy("does not need to take part from home"),
    "digital": gettext_lazy("it is by screen, so the place does not matter"),
    "same_region": gettext_lazy("lives in the same region"),
    "other_region": gettext_lazy("lives in another region"),
    "nothing_to_arrange": gettext_lazy("nothing has to be arranged"),
    "there": gettext_lazy("%(values)s: it is there"),
    "not_there": gettext_lazy("%(values)s: nothing says that it is there, so it has to be arranged"),
}
#: For whom somebody can speak, as others say it: the form says "for myself".
SPEAKS_FOR: Words = {
    SpeaksFor.ONESELF: gettext_lazy("their own experience"),
    SpeaksFor.MANDATE: gettext_lazy("an organisation that has asked them to"),
}
#: Which of the pool's tables words a criterion's values.
_TABLE = {Criterion.ACCESS: "need"}


def _listed(table: str, values: Iterable[str]) -> str:
    """Fixed answers in the middle of a sentence: an abbreviation keeps its capitals."""
    words = [str(SPEAKS_FOR[value]) if table == Criterion.SPEAKS_FOR else word(table, value) for value in values]
    return ", ".join(each if each[1:2].isupper() else each[:1].lower() + each[1:] for each in words)


def criterion_line(finding: Finding) -> str:
    """Why a criterion is met, not met or unknown."""
    table = _TABLE.get(Criterion(finding.criterion), finding.criterion)
    values = _listed(table, finding.values)
    if finding.why == "not_said":
        if finding.values:
            return _("the need does not say; has told %(values)s") % {"values": values}
        return _("the need does not say")
    return str(_WHY[finding.why]) % {"values": values}


_GATE_WHY: Words = {
    Status.BEGUN: gettext_lazy("Has not sent the answers yet, so nobody asks."),
    Status.INTERESTED: gettext_lazy("Wants to join. There has been no talk yet, and no introduction."),
    Status.TALKED: gettext_lazy("There has been a talk. The introduction is left."),
    Status.WELCOMED: gettext_lazy("The introduction is not done."),
    Status.ACTIVE: gettext_lazy("Is introduced, and can be asked."),
    Status.RESTING: gettext_lazy("Is resting, and is asked by nobody until they say so themselves."),
    Status.LEFT: gettext_lazy("Has left the group."),
    "told_of_secrecy": gettext_lazy("Has been told of secrecy."),
    "not_told_of_secrecy": gettext_lazy("Has not been told of secrecy: that part of the introduction is left."),
    "of_age": gettext_lazy("Is of age."),
    "guardian": gettext_lazy("Is under eighteen. A guardian has said yes."),
    "no_guardian": gettext_lazy("Is under eighteen, and no guardian's yes stands."),
    "does_not_matter": gettext_lazy("The need does not say that a conflict of interest matters here."),
    "asked_when_applying": gettext_lazy(
        "A conflict of interest matters here. One is asked of it when one applies, and you assess it before the choice."
    ),
    Assessment.NONE: gettext_lazy("You have found no conflict of interest."),
    Assessment.MANAGEABLE: gettext_lazy("You have found a conflict of interest that can be handled."),
    Assessment.EXCLUDES: gettext_lazy("You have found a conflict of interest that makes it impossible to take part."),
}


def gate_line(finding: Finding) -> str:
    """How it stands with a gate, as a sentence."""
    return str(_GATE_WHY[finding.why])


def why_not_line(code: str, at: datetime | None) -> str:
    """Why somebody who passes every gate is not proposed all the same. hidden: by what the reader may not know of, as
    that they are a member of another group too, or have applied."""
    if code == "hidden":
        return _("Is not asked to this assignment. Why is not shown here.")
    if code == "asked":
        return _("Was asked %(day)s. One is asked once to each assignment.") % {"day": day(at)}
    return _("Has applied or been proposed already, %(day)s.") % {"day": day(at)}


def load_line(load: Load) -> str:
    """How much somebody has been asked, as a sentence."""
    if load.last_asked is None and not load.taken:
        return _("Has never been asked.")
    said = []
    if load.last_asked is None:
        said.append(_("Has never been asked."))
    elif load.asked:
        said.append(
            ngettext(
                "Asked %(n)s time in a year, last %(day)s.", "Asked %(n)s times in a year, last %(day)s.", load.asked
            )
            % {"n": load.asked, "day": day(load.last_asked)}
        )
    else:
        said.append(_("Last asked %(day)s.") % {"day": day(load.last_asked)})
    if load.taken:
        said.append(
            ngettext("Chosen for %(n)s assignment in a year.", "Chosen for %(n)s assignments in a year.", load.taken)
            % {"n": load.taken}
        )
    return " ".join(said)


def labels_of(told: Told, *, is_minor: bool) -> list[str]:
    """What only describes, and never decides."""
    found = []
    if SpeaksFor.MANDATE in told.of("speaks_for"):
        found.append(_("Speaks for an organisation"))
    if is_minor:
        found.append(_("Under eighteen: a guide and a known adult come along"))
    return found


REPLY: Words = {
    "": gettext_lazy("Has not answered yet."),
    Reply.YES: gettext_lazy("Said yes, but has not sent the application yet."),
    Reply.NO: gettext_lazy("Said no."),
    Reply.LAPSED: gettext_lazy("Did not answer in time."),
    Reply.TAKEN_BACK: gettext_lazy("You took the question back."),
}


def reply_line(invitation: Invitation, *, has_applied: bool | None) -> str | Promise:
    """What became of an invitation, said to the coordinator. has_applied: None to who may not know of it."""
    if has_applied is None and invitation.answer == Reply.YES:
        return _("Said yes.")
    if has_applied:
        return _("Said yes and has applied.") if invitation.answer == Reply.YES else _("Has applied all the same.")
    return REPLY[invitation.answer]


#: What became of an enquiry to a group, said to who asked.
SAID: Words = {
    "": gettext_lazy("Has not answered yet."),
    Said.YES: gettext_lazy("Has said yes, and asks members."),
    Said.NO: gettext_lazy("Cannot this time."),
    Said.LAPSED: gettext_lazy("Did not answer in time."),
    Said.TAKEN_BACK: gettext_lazy("The question is taken back."),
}
#: The same, of an organisation.
SAID_OF_ORGANISATION: Words = SAID | {Said.YES: gettext_lazy("Has nominated.")}
#: The same, in a public body's documents and on a person's own page.
SAID_IN_SHORT: Words = {
    "": gettext_lazy("No answer yet"),
    Said.YES: gettext_lazy("Yes"),
    Said.NO: gettext_lazy("Not this time"),
    Said.LAPSED: gettext_lazy("No answer in time"),
    Said.TAKEN_BACK: gettext_lazy("The question is taken back."),
}


#: The same, in a person's own data.
REPLY_TO_YOU: Words = {
    "": gettext_lazy("You have not answered yet."),
    Reply.YES: gettext_lazy("You said yes."),
    Reply.NO: gettext_lazy("You said no."),
    Reply.LAPSED: gettext_lazy("The day to answer passed."),
    Reply.TAKEN_BACK: gettext_lazy("The question was taken back."),
}


def sought_lines(sought: dict[str, Any]) -> list[str]:
    """What a wave looked for, a line a kind."""
    names: Words = {
        "as": CRITERION[Criterion.AS],
        "care": CRITERION[Criterion.CARE],
        "language": CRITERION[Criterion.LANGUAGE],
        "when": CRITERION[Criterion.WHEN],
        "speaks_for": CRITERION[Criterion.SPEAKS_FOR],
        "need": gettext_lazy("There is"),
    }
    return [f"{name}: {_listed(kind, sought[kind])}" for kind, name in names.items() if sought.get(kind)]


#: So many days of a conflict in time are named; that there are more is said too.
_MOST_DAYS = 3


def clash_line(clash: Clash, *, to_member: bool = False) -> str:
    """That something else is at the same time, in a sentence. to_member: said to the one whom it concerns."""
    days = [fixed_day(each) for each in clash.days[:_MOST_DAYS]]
    if rest := len(clash.days) - len(days):
        days.append(ngettext("%(count)s more day", "%(count)s more days", rest) % {"count": rest})
    if to_member and clash.is_certain:
        said = _("%(days)s: at the same time as “%(title)s”, which you are in or have been asked about.")
    elif to_member:
        said = _("%(days)s: on the same day as “%(title)s”, which you are in or have been asked about.")
    elif clash.is_certain:
        said = _("%(days)s: at the same time as “%(title)s”, which they are in or have been asked about.")
    else:
        said = _("%(days)s: on the same day as “%(title)s”, which they are in or have been asked about.")
    said %= {"days": ", ".join(days), "title": clash.title}
    return said[:1].upper() + said[1:]
