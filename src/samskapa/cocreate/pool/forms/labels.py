"""The coordinators' forms for the group's own words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import LineField
from samskapa.ground.people.forms import no_personal_number

from ..domain.labels import LONGEST_LABEL
from ..models import Label


class LabelForm(forms.Form):
    """A new word."""

    use_required_attribute = False
    name = LineField(
        label=_("New label"),
        help_text=_(
            "One or two words. For example: Wants to lecture. Never a diagnosis, and never where somebody lives."
        ),
        max_length=LONGEST_LABEL,
        validators=[no_personal_number],
        error_messages={"required": _("Write a word."), "max_length": _("At most %(limit_value)s characters.")},
    )


class MemberLabelsForm(forms.Form):
    """Which words a member has. The hidden field says what the page showed, so that of two who choose at the same time
    neither undoes what the other did."""

    use_required_attribute = False
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    labels = forms.MultipleChoiceField(
        label=_("Labels"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The member reads them. They only describe, and decide nothing."),
        error_messages={"invalid_choice": _("Somebody has just removed one of the labels. Choose anew.")},
    )

    def __init__(self, *args: Any, labels: list[Label], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["labels"].choices = [(str(label.pk), label.name) for label in labels]  # type: ignore[attr-defined]

    def clean_shown(self) -> set[int]:
        sent = self.cleaned_data["shown"].split(",")
        return {int(each) for each in sent if each.isascii() and each.isdecimal() and len(each) < 16}

    def clean_labels(self) -> set[int]:
        return {int(each) for each in self.cleaned_data["labels"]}
