"""The questions of why and what: heading, reason, task, how far the work has come, way to contribute."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .. import wording
from .fields import LineField, WordsField, radio
from .part import PartForm


class TitleForm(PartForm):
    key = "title"
    title = LineField(max_length=120, label=_("Heading"), help_text=_("A few words, at most 120 characters."))


class WhyForm(PartForm):
    key = "why"
    why = WordsField(label=_("Why you need people with lived experience"))


class ExpectedForm(PartForm):
    key = "expected"
    expected = WordsField(label=_("What they do"))


class PhaseForm(PartForm):
    key = "phase"
    phase = radio(wording.PHASE, label=_("Where the work is"))


class ContributionForm(PartForm):
    key = "contribution"
    contribution = radio(wording.CONTRIBUTION, label=_("Way to contribute"))
