"""Features and parts of more than one measure of what is counted, in words; other apps divide by them too."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samskapa.ground.figures.domain import Feature, Part

from .wording import INFLUENCE

#: What the need left to be decided together.
UNSAID = Part("unsaid", _("To be decided together"))
INFLUENCE_PROMISED = Feature(
    "influence",
    _("Promised influence"),
    _("How much those who take part were promised that they can influence."),
    (*(Part(str(key), label) for key, label in INFLUENCE.items()), UNSAID),
)
KIND = Feature(
    "kind",
    _("Kind of assignment"),
    _("Whether it is an assignment with an end, or a council or another standing group."),
    (Part("once", _("With an end")), Part("standing", _("Standing"))),
)
IN_TIME = Part("in_time", _("In time"))
LATE = Part("late", _("Late, but within the month"))
NOT_TOLD = Part("none", _("Not told when the month was over"))
