"""Note a decision of disposal, choose a day for the diary, note a request, decide of a document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samskapa.cocreate.assignments.models import Assignment
from samskapa.ground.design.forms import DateField
from samskapa.ground.organisations.models import Node

from . import queries
from .domain import Outcome


class DecisionForm(forms.Form):
    """What the organisation has decided of a kind of document."""

    how = forms.ChoiceField(
        label=_("What is decided?"),
        choices=[("dispose", _("It is disposed of after a time")), ("preserve", _("It is preserved"))],
        widget=forms.RadioSelect,
    )
    keep_months = forms.IntegerField(
        label=_("After how many months?"),
        help_text=_("Only if it is disposed of. 24 months are two years, 120 are ten."),
        min_value=1,
        max_value=1200,
        required=False,
    )
    decided_on = DateField(label=_("Which day was it decided?"))
    reference = forms.CharField(
        label=_("The decision's number in your diary"), max_length=80, help_text=_("For example RS 2026-123.")
    )
    applies_from = DateField(label=_("From which day does it apply?"))

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day has not come yet. Note a decision when it has been made."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("how") == "preserve":
            cleaned["keep_months"] = None
        elif cleaned.get("how") and not cleaned.get("keep_months") and "keep_months" not in self.errors:
            self.add_error("keep_months", _("Write how many months it is kept."))
        decided, applies = cleaned.get("decided_on"), cleaned.get("applies_from")
        if decided and applies and applies < decided:
            self.add_error("applies_from", _("A decision cannot apply before it was made."))
        return cleaned


class DiaryForm(forms.Form):
    """Until which day."""

    until = DateField(
        label=_("Up to and including"),
        help_text=_("Leave it empty for everything until now."),
        required=False,
    )


class _AssignmentField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title or _('A need without a title yet')} ({obj.pk})"


class RequestForm(forms.Form):
    """What somebody asks to read. Not who they are."""

    asked_on = DateField(label=_("Which day did the request come?"))
    words = forms.CharField(
        label=_("What is asked for, in the words of whoever asks"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    answer_to = forms.CharField(
        label=_("Where is the answer to be sent?"),
        help_text=_("Only if it is told. You may not ask who somebody is, or what they want it for."),
        max_length=200,
        required=False,
    )
    assignment = _AssignmentField(
        label=_("Assignment"), queryset=Assignment.objects.none(), required=False, empty_label=_("All")
    )
    since = DateField(label=_("From and including"), required=False)
    until = DateField(label=_("Up to and including"), required=False)
    containing = forms.CharField(
        label=_("Only documents in which this stands"),
        help_text=_("A name or a word. Empty: all."),
        max_length=100,
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of document"),
        help_text=_("None ticked: all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, node: Node, **kwargs: Any):
        super().__init__(*args, **kwargs)
        found = Assignment.objects.filter(area=node).only("pk", "title").order_by("-pk")
        self.fields["assignment"].queryset = found  # type: ignore[attr-defined]
        self.fields["kinds"].choices = [(kind.key, kind.title) for kind in queries.kinds() if kind.rows]  # type: ignore[attr-defined]

    def clean_asked_on(self) -> Any:
        day = self.cleaned_data["asked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first."))
        return cleaned


class DocumentForm(forms.Form):
    """What is decided of one document."""

    outcome = forms.ChoiceField(
        label=_("May it be handed out?"),
        choices=[
            (Outcome.WHOLE.value, _("Yes, all of it")),
            (Outcome.PART.value, _("Yes, but not all of it")),
            (Outcome.REFUSED.value, _("No")),
        ],
        widget=forms.RadioSelect,
    )
    text_out = forms.CharField(
        label=_("If not all of it: what is handed out"),
        help_text=_(
            "Take away what is secret, and write [masked] where something is gone. For all or nothing it is not used."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
        required=False,
        max_length=100_000,
    )
    rule = forms.CharField(
        label=_("If something is secret: by which chapter and paragraph?"),
        help_text=_("For example OSL 25 kap. 1 §."),
        max_length=120,
        required=False,
    )
    reason = forms.CharField(
        label=_("And why does it apply here?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )

    def __init__(self, *args: Any, whole: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._whole = whole

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome in (Outcome.PART, Outcome.REFUSED):
            for name, fault in (
                ("rule", _("Write the chapter and paragraph: a refusal always names one.")),
                ("reason", _("Write why it applies to this document.")),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, fault)
        if outcome == Outcome.PART:
            text = (cleaned.get("text_out") or "").replace("\r\n", "\n").strip()
            if not text:
                self.add_error("text_out", _("Write what is handed out, or answer no."))
            elif text == self._whole.strip():
                self.add_error(
                    "text_out", _("Nothing has been taken away. Take away what is secret, or answer yes, all of it.")
                )
        return cleaned
