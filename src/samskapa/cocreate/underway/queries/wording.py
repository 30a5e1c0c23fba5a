"""The fixed answers of the work in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..domain import NO_ANSWER, Answer, Became, Moment, Spent

Words = dict[str, str | Promise]

#: What became of a contribution, as the host says it.
BECAME: Words = {
    Became.TAKEN_IN: _("Taken in"),
    Became.PARTLY: _("Partly taken in"),
    Became.NOT_TAKEN_IN: _("Not taken in"),
}
KEPT: Words = {Answer.YES: _("Yes, kept"), Answer.PARTLY: _("Partly"), Answer.NO: _("No, not kept")}
GOES_WELL: Words = {
    Answer.YES: _("It goes well"),
    Answer.PARTLY: _("Partly"),
    Answer.NO: _("Something needs to change"),
}
IS_SO: Words = {Answer.YES: _("Yes"), Answer.PARTLY: _("Partly"), Answer.NO: _("No")}
IS_SO_OR_NOT: Words = {**IS_SO, NO_ANSWER: _("No answer"), "": _("Has not answered yet")}
MOMENT: Words = {
    Moment.FIRST: _("After the first time"),
    Moment.CALL: _("A call afterwards"),
    Moment.MIDWAY: _("Half-way"),
    Moment.EXTRA: _("One more talk"),
}
SPENT: Words = {
    Spent.MEETING: _("Meeting"),
    Spent.READING: _("Reading and preparing"),
    Spent.TRAVEL: _("Travel"),
    Spent.OTHER: _("Something else"),
}
