"""What was done about a concern; who reads, and the routine."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samskapa.ground.people.forms import PeopleField
from samskapa.ground.people.models import Person


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("What have you done?"),
        help_text=_("In a few words: whom you have talked with, and what happens next. The person can read this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RoutineForm(forms.Form):
    """Who reads, and what they do."""

    readers = PeopleField(
        label=_("Who reads when somebody writes of danger or harm?"),
        help_text=_("They get a mail at once. Choose two, so that one can be away."),
        error_messages={"required": _("Choose at least one.")},
    )
    text = forms.CharField(
        label=_("What do they do?"),
        help_text=_("Whom they call and how soon, who steps in when they are away, and what they never do alone."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args, among: QuerySet[Person], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["readers"].queryset = among  # type: ignore[attr-defined]
