"""Whom a coordinator asks about."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import LineField


class LookUpForm(forms.Form):
    """A name, spelt as well as one can. What cannot be understood finds nobody."""

    use_required_attribute = False
    name = LineField(
        label=_("Name"),
        max_length=100,
        error_messages={"required": _("Write a name, or a part of one.")},
        help_text=_("As you call the member in the group. It need not be spelt right."),
    )

    def said(self) -> str:
        """What was written; "" where it cannot be a name."""
        return str(self.cleaned_data["name"]) if self.is_valid() else ""
