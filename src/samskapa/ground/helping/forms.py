"""Register, begin to help, change where letters go, invite to take over."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samskapa.ground.people.forms import NameField, PhoneField, refuse_personal_number

from .queries import ASKED_IN_WORDS

ASKED = [(each.value, words) for each, words in ASKED_IN_WORDS.items()]


class _WordsField(forms.CharField):
    """A few lines without a personal number."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}))
        super().__init__(max_length=400, **kwargs)

    def clean(self, value):
        return refuse_personal_number(super().clean(value))


def postal_address_field() -> forms.Field:
    return _WordsField(
        label=_("Postal address"), required=False, help_text=_("Street, postcode and town. Letters are sent here.")
    )


class RegisterForm(forms.Form):
    """Somebody who has no e-mail."""

    name = NameField(label=_("Name"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = PhoneField(widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
    postal_address = postal_address_field()
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, initial="sv", widget=forms.RadioSelect
    )
    consent_by = forms.ChoiceField(
        label=_("How did the person say yes to being registered?"), choices=ASKED, widget=forms.RadioSelect
    )
    consent_on = forms.DateField(label=_("When?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_consent_on(self):
        day = self.cleaned_data["consent_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    def clean(self):
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("phone") and not cleaned.get("postal_address"):
            self.add_error("phone", _("Write a phone number or a postal address, so that the person can be reached."))
        return cleaned


class ContactForm(forms.Form):
    """How to reach somebody who cannot change it themselves."""

    phone = PhoneField(widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
    postal_address = postal_address_field()


class BeginForm(forms.Form):
    """How the person asked for help, and what for."""

    asked_by = forms.ChoiceField(label=_("How did the person ask for help?"), choices=ASKED, widget=forms.RadioSelect)
    purpose = _WordsField(
        label=_("What do you help with?"),
        help_text=_("A few words, for example: apply to an assignment. The person reads this."),
    )


class TakeOverForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )
