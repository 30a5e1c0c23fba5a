"""What is wrong with a line in which a fixed day is written."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskapa.ground.language.templatetags.reader import day

from ...domain.days import MOST_DAYS
from ...domain.reading_days import ReadDays, WrongLine

#: So many lines are named; who has pasted something else altogether is helped by no more of them.
_MOST_NAMED = 10
#: So much of a line is repeated beside what is wrong with it.
_LONGEST = 60


def wrong_days(read: ReadDays) -> list[str]:
    """What is wrong, a sentence a line. Nothing where everything was understood."""
    if read.many:
        return [
            _("You have written %(count)s days. There can be %(most)s at most; write in words when the rest are.")
            % {"count": read.many, "most": MOST_DAYS}
        ]
    said = [_wrong_line(wrong) for wrong in read.wrong[:_MOST_NAMED]]
    if rest := len(read.wrong) - len(said):
        said.append(
            ngettext("%(count)s more line is not understood.", "%(count)s more lines are not understood.", rest)
            % {"count": rest}
        )
    return said


def _wrong_line(wrong: WrongLine) -> str:
    text = wrong.text if len(wrong.text) <= _LONGEST else f"{wrong.text[:_LONGEST]}…"
    return _("Line %(number)s, “%(text)s”: %(wrong)s") % {
        "number": wrong.number,
        "text": text,
        "wrong": _what(wrong),
    }


def _what(wrong: WrongLine) -> str:
    params = dict(wrong.params)
    if "day" in params:
        params["day"] = day(params["day"])
    words = {
        "not_understood": _("we do not understand which day it is. Write for example 3 December 2026 13–15."),
        "no_such_day": _("there is no such day."),
        "no_such_hour": _("there is no such hour. Write hours between 0.00 and 23.59."),
        "no_end": _("write when it ends too, for example 13–15."),
        "ends_first": _("it ends before it begins."),
        "past": _("%(day)s is past."),
        "far": _("%(day)s is more than five years away. Is the year right?"),
        "weekday": _("the weekday does not match: it is %(day)s."),
        "twice": _("it begins at the same time as line %(other)s."),
    }
    return words[wrong.code] % params
