"""How a form field looks everywhere, and the few widgets of our own.

Every form is drawn by `design/field.html` through `{{ form.field.as_field_group }}` or `{{ form }}`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.template import TemplateDoesNotExist
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class BoundField(forms.BoundField):
    """A field on a form. A text that is too long is never cut by the browser: it is kept, and told."""

    @property
    def most_characters(self) -> int | None:
        """How long a text of several lines may be, to be said before one writes; None: none worth saying."""
        is_long = isinstance(self.field.widget, forms.Textarea)
        return getattr(self.field, "max_length", None) if is_long else None

    @property
    def aria_describedby(self) -> str | None:
        """Help (ours may be there without a help text of the form's own), then what is wrong."""
        described = super().aria_describedby
        if described is None or not self.most_characters or self.field.help_text:
            return described
        return f"{self.auto_id}_helptext {described}".strip()

    def as_widget(
        self,
        widget: forms.Widget | None = None,
        attrs: dict[str, Any] | None = None,
        only_initial: bool = False,
    ) -> SafeString:
        """Draw it. What was typed and is no number is shown again as text: a number field would hide it."""
        widget = widget or self.field.widget
        if isinstance(widget, forms.NumberInput) and not _is_number(self.value()):
            widget = copy(widget)
            widget.input_type = "text"
        return super().as_widget(widget, attrs, only_initial)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        if "maxlength" in (widget or self.field.widget).attrs:
            attrs["maxlength"] = False
        return attrs


class Renderer(TemplatesSetting):
    """Our templates for fields and forms; Django's own for the widgets inside them."""

    field_template_name = "design/field.html"
    form_template_name = "design/form.html"
    bound_field_class = BoundField

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
    """A day. Takes 2027-03-12, which the date picker sends, and what else the reader's locale writes.

    Within the years that anybody here can mean: beyond them even the time zone cannot be reckoned.
    """

    widget = DateInput
    FIRST_YEAR, LAST_YEAR = 1900, 2200

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 2027-03-12"))
        kwargs.setdefault("error_messages", {}).setdefault("invalid", _("Write the date as 2027-03-12."))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value)
        if day is not None and not self.FIRST_YEAR <= day.year <= self.LAST_YEAR:
            raise ValidationError(
                _("Write a year between %(first)s and %(last)s."),
                params={"first": self.FIRST_YEAR, "last": self.LAST_YEAR},
            )
        return day


#: So long may some sentences be, where nothing else is said.
LONGEST_TEXT = 4000
#: Categories of Unicode: control and format characters, marks that stand on a letter, and spaces.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class TextField(forms.CharField):
    """Some sentences. What cannot be seen (control characters, changed direction of writing) is left out."""

    def __init__(self, *, rows: int = 4, max_length: int = LONGEST_TEXT, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea({"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return _CONTROL.sub("", super().to_python(value) or "").replace("\r\n", "\n").strip()


class LineField(forms.CharField):
    """One line: line breaks and invisible characters become spaces. What joins the letters of a script, or the parts of
    a picture, stays; where there is nothing else there is nothing, for nobody could see it or press it."""

    def to_python(self, value: Any) -> str:
        line = " ".join(_CONTROL.sub(" ", super().to_python(value) or "").split())
        return line if any(unicodedata.category(letter) not in _UNSEEN for letter in line) else ""


def _is_iso_date(value: str | None) -> bool:
    """Whether a date picker can show `value`; nothing at all it can show."""
    if not value:
        return True
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_number(value: Any) -> bool:
    """Whether a number field can show `value`; nothing at all it can show."""
    if value in (None, ""):
        return True
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


#: Django's own messages, named here so that our catalogue says them in our words.
DJANGO_SAYS = [
    _("This field is required."),
    _("Null characters are not allowed."),
    _("Enter a valid email address."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Enter a valid date."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
]


class ExampleForm(forms.Form):
    """The gallery's form: one field of each kind."""

    name = forms.CharField(label="Vad heter du?", max_length=80)
    email = forms.EmailField(
        label="Din e-postadress", help_text="Dit skickar vi svaret. Ingen annan ser den.", required=False
    )
    why = forms.CharField(
        label="Varför behövs den egna erfarenheten?",
        help_text="Det här läser den som funderar på att vara med. "
        "Till exempel: fyra av tio ringer om sådant som redan står i kallelsen.",
        max_length=600,
        widget=forms.Textarea,
    )
    people = forms.IntegerField(label="Hur många söker ni?", min_value=1)
    answer_date = DateField(label="Senaste dag att svara", help_text="Till exempel 2027-03-12")
    phase = forms.ChoiceField(
        label="När i arbetet",
        choices=[
            ("", "Välj"),
            ("idea", "Idé"),
            ("plan", "Planering"),
            ("do", "Genomförande"),
            ("follow", "Uppföljning"),
        ],
    )
    influence = forms.ChoiceField(
        label="Hur mycket får den som är med påverka?",
        help_text="Välj det som stämmer, inte det som låter bäst.",
        widget=forms.RadioSelect,
        choices=[
            (
                "consultation",
                HintedChoice("Konsultation", "Till exempel: ni svarar på frågor om ett förslag som finns."),
            ),
            ("dialogue", HintedChoice("Dialog", "Till exempel: vi träffas flera gånger och resonerar.")),
            ("influence", HintedChoice("Inflytande", "Till exempel: vi skriver texten tillsammans.")),
        ],
    )
    access = forms.MultipleChoiceField(
        label="Vad behöver du för att kunna vara med?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("captions", "Textning"),
            ("pauses", "Paus varje halvtimme"),
            ("paper", "Material på papper"),
        ],
    )
    consent = forms.BooleanField(
        label="Jag vill bli presenterad för mottagningen",
        help_text="Du kan ändra dig när du vill, utan att säga varför.",
    )
