"""Protect, and change what is hidden."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samskapa.ground.people.forms import NameField, PeopleField, PhoneField, refuse_personal_number
from samskapa.ground.people.models import Person


class PlaceField(forms.CharField):
    """Where the person lives or can be met, in their own words."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Place or postal address"))
        kwargs.setdefault("help_text", _("Only if the coordinators need it."))
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}))
        super().__init__(max_length=400, required=False, **kwargs)

    def clean(self, value):
        return refuse_personal_number(super().clean(value))


class CoordinatorsForm(forms.Form):
    """Who may see the details: at least one."""

    coordinators = PeopleField(
        label=_("Who may see the details?"),
        help_text=_("Choose at least one. Nobody else sees them."),
        error_messages={"required": _("Choose at least one coordinator, so that the person can be reached.")},
    )

    def __init__(self, *args, among: QuerySet[Person], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coordinators"].queryset = among  # type: ignore[attr-defined]


class ProtectForm(CoordinatorsForm):
    place = PlaceField()


class DetailsForm(CoordinatorsForm):
    """The true details, and who may see them."""

    name = NameField(label=_("Name"))
    phone = PhoneField()
    place = PlaceField()

    field_order: tuple[str, ...] = ("name", "phone", "place", "coordinators")


class CoordinatorsDetailsForm(DetailsForm):
    """As a named coordinator changes them: the address too, once she has made sure of it."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Make sure, by phone or face to face, that it is the person's own. With it one logs in."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )

    field_order = ("name", "email", "phone", "place", "coordinators")
