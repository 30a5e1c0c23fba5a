"""What a letter says."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import LineField
from samskapa.ground.people.forms import WordsField, no_personal_number

from .domain import LONGEST_TEXT, LONGEST_TITLE


class LetterForm(forms.Form):
    """Heading and text, for many."""

    use_required_attribute = False
    title = LineField(
        label=_("Heading"),
        help_text=_("What it is about. It may be read by others on its way: name nobody, and no illness."),
        max_length=LONGEST_TITLE,
        validators=[no_personal_number],
        error_messages={"required": _("Write a heading."), "max_length": _("At most %(limit_value)s characters.")},
    )
    text = WordsField(
        label=_("Text"),
        rows=10,
        max_length=LONGEST_TEXT,
        help_text=_("Plain words, and say by when, if there is a day. Never anything about one of them."),
        error_messages={"required": _("Write a text.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)


class SendForm(forms.Form):
    """What the page showed: which version, and whom."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)
    mark = forms.CharField(widget=forms.HiddenInput, max_length=64)
