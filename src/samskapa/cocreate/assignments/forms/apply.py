"""Applying and nominating."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from samskapa.ground.organisations.domain import Kind
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.forms import NameField
from samskapa.ground.people.queries import in_reader_order

from ..domain.applying import LONGEST_ANSWER, LONGEST_EXPERIENCE, LONGEST_REASON, Given
from ..models import ApplicantQuestion, Application, Assignment
from .open import words

YES_NO = [("no", _("No")), ("yes", _("Yes"))]
PRESENT = [
    ("wait", _("Wait until I am asked. Until then the unit sees what I write, but not who I am.")),
    ("now", _("You may show my name to the unit already now.")),
]


class ApplyForm(forms.Form):
    """What one wants to bring, the host's own questions, and what one needs.

    by_nomination: whom one speaks for is said by the nomination, and not asked.
    """

    experience = words(
        _("What of your own experience do you want to bring?"),
        LONGEST_EXPERIENCE,
        rows=8,
        help_text=_(
            "A few sentences are enough. No diagnosis is needed: you choose what you want to tell. "
            "Leave out your name if you want to wait with showing who you are."
        ),
    )

    def __init__(
        self,
        *args: Any,
        assignment: Assignment,
        questions: list[ApplicantQuestion],
        by_nomination: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[f"question_{question.pk}"] = words(
                question.text, LONGEST_ANSWER, required=question.is_required, help_text=_("The unit asks this.")
            )
        self.fields["access_needs"] = words(
            _("Is there anything you need in order to take part?"),
            LONGEST_ANSWER,
            required=False,
            rows=3,
            help_text=_(
                "For example an interpreter, captions, breaks, or somebody with you. The coordinator reads it; the "
                "unit gets to see it only if you are chosen."
            ),
        )
        if not by_nomination:
            self.fields["organisation"] = forms.ModelChoiceField(
                queryset=Node.objects.filter(
                    kind__in=[Kind.PATIENT_ORGANISATION, Kind.SECTION], closed_at=None
                ).order_by(in_reader_order(), "pk"),
                required=False,
                label=_("Whom do you speak for?"),
                empty_label=_("Myself and my own experience"),
                help_text=_("Choose an organisation only if it has asked you to speak for it."),
            )
        if assignment.conflict_matter:
            self.fields["has_conflict"] = forms.ChoiceField(
                label=_("Is there anything that could make others doubt that you are impartial?"),
                help_text=_(
                    "This is called conflict of interest. For example that you, or somebody close to you, work for a "
                    "company or own a part of one that gains or loses by what is decided. A yes does not have to mean "
                    "that you cannot take part: the coordinator looks at it, and nobody else."
                ),
                choices=YES_NO,
                widget=forms.RadioSelect,
                error_messages={"required": _("Answer yes or no.")},
            )
            self.fields["conflict_text"] = words(_("If yes: what is it?"), LONGEST_ANSWER, required=False, rows=3)
        self.fields["present"] = forms.ChoiceField(
            label=_("May the unit see your name already now?"),
            help_text=_("Your e-mail and telephone are never shown to the unit before you are chosen."),
            choices=PRESENT,
            widget=forms.RadioSelect,
            initial="wait",
            error_messages={"required": _("Choose one of the two.")},
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (
            cleaned.get("has_conflict") == "yes"
            and not cleaned.get("conflict_text")
            and "conflict_text" not in self.errors
        ):
            self.add_error("conflict_text", _("Write what it is, so that the coordinator can look at it."))
        return cleaned

    def given(self) -> Given:
        """What was written, for the service. Only after `is_valid()`."""
        cleaned = self.cleaned_data
        organisation = cleaned.get("organisation")
        return Given(
            experience=cleaned["experience"],
            answers={q.pk: cleaned[f"question_{q.pk}"] for q in self.questions},
            access_needs=cleaned["access_needs"],
            organisation_id=organisation.pk if organisation else None,
            has_conflict={"yes": True, "no": False}.get(cleaned.get("has_conflict", "")),
            conflict_text=cleaned.get("conflict_text", ""),
            present_now=cleaned["present"] == "now",
        )

    def said(self) -> list[tuple[str, str]]:
        """Each question with the answer in words, for the page where one looks through it all."""
        rows = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if isinstance(field, forms.ModelChoiceField):
                text = str(value) if value else str(field.empty_label)
            elif isinstance(field, forms.ChoiceField):
                text = next((str(label) for key, label in cast(Any, field.choices) if key == value), "")
            else:
                text = str(value or "")
            if name == "version" or (name == "conflict_text" and not text):
                continue
            rows.append((str(field.label), text))
        return rows


class ChangeForm(ApplyForm):
    """The same, of an application that exists. `version`: which one was read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


def written(application: Application) -> dict[str, Any]:
    """What an application says now, as the form takes it."""
    conflict = getattr(application, "conflict", None)
    return {
        "experience": application.experience,
        "access_needs": application.access_needs,
        "organisation": application.organisation_id,
        "has_conflict": None if conflict is None else "yes" if conflict.has_conflict else "no",
        "conflict_text": conflict.text if conflict else "",
        "present": "now" if application.presented_at else "wait",
        "version": application.version,
    } | {f"question_{answer.question_id}": answer.text for answer in application.answers.all()}


class NominateForm(forms.Form):
    name = NameField(
        label=_("The person's name"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the name.")},
    )
    email = forms.EmailField(
        label=_("The person's e-mail address"),
        max_length=254,
        help_text=_("We write there and ask. The unit sees nothing before the person has said yes."),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("Write the address as name@example.se."),
        },
    )
    reason = words(
        _("Why do you think of this person?"),
        LONGEST_REASON,
        help_text=_("The person reads this. It is not shown to the unit."),
    )
