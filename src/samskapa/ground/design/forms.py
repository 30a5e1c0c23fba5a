"""How a form field looks everywhere, and the few widgets of our own.

Every form is drawn by `design/field.html` through `{{ form.field.as_field_group }}` or `{{ form }}`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.template import TemplateDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    """Our templates for fields and forms; Django's own for the widgets inside them."""

    field_template_name = "design/field.html"
    form_template_name = "design/form.html"

    def get_template(self, template_name: str) -> Any:
        """Our template of that name, else Django's, so that `django.forms` need not be an installed app."""
        try:
            return super().get_template(template_name)
        except TemplateDoesNotExist:
            return _DJANGO.get_template(template_name)


_DJANGO = DjangoTemplates()


@dataclass(frozen=True, slots=True)
class HintedChoice:
    """A label that carries an example or explanation, shown under it and read with it.

    Use it where a label would stand in `choices` of a RadioSelect or CheckboxSelectMultiple:
    `("dialogue", HintedChoice(_("Dialogue"), _("For example: ...")))`.
    """

    label: str | Promise
    hint: str | Promise

    def __str__(self) -> str:
        return str(self.label)


class DateInput(forms.DateInput):
    """The browser's own date picker. What was typed and cannot be read as a date is shown again as text."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if not _is_iso_date(context["widget"]["value"]):
            context["widget"]["type"] = "text"
        return context


class DateField(forms.DateField):
    """A day. Takes 2027-03-12, which the date picker sends, and 12/3/2027-like forms the reader's locale knows."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 2027-03-12"))
        kwargs.setdefault("error_messages", {}).setdefault("invalid", _("Write the date as 2027-03-12."))
        super().__init__(**kwargs)


def _is_iso_date(value: str | None) -> bool:
    """Whether a date picker can show `value`; nothing at all it can show."""
    if not value:
        return True
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True
