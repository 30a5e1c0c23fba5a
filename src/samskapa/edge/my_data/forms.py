"""Take back a yes, be forgotten, note a death."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: The words that say that one means it, in the reader's language.
MEANT = _("forget me")
#: A death is noted for a day that is not longer ago than this.
LONGEST_AGO = timedelta(days=366 * 5)


class ConsentForm(forms.Form):
    """Which yes is taken back."""

    kind = forms.SlugField()
    key = forms.SlugField()
    thing = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class ForgetForm(forms.Form):
    """The words, typed by hand: nobody is forgotten by a slip of the finger."""

    words = forms.CharField(
        label=_("Write “forget me”"),
        help_text=_("Capitals do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_words(self) -> str:
        words = " ".join(self.cleaned_data["words"].casefold().split()).strip("“”\"'.")
        if words != gettext(str(MEANT)).casefold():
            raise forms.ValidationError(_("Write the two words “forget me”, so that we know that you mean it."))
        return words


class PersonSearchForm(forms.Form):
    """Whom it is about."""

    name = forms.CharField(label=_("Name or e-mail"), max_length=100, min_length=2)


class DeathForm(forms.Form):
    """The day, and that one is sure."""

    died_on = forms.DateField(
        label=_("Which day did the person die?"),
        help_text=_("If you do not know the day, write the day when you were told."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    sure = forms.BooleanField(
        label=_("I am sure who it is, and have it from somebody who knows."),
        error_messages={"required": _("Tick the box when you are sure.")},
    )

    def clean_died_on(self):
        day, today = self.cleaned_data["died_on"], timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("The day has not come yet."))
        if today - day > LONGEST_AGO:
            raise forms.ValidationError(_("That is a long time ago. Look at the year once more."))
        return day
