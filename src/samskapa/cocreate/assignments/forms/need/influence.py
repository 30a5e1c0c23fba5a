"""The questions of influence: how much, whose knowledge is included, who might lose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...domain import Influence, Source
from .. import wording
from .fields import WordsField, radio
from .part import PartForm


class InfluenceForm(PartForm):
    key = "influence"
    influence = radio(wording.INFLUENCE, label=_("Choose the step that is true"))
    influence_how = WordsField(
        required=False,
        rows=3,
        label=_("How one will notice it"),
        help_text=_("What can be changed, who decides in the end, and how you explain if it turns out otherwise."),
    )
    influence_reason = WordsField(
        required=False,
        rows=3,
        label=_("If you chose information: why is it an assignment all the same?"),
        help_text=_(
            "Where nothing can be influenced it is better to inform, for example at an open meeting. Leave this empty"
            " for the other steps."
        ),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("influence") != Influence.INFORMATION:
            self.cleaned_data["influence_reason"] = ""
        return cleaned


class SourcesForm(PartForm):
    key = "sources"
    sources_present = forms.MultipleChoiceField(
        required=False,
        choices=list(wording.SOURCE.items()),
        widget=forms.CheckboxSelectMultiple,
        label=_("Tick what is included today"),
    )
    sources_note = WordsField(required=False, rows=3, label=_("What is missing, and how does it come in?"))

    def clean_sources_present(self) -> list[str]:
        chosen = set(self.cleaned_data["sources_present"])
        return [source.value for source in Source if source.value in chosen]


class HarmForm(PartForm):
    key = "harm"
    harm = WordsField(rows=3, label=_("Who might lose, or not be heard?"))
    harm_action = WordsField(required=False, rows=3, label=_("What do you do about it?"))
