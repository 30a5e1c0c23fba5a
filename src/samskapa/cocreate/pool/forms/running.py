"""The coordinators' forms: the group's page, the first talk, notes, contact person, introduction, under eighteen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import DateField, LineField
from samskapa.ground.people.forms import WordsField
from samskapa.ground.people.models import Person, display_name

from ..domain import LOWEST_AGES, NoteKind
from ..queries import wording
from .questions import radio, several

#: A check-in further away than this is a slip of the finger.
FURTHEST = timedelta(days=2 * 366)


class GroupForm(forms.Form):
    """What the group's page says, and who may join."""

    use_required_attribute = False
    name = LineField(label=_("Name of the group"), max_length=120)
    about = WordsField(
        required=False,
        rows=6,
        label=_("About the group"),
        help_text=_("What the members do, how often they are asked, and what has come of it. Everybody reads it."),
    )
    pay = WordsField(
        required=False,
        rows=3,
        label=_("What is paid"),
        help_text=_(
            "In short, with a link to your guideline if there is one. It stands on the page and in agreements."
        ),
    )
    lowest_age = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        label=_("Lowest age"),
        help_text=_(
            "For somebody under eighteen a guardian's yes, a guide and a known adult are noted before welcome."
        ),
        choices=[(age, _("%(age)s years") % {"age": age}) for age in LOWEST_AGES],
    )
    is_open = forms.BooleanField(required=False, label=_("One can join now"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "about", "pay", "lowest_age", "is_open")}


def _past_day() -> DateField:
    return DateField(label=_("Day"))


class _DayForm(forms.Form):
    use_required_attribute = False

    def clean_on_day(self) -> date:
        day: date = self.cleaned_data["on_day"]
        if day > timezone.localdate():
            raise ValidationError(_("That day has not come yet. Write the day when it was."), code="ahead")
        return day


class TalkForm(_DayForm):
    on_day = _past_day()
    text = WordsField(
        required=False,
        rows=6,
        label=_("What you want to remember of the talk"),
        help_text=_("The member reads it on their own page. Nothing needs to be noted."),
    )


class _CheckInForm(forms.Form):
    """A form that puts in when one checks in next. It stands where the form has it, `field_order`."""

    next_check_in = DateField(required=False, label=_("Next check-in"))

    def clean_next_check_in(self) -> date | None:
        day: date | None = self.cleaned_data["next_check_in"]
        if day and "next_check_in" in self.changed_data:
            if day < timezone.localdate():
                raise ValidationError(_("That day is past. Write a day that is still to come."), code="past")
            if day > timezone.localdate() + FURTHEST:
                raise ValidationError(_("That is more than two years away. Is the year right?"), code="far")
        return day


class NoteForm(_DayForm, _CheckInForm):
    field_order = ("kind", "on_day", "text", "next_check_in")
    kind = radio({kind: wording.NOTE[kind] for kind in (NoteKind.CHECK_IN, NoteKind.NOTE)}, label=_("What it is"))
    on_day = _past_day()
    text = WordsField(rows=5, label=_("Text"), help_text=_("The member reads it on their own page."))


class NoteAnswerForm(forms.Form):
    use_required_attribute = False
    text = WordsField(rows=5, label=_("Your answer"), help_text=_("The coordinators of the group read it."))


class ContactForm(forms.Form):
    use_required_attribute = False
    contact = forms.ChoiceField(label=_("Contact person"), help_text=_("Whom the member turns to, by name."))

    def __init__(self, *args: Any, coordinators: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in coordinators}
        self.fields["contact"].choices = [(pk, display_name(each)) for pk, each in self.people.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["contact"]]


class WelcomeForm(ContactForm, _CheckInForm):
    """Whom the member turns to, and when the two first check in."""

    field_order = ("contact", "next_check_in")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["next_check_in"]
        day.label = _("First check-in")
        day.help_text = _("Three months from now, if you do not choose another day. The member sees it.")


class IntroductionForm(forms.Form):
    points = several(dict(wording.INTRODUCTION), label=_("What you have gone through together"))


class MinorForm(forms.Form):
    use_required_attribute = False
    guardian = LineField(
        max_length=300, label=_("Guardian"), help_text=_("Name, and a phone number or an address. All guardians agree.")
    )
    guide = LineField(max_length=300, label=_("Guide"), help_text=_("Somebody here who is there for the member alone."))
    adult = LineField(max_length=300, label=_("Known adult at meetings"))
    agrees = forms.BooleanField(
        label=_("The guardian has said yes"),
        help_text=wording.GUARDIAN_CONSENT,
        error_messages={"required": _("Without a guardian's yes somebody under eighteen cannot be welcomed.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)


class GuardianEndedForm(_DayForm):
    said_by = LineField(
        max_length=200, label=_("Who said so"), help_text=_("Name, and how: by phone for example. The member reads it.")
    )
    on_day = _past_day()
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)


class NoForm(forms.Form):
    use_required_attribute = False
    word = WordsField(
        rows=5, label=_("What you want to say"), help_text=_("It is sent to the person. Be kind, and say why.")
    )
