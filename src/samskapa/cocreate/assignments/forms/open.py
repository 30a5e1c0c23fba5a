"""Questions to the host."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samskapa.ground.people.forms import no_personal_number

from ..domain.applying import LONGEST_ANSWER, LONGEST_QUESTION, LONGEST_REASON


def words(label, longest: int, *, help_text="", required: bool = True, rows: int = 5) -> forms.CharField:
    """A field for some sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[no_personal_number],
        error_messages={"required": _("Write something here.")},
    )


class QuestionForm(forms.Form):
    text = words(
        _("Your question"),
        LONGEST_QUESTION,
        help_text=_(
            "The question and the answer can be read by everybody. Your name is not shown. Do not write about "
            "your health or anything else that tells who you are."
        ),
    )


class AnswerQuestionForm(forms.Form):
    text = words(
        _("Your answer"),
        LONGEST_ANSWER,
        help_text=_("Everybody can read it, beside the question, under the unit's name."),
    )


class HideForm(forms.Form):
    reason = words(
        _("Why is the question taken down?"),
        LONGEST_REASON,
        help_text=_("The one who asked gets to read this. Nobody else does."),
    )
