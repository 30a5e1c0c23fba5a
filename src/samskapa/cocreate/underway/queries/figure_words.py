"""What is counted of the work, in words: tables of config/figures.py."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samskapa.cocreate.assignments.queries.figure_parts import IN_TIME, INFLUENCE_PROMISED, KIND, LATE, NOT_TOLD
from samskapa.ground.figures.domain import Feature, Measure, Part

from ..domain import NO_ANSWER, Kind
from .wording import BECAME, IS_SO

#: Nobody has said anything.
NONE = "none"

_FIRST = (Part(Kind.CLOSING, _("When the work ended")), Part(Kind.LATER, _("Half a year later")))
_WHICH = Feature(
    "which",
    _("First time or later"),
    _("Whether it was told when the work ended, or half a year later."),
    _FIRST,
)
CONTRIBUTIONS = Measure(
    "contributions",
    _("What became of contributions"),
    _(
        "What people with experience of their own contributed in the month before. What was taken back before it was "
        "answered is not counted."
    ),
    (
        Feature(
            "became",
            _("What became of it"),
            _("What the unit had said by the end of this month: at least a month after it was contributed."),
            (*(Part(str(key), label) for key, label in BECAME.items()), Part(NONE, _("Not answered yet"))),
        ),
        KIND,
    ),
)
RESULTS = Measure(
    "results",
    _("What the work led to"),
    _("Work with an end in which it was time, this month, to tell what it led to, or in which it was told before."),
    (
        Feature(
            "when",
            _("Told in time"),
            _(
                "Whether it was told by the day that was promised. Half a year after the work ended the unit is asked "
                "again, and then has two weeks."
            ),
            (IN_TIME, LATE, NOT_TOLD),
        ),
        _WHICH,
    ),
)
CONFIRMED = Measure(
    "confirmed",
    _("Is it as the unit told?"),
    _("People who took part and were asked that four weeks ago. They are asked twice."),
    (
        Feature(
            "answer",
            _("What they answered"),
            _("What they had said by the end of this month. No answer is never counted as a yes."),
            (*(Part(str(key), label) for key, label in IS_SO.items()), Part(NO_ANSWER, _("No answer"))),
        ),
        Feature(
            "which",
            _("What was told"),
            _("What the work led to when it ended, half a year later, or in a year of a standing group."),
            # A year's key is what the telling of a year is called.
            (*_FIRST, Part("yearly", _("A year of a standing group"))),
        ),
    ),
)
#: Each side with each answer, as parts of one feature: a feature crossed with another is none of the fixed tables.
EXPERIENCED = Measure(
    "experienced",
    _("Influence as it was"),
    _(
        "Answers of both sides, in work that was done this month, to whether those who took part could influence as "
        "much as was agreed."
    ),
    (
        Feature(
            "answer",
            _("Who says what"),
            _("Those who took part and the units, each side by itself. They answer on a scale from one to five."),
            (
                Part("representative_less", _("Took part: less than agreed (1 or 2)")),
                Part("representative_nearly", _("Took part: almost (3 or 4)")),
                Part("representative_fully", _("Took part: as much as agreed (5)")),
                Part("host_less", _("The unit: less than agreed (1 or 2)")),
                Part("host_nearly", _("The unit: almost (3 or 4)")),
                Part("host_fully", _("The unit: as much as agreed (5)")),
            ),
        ),
        INFLUENCE_PROMISED,
    ),
    # The two sides read each other's answers. Others at the unit do not, and they see its figures too.
    is_by_name=False,
)
