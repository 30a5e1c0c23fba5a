"""What a unit says of its figures."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samskapa.ground.people.forms import refuse_personal_number

#: As long as one screen; the figures are the matter.
LONGEST = 1000


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("What should be known about these figures?"),
        help_text=_("It is shown beside them, to everybody who sees them. Do not write about single people."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_text(self) -> str:
        return refuse_personal_number(self.cleaned_data["text"])
