"""What is written when a need goes on: a comment, a reason, the days of publishing, the unit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import DateField
from samskapa.ground.organisations.models import Node

from .fields import WordsField


class ReasonForm(forms.Form):
    """Why it is sent back or called off."""

    use_required_attribute = False
    reason = WordsField(max_length=2000, label=_("Reason"))

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text


class CommentForm(forms.Form):
    use_required_attribute = False
    text = WordsField(
        max_length=2000,
        label=_("Your comment"),
        help_text=_("Read by everybody who writes in this need. Say what you wonder, and what would make it clearer."),
    )


class PublishForm(forms.Form):
    use_required_attribute = False
    closes_on = DateField(label=_("Last day to apply"))
    answer_by = DateField(
        label=_("Everybody who applied is answered by"), help_text=_("The date is shown to those who apply.")
    )


class UnitForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, units: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ModelChoiceField(units, label=_("The unit"), empty_label=_("Choose"))
