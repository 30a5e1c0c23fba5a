"""The form of a starting text: a field for each of the house's points, and some for points of the group's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samskapa.ground.people.forms import WordsField

from ..domain.agreement import HOUSE, MINOR, OWN_KEYS, Worded
from ..queries.agreement_words import HEADINGS, POINTS, contact_mark
from .questions import radio

#: Well under what a point may hold, so that what the group says of pay has room too.
LONGEST = 1000


class StartingTextForm(forms.Form):
    """Who leaves a field empty leaves the point out."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in HOUSE:
            self.fields[line.key] = _words(line.key)
        self.fields["contact"].help_text = _("Write %(mark)s where the name comes.") % {"mark": contact_mark()}
        self.fields["pay"].help_text = _("What the group's page says of pay is added by itself.")
        self.fields[MINOR].required = True
        self.fields[MINOR].error_messages["required"] = _(
            "This point cannot be left out: the law asks for a guardian's yes. Say it in your own words."
        )
        for key in OWN_KEYS:
            self.fields[key] = _words(key)
            self.fields[f"{key}-heading"] = radio(
                HEADINGS, label=_("Where it is to stand"), required=False, initial="together"
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for key in OWN_KEYS:
            if cleaned.get(key) and not cleaned.get(f"{key}-heading"):
                self.add_error(f"{key}-heading", ValidationError(_("Choose where the point stands."), code="where"))
        return cleaned

    def points(self) -> list[Worded]:
        """What is written. Only where the form is valid."""
        said = self.cleaned_data
        own = [Worded(key, said[f"{key}-heading"] or "together", said[key]) for key in OWN_KEYS]
        return [*(Worded(line.key, line.heading, said[line.key]) for line in HOUSE), *own]


def initial_of(points: list[Worded], version: int) -> dict[str, Any]:
    """The form's fields for a text that is there."""
    found: dict[str, Any] = {"version": version}
    for point in points:
        found[point.key] = point.text
        if point.key in OWN_KEYS:
            found[f"{point.key}-heading"] = point.heading
    return found


def _words(key: str) -> forms.CharField:
    return WordsField(required=False, rows=3, max_length=LONGEST, label=POINTS[key])
