"""A form for each step. What is typed is kept whatever is wrong with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samskapa.cocreate.pool.domain import LOWEST_AGES
from samskapa.ground.design.forms import DateField, LineField
from samskapa.ground.people.forms import WordsField

from .domain import step

#: Further away than this a day is a slip of the finger.
FURTHEST = timedelta(days=2 * 366)


class StepForm(forms.Form):
    """key: of domain.STEPS; its columns are the fields."""

    use_required_attribute = False
    key = ""
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def values(self) -> dict[str, Any]:
        """Column -> what was written."""
        return {column: self.cleaned_data.get(column) for column in step(self.key).columns}

    @property
    def based_on(self) -> int:
        return self.cleaned_data.get("version") or 0


class PurposeForm(StepForm):
    key = "purpose"
    purpose = WordsField(rows=5, label=_("What should get better, and for whom"))


class TogetherForm(StepForm):
    key = "together"
    patients = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=1000,
        label=_("How many have experience of their own, as patients, service users or relatives"),
    )
    together = WordsField(
        required=False, rows=4, label=_("Who is in"), help_text=_("Say in what way they are in. Do not write names.")
    )


class RelationForm(StepForm):
    key = "relation"
    relation = WordsField(required=False, rows=4, label=_("How you say it to each other when something does not work"))


class RespectForm(StepForm):
    key = "respect"
    respect = WordsField(required=False, rows=4, label=_("What each of you knows, and how it is seen"))


class WordsForm(StepForm):
    key = "words"
    about = WordsField(rows=7, label=_("About the group"), help_text=_("Everybody reads it."))


class HostingForm(StepForm):
    key = "hosting"
    hosting = WordsField(required=False, rows=4, label=_("How a member is received"))


class TryingForm(StepForm):
    key = "trying"
    first_try = WordsField(required=False, rows=4, label=_("What you try first"))
    look_back_on = DateField(required=False, label=_("The day when you look back together"))

    def clean_look_back_on(self):
        day = self.cleaned_data["look_back_on"]
        if day and "look_back_on" in self.changed_data:
            if day < timezone.localdate():
                raise ValidationError(_("That day is past. Write a day that is still to come."), code="past")
            if day > timezone.localdate() + FURTHEST:
                raise ValidationError(_("That is more than two years away. Is the year right?"), code="far")
        return day


class PayForm(StepForm):
    key = "pay"
    pay = WordsField(
        required=False,
        rows=3,
        label=_("What is paid"),
        help_text=_(
            "In short, with a link to your guideline if there is one. It stands on the page and in agreements."
        ),
    )


class JoiningForm(StepForm):
    key = "form"
    name = LineField(label=_("Name of the group"), max_length=120)
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


class NeedForm(StepForm):
    key = "need"
    need_title = LineField(
        max_length=120,
        label=_("What is it about?"),
        help_text=_("A few words, at most 120 characters. You can change them later."),
    )
    need_why = WordsField(required=False, rows=4, label=_("Why experience of one's own is needed"))


FORMS: dict[str, type[StepForm]] = {
    form.key: form
    for form in (
        PurposeForm,
        TogetherForm,
        RelationForm,
        RespectForm,
        WordsForm,
        HostingForm,
        TryingForm,
        PayForm,
        JoiningForm,
        NeedForm,
    )
}
