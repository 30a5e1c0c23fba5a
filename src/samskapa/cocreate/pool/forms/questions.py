"""One form per question of joining."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import LineField
from samskapa.ground.organisations.queries import municipalities
from samskapa.ground.people.domain import looks_like_personal_number
from samskapa.ground.people.forms import WordsField

from ..domain import Age, Reach, ages_from, question
from ..models import Member
from ..queries import wording
from ..queries.members import organisations_to_choose

_LINE = 150


def radio(words: dict[Any, Any], **kwargs: Any) -> forms.ChoiceField:
    errors = {"required": _("Choose one of the answers."), "invalid_choice": _("Choose one of the answers.")}
    return forms.ChoiceField(
        choices=[(str(key), text) for key, text in words.items()],
        widget=forms.RadioSelect,
        error_messages=errors,
        **kwargs,
    )


def several(words: dict[Any, Any], **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=[(str(key), text) for key, text in words.items()],
        widget=forms.CheckboxSelectMultiple,
        required=kwargs.pop("required", False),
        error_messages={"required": _("Choose at least one.")},
        **kwargs,
    )


def _node(rows: Any, **kwargs: Any) -> forms.TypedChoiceField:
    choices = [("", _("Not chosen")), *((node.pk, node.name) for node in rows)]
    return forms.TypedChoiceField(required=False, coerce=int, empty_value=None, choices=choices, **kwargs)


def _no_personal_number(text: str) -> str:
    if looks_like_personal_number(text):
        raise ValidationError(_("Leave out the personal identity number. It is not needed here."), code="number")
    return text


class QuestionForm(forms.Form):
    """An answer to one question; its fields are called as what they are stored in."""

    use_required_attribute = False
    key = ""
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        for field in self.fields.values():
            field.error_messages.setdefault("max_length", _("At most %(limit_value)s characters."))

    @property
    def based_on(self) -> int:
        return self.cleaned_data.get("version") or 0

    def values(self) -> dict[str, Any]:
        """The answer as the service takes it."""
        return {name: self.cleaned_data.get(name) for name in question(self.key).names}


class NameForm(QuestionForm):
    key = "name"
    called = LineField(
        label=_("Name"), max_length=_LINE, error_messages={"required": _("Write a name, any that you like.")}
    )

    def clean_called(self) -> str:
        return _no_personal_number(self.cleaned_data["called"])


class ReachForm(QuestionForm):
    key = "reach"
    reach_by = radio(wording.REACH, label=_("How you want to be reached"))
    reach_at = LineField(
        label=_("Phone number or postal address"),
        required=False,
        max_length=300,
        help_text=_("Not needed for e-mail: then we use the address that you log in with."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        means = _("It goes for what the group writes to you. With phone or letter a coordinator calls you or posts it.")
        also = _("Codes to log in, and what is about your account, still come by e-mail.")
        has_mail = self.member.person.email is not None
        self.fields["reach_by"].help_text = f"{means} {also}" if has_mail else means

    def clean_reach_at(self) -> str:
        return _no_personal_number(self.cleaned_data["reach_at"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        by = given.get("reach_by")
        if by == Reach.EMAIL and not self.member.person.email:
            self.add_error("reach_by", _("There is no e-mail address here. Choose phone or letter."))
        if by in (Reach.PHONE, Reach.LETTER) and not given.get("reach_at") and "reach_at" not in self.errors:
            missing = _("Write the phone number.") if by == Reach.PHONE else _("Write the postal address.")
            self.add_error("reach_at", missing)
        if by == Reach.EMAIL:
            given["reach_at"] = ""  # what is not needed is not kept
        return given


class AgeForm(QuestionForm):
    key = "age"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lowest = self.member.group.lowest_age
        self.fields["age"] = radio({age: wording.AGE[age] for age in ages_from(lowest)}, label=_("Your age"))
        if lowest > Age.FROM_13.youngest:
            self.fields["age"].help_text = _("In this group one is at least %(age)s years old.") % {"age": lowest}


class MunicipalityForm(QuestionForm):
    key = "municipality"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality_id"] = _node(municipalities(), label=_("Municipality"))


class GenderForm(QuestionForm):
    key = "gender"
    gender = radio(wording.GENDER, required=False, label=_("I am"))


class AsForm(QuestionForm):
    key = "as"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as"] = several(wording.AS, required=True, label=_("I have experience as"))


class ExperienceForm(QuestionForm):
    key = "experience"
    experience = WordsField(
        required=False,
        rows=6,
        label=_("In your own words"),
        help_text=_("For example: I have been to the emergency ward many times with my mother."),
    )
    care = several(wording.CARE, label=_("Forms of care that you have met"))


class DiagnosisForm(QuestionForm):
    key = "diagnosis"
    diagnosis = WordsField(
        required=False,
        rows=2,
        label=_("Diagnosis or illness"),
        help_text=_("Leave it empty if you would rather not say. It makes no difference to whether you may join."),
    )
    agrees = forms.BooleanField(required=False, label=wording.DIAGNOSIS_CONSENT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_agreed = self.member.diagnosis_consent_id is not None
        if self.has_agreed:
            del self.fields["agrees"]

    @property
    def consent(self) -> str:
        """The words that were said yes to, in the language in which they were read."""
        return str(wording.DIAGNOSIS_CONSENT) if self.cleaned_data.get("agrees") else ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("diagnosis") and not self.has_agreed and not given.get("agrees"):
            self.add_error("agrees", _("Say yes here if we may keep it, or take away what you wrote."))
        return given


class ContributeForm(QuestionForm):
    key = "contribute"
    contribution = several(wording.CONTRIBUTION, label=_("Ways of contributing"))
    contribute_more = WordsField(required=False, rows=3, label=_("Anything else you would like to do"))


class LanguagesForm(QuestionForm):
    key = "languages"
    language = several(wording.LANGUAGE, label=_("Languages"))
    languages_more = LineField(required=False, max_length=300, label=_("Other languages"))


class NeedsForm(QuestionForm):
    key = "needs"
    need = several(wording.NEED, label=_("What you need"))
    needs_more = WordsField(required=False, rows=3, label=_("Anything else that makes it easier"))


class TimesForm(QuestionForm):
    key = "times"
    when = several(wording.WHEN, label=_("Times that suit you"))
    times_more = LineField(required=False, max_length=300, label=_("Anything else about times"))


class OrganisationForm(QuestionForm):
    key = "organisation"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation_id"] = _node(
            organisations_to_choose(),
            label=_("Organisation"),
            help_text=_("Choose none if you are not a member of any."),
        )
        self.fields["organisation_name"] = LineField(
            required=False, max_length=200, label=_("Another organisation, if yours is not in the list")
        )
        self.fields["speaks_for"] = several(wording.SPEAKS_FOR, label=_("I can be asked to speak"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        named = given.get("organisation_id") or given.get("organisation_name")
        if "mandate" in (given.get("speaks_for") or []) and not named:
            self.add_error("organisation_id", _("Choose which organisation you speak for, or write its name."))
        return given


class TrainingForm(QuestionForm):
    key = "training"
    training = WordsField(
        required=False,
        label=_("Assignments and courses"),
        help_text=_("For example: patient council 2024, a web course."),
    )


QUESTION_FORMS: dict[str, type[QuestionForm]] = {
    form.key: form
    for form in (
        NameForm,
        ReachForm,
        AgeForm,
        MunicipalityForm,
        GenderForm,
        AsForm,
        ExperienceForm,
        DiagnosisForm,
        ContributeForm,
        LanguagesForm,
        NeedsForm,
        TimesForm,
        OrganisationForm,
        TrainingForm,
    )
}
