"""What is counted of assignments, in words: the tables of config/figures.py."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samskapa.ground.figures.domain import Feature, Measure, Part

from ...queries.figure_parts import IN_TIME, INFLUENCE_PROMISED, KIND, LATE, NOT_TOLD, UNSAID
from .choices import CONTRIBUTION, FORM

PUBLISHED = Measure(
    "published",
    _("Published assignments"),
    _("Assignments that were published during the month, those that were called off later too."),
    (
        Feature(
            "contribution",
            _("Way of taking part"),
            _("What kind of work people with experience of their own were asked for."),
            (*(Part(str(key), label) for key, label in CONTRIBUTION.items()), UNSAID),
        ),
        Feature(
            "form",
            _("Where"),
            _("Whether one takes part at a place, digitally, or as one chooses."),
            (*(Part(str(key), label) for key, label in FORM.items()), UNSAID),
        ),
        INFLUENCE_PROMISED,
    ),
)
ANSWERED = Measure(
    "answered",
    _("Answers to those who applied"),
    _("People who had applied and been promised an answer by a day in the month. Who withdrew before is not counted."),
    (
        Feature(
            "when",
            _("Answer in time"),
            _("Whether the answer came by the day that was promised."),
            (
                IN_TIME,
                LATE,
                Part("none", _("No answer when the month was over")),
            ),
        ),
        Feature(
            "outcome",
            _("What the answer was"),
            _("How many were chosen, and how many were not this time."),
            (
                Part("chosen", _("Chosen")),
                Part("deputy", _("Chosen as deputy")),
                Part("not_chosen", _("Not chosen this time")),
                Part("none", _("No answer when the month was over")),
            ),
        ),
    ),
)
SETTLED = Measure(
    "settled",
    _("Settled agreements"),
    _("Agreements that both parties had confirmed every point of for the first time during the month."),
    (
        KIND,
        INFLUENCE_PROMISED,
    ),
)
TOLD_BACK = Measure(
    "told_back",
    _("Told back"),
    _("Standing groups in which it was time, this month, to tell what the work has led to."),
    (
        Feature(
            "when",
            _("Told in time"),
            _("Whether it had been told when the month was over."),
            (Part("in_time", _("Told")), NOT_TOLD),
        ),
    ),
)
