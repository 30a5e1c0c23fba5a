"""The forms of a standing assignment: a term, a hand-over, and what it has led to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskapa.ground.agreements.domain import MAX_REASON
from samskapa.ground.design.forms import DateField

from ..domain.standing import LONGEST_HAND_OVER, LONGEST_TOLD_BACK
from .open import words

AS_ORDINARY, AS_DEPUTY = "ordinary", "deputy"


class TermForm(forms.Form):
    """The days, as what, and why. with_deputies: whether the group has any."""

    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))
    takes_part = forms.ChoiceField(
        label=_("Takes part as"),
        choices=[(AS_ORDINARY, _("Ordinary")), (AS_DEPUTY, _("Deputy"))],
        widget=forms.RadioSelect,
    )
    reason = words(
        _("Why"), MAX_REASON, required=False, rows=3, help_text=_("Both parties read it. You can leave it out.")
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, with_deputies: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["max_length"] = _("Shorten it a little.")
        if not with_deputies:
            self.fields["takes_part"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first one."))
        return cleaned

    @property
    def is_deputy(self) -> bool:
        return self.cleaned_data["takes_part"] == AS_DEPUTY


class HandOverForm(forms.Form):
    """Who takes over. successors: (id of the agreement, name)."""

    by_day = DateField(label=_("Done by"))
    what = words(
        _("What is handed over"),
        LONGEST_HAND_OVER,
        help_text=_(
            "For example notes, contacts, what is going on right now, and going together to the first meeting."
        ),
    )

    field_order = ["successor", "by_day", "what"]

    def __init__(self, *args: Any, successors: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"] = forms.ChoiceField(
            label=_("Who takes over"),
            choices=successors,
            widget=forms.RadioSelect,
            help_text=_("The two get to see each other's names. Ask both first."),
            error_messages={
                "required": _("Choose who takes over."),
                "invalid_choice": _("The one you chose does not take part any more. Choose somebody else."),
            },
        )
        self.order_fields(self.field_order)


class ToldBackForm(forms.Form):
    text = words(
        _("What has it led to?"),
        LONGEST_TOLD_BACK,
        rows=8,
        help_text=_(
            "What changed, what did not and why. It goes by mail to the representatives, and everybody can read it on "
            "the assignment's page, so name nobody."
        ),
    )
