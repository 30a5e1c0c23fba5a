"""Choosing, answering, and moving the days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import DateField

from ..domain import Assessment
from ..domain.applying import LONGEST_REASON
from ..queries.applications import Applicant
from ..queries.wording import ASSESSMENT
from .open import words


class AssessForm(forms.Form):
    assessment = forms.ChoiceField(
        label=_("Your assessment"),
        choices=[(a.value, ASSESSMENT[a]) for a in Assessment],
        widget=forms.RadioSelect,
        help_text=_("The unit sees this line, but not what the person told you."),
        error_messages={"required": _("Choose one of them.")},
    )
    text = words(_("Why, and what is done about it"), LONGEST_REASON, help_text=_("Only coordinators read this."))


class ChooseForm(forms.Form):
    """Who is chosen, how, and why. deputies: how many deputies a standing assignment seeks; 0: none."""

    def __init__(
        self, *args: Any, applicants: list[Applicant], ways: list[tuple[str, Any]], deputies: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        gone = _("One of those you chose cannot be chosen any more. Look through the list again.")
        people = [(str(a.id), _("Applicant %(number)s") % {"number": a.number}) for a in applicants if a.may_be_chosen]
        self.fields["chosen"] = forms.MultipleChoiceField(
            label=_("Who is chosen"),
            choices=people,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one."), "invalid_choice": gone},
        )
        if deputies:
            self.fields["deputies"] = forms.MultipleChoiceField(
                label=_("As deputy"),
                required=False,
                choices=people,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": gone},
            )
            # Who ticks only "as deputy" has chosen the person, too.
            self.fields["chosen"].required = False
        self.fields["method"] = forms.ChoiceField(
            label=_("How you chose"), choices=ways, widget=forms.RadioSelect if len(ways) > 1 else forms.HiddenInput
        )
        self.fields["reason"] = words(
            _("Why these"),
            LONGEST_REASON,
            help_text=_("Kept with the choice, and may be asked for. Write what you looked for and what decided it."),
        )

    @property
    def picked(self) -> tuple[list[int], list[int]]:
        """Ids of all who are chosen, and of the deputies among them."""
        deputies = [int(pk) for pk in self.cleaned_data.get("deputies", [])]
        return sorted({*(int(pk) for pk in self.cleaned_data["chosen"]), *deputies}), deputies


class AnswerForm(forms.Form):
    """An answer to one applicant. suggestion: the wording it began with, which is not enough as it stands."""

    reason = words(
        _("What you write to the person"),
        LONGEST_REASON,
        rows=8,
        help_text=_(
            "Goes by mail and stands on the person's page. Say why, in kind words, with something of your own."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, suggestion: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggestion = suggestion

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"]
        if " ".join(reason.split()) == " ".join(self.suggestion.split()):
            raise forms.ValidationError(
                _("This is only the suggestion. Add why, with something that is about this very person.")
            )
        if "[" in reason and "]" in reason:
            raise forms.ValidationError(_("Replace what stands within [square brackets] by your own words."))
        return reason


class ExtendForm(forms.Form):
    closes_on = DateField(label=_("New last day to apply"))
    answer_by = DateField(
        label=_("Everybody gets an answer by"), help_text=_("Those who have applied already are told by mail.")
    )


class CallOffForm(forms.Form):
    reason = words(
        _("Why the assignment is called off"),
        LONGEST_REASON,
        help_text=_("Everybody who has applied gets to read this, and it stands on the assignment's page."),
    )
