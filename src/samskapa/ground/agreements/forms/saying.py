"""What one can say on the page of an agreement: a form per answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from samskapa.ground.people.forms import no_personal_number

from .. import domain, services
from ..models import Tables

#: The largest page whose confirmations are read; far beyond any agreement that people can read.
MAX_LINES = 1000

#: The highest id that both databases hold.
MAX_ID = 2**63 - 1


class LineForm(forms.Form):
    """Something said about one line: `line` is its id, `revision` the newest revision that was shown."""

    action = ""
    line = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_ID)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_ID)

    def give(self, tables: Tables, agreement: Model, said: dict[str, Any]) -> services.Done:
        """Call the one service that the form stands for; `said`: party, by, now."""
        raise NotImplementedError


def _text(label: Any, limit: int, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    # The length is checked by the service too, after blanks around and line breaks are made one kind.
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=label,
        required=required,
        max_length=limit,
        widget=area,
        help_text=help_text,
        validators=[no_personal_number],
    )


class ConfirmForm(LineForm):
    action = "confirm"

    def give(self, tables, agreement, said):
        data = self.cleaned_data
        return services.confirm(tables, agreement, data["line"], revision=data["revision"], **said)


class ChangeForm(LineForm):
    action = "change"
    text = _text(_("The text as you want it"), domain.MAX_TEXT)
    reason = _text(_("Why"), domain.MAX_REASON, required=False, help_text=_("Helps the other party to answer."))

    def give(self, tables, agreement, said):
        data = self.cleaned_data
        return services.propose_change(
            tables,
            agreement,
            data["line"],
            text=data["text"],
            reason=data["reason"],
            based_on=data["revision"],
            **said,
        )


class ConflictForm(ChangeForm):
    """After ChangedMeanwhile: `revision` is the newest now, `mine` what one had written, `text` what one
    joins."""

    action = "resolve"
    THEIRS, MINE, JOINED = "theirs", "mine", "joined"
    choice = forms.ChoiceField(choices=[(c, c) for c in (THEIRS, MINE, JOINED)], widget=forms.HiddenInput)
    mine = forms.CharField(required=False, widget=forms.HiddenInput, max_length=domain.MAX_TEXT)
    text = _text(_("One text of both"), domain.MAX_TEXT, required=False)
    reason = forms.CharField(required=False, widget=forms.HiddenInput, max_length=domain.MAX_REASON)

    def give(self, tables, agreement, said):
        data = self.cleaned_data
        if data["choice"] == self.THEIRS:
            return services.Done(changed=False, lines=(data["line"],))
        data["text"] = data["mine"] if data["choice"] == self.MINE else data["text"]
        return super().give(tables, agreement, said)


class RemoveForm(LineForm):
    action = "remove"
    reason = _text(_("Why the point should be removed"), domain.MAX_REASON, required=False)

    def give(self, tables, agreement, said):
        data = self.cleaned_data
        return services.propose_removal(
            tables, agreement, data["line"], reason=data["reason"], based_on=data["revision"], **said
        )


class NotAgreedForm(LineForm):
    action = "not_agreed"
    reason = _text(_("What you do not agree with, and why"), domain.MAX_REASON)

    def give(self, tables, agreement, said):
        data = self.cleaned_data
        return services.say_not_agreed(
            tables, agreement, data["line"], revision=data["revision"], reason=data["reason"], **said
        )


class LeaveOpenForm(LineForm):
    action = "leave_open"
    reason = _text(_("Why"), domain.MAX_REASON, required=False)

    def give(self, tables, agreement, said):
        data = self.cleaned_data
        return services.leave_open(
            tables, agreement, data["line"], revision=data["revision"], reason=data["reason"], **said
        )


class CommentForm(LineForm):
    action = "comment"
    text = _text(_("Your comment"), domain.MAX_REASON, help_text=_("A comment neither confirms nor changes the point."))

    def give(self, tables, agreement, said):
        data = self.cleaned_data
        return services.comment(tables, agreement, data["line"], text=data["text"], **said)


class AddLineForm(forms.Form):
    """A new point of this agreement. `key` makes a double click write one line."""

    action = "add"
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    heading = forms.CharField(label=_("Heading"), required=False, max_length=120)
    owner_side = forms.ChoiceField(
        label=_("Whose promise is it"),
        choices=[
            (domain.Side.BOTH.value, _("We do it together")),
            (domain.Side.PERSON.value, _("The one with lived experience")),
            (domain.Side.CARE.value, _("Care")),
        ],
        widget=forms.RadioSelect,
    )
    text = _text(_("What the point says"), domain.MAX_TEXT)

    def give(self, tables, agreement, said):
        return services.add_line(tables, agreement.root, agreement=agreement, **self.cleaned_data, **said)


class ConfirmAllForm(forms.Form):
    """The one button: a ticked box per line, whose value says which revision was shown:
    "<line>:<revision>"."""

    action = "confirm_all"

    def clean(self):
        sent: Any = self.data
        shown = {}
        for value in sent.getlist("confirm")[:MAX_LINES]:
            line, sign, revision = value.partition(":")
            if not (sign and line.isdecimal() and revision.isdecimal() and len(value) < 40):
                raise forms.ValidationError(_("The page could not be read. Tick the points once more."))
            if int(line) <= MAX_ID:
                shown[int(line)] = int(revision)
        if not shown:
            raise forms.ValidationError(_("Tick at least one point to confirm."))
        return {"expected": shown}

    def give(self, tables, agreement, said):
        return services.confirm_all(tables, agreement, **self.cleaned_data, **said)


_FORMS: tuple[Any, ...] = (
    ConfirmForm,
    ChangeForm,
    ConflictForm,
    RemoveForm,
    NotAgreedForm,
    LeaveOpenForm,
    CommentForm,
    AddLineForm,
    ConfirmAllForm,
)
#: The form that an answer's `action` names.
BY_ACTION: dict[str, Any] = {form.action: form for form in _FORMS}
