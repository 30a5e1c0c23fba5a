"""Answers on the page of an agreement: one address takes them all, and the button says which it is.

The using app's view fetches the agreement and the party through its own doorway and calls `answer`; where
that is refused it shows `page(sheet, refused)` again with status 422: what was typed stands beside its line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samskapa.ground.core.domain import Actor

from . import domain, services
from .models import Tables
from .queries import Sheet, SheetLine

#: The largest page whose confirmations are read; far beyond any agreement that people can read.
MAX_LINES = 1000
#: The highest id that both databases hold.
MAX_ID = 2**63 - 1


class _LineForm(forms.Form):
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
    return forms.CharField(label=label, required=required, max_length=limit, widget=area, help_text=help_text)


class ConfirmForm(_LineForm):
    action = "confirm"

    def give(self, tables, agreement, said):
        data = self.cleaned_data
        return services.confirm(tables, agreement, data["line"], revision=data["revision"], **said)


class ChangeForm(_LineForm):
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


class RemoveForm(_LineForm):
    action = "remove"
    reason = _text(_("Why the point should be removed"), domain.MAX_REASON, required=False)

    def give(self, tables, agreement, said):
        data = self.cleaned_data
        return services.propose_removal(
            tables, agreement, data["line"], reason=data["reason"], based_on=data["revision"], **said
        )


class NotAgreedForm(_LineForm):
    action = "not_agreed"
    reason = _text(_("What you do not agree with, and why"), domain.MAX_REASON)

    def give(self, tables, agreement, said):
        data = self.cleaned_data
        return services.say_not_agreed(
            tables, agreement, data["line"], revision=data["revision"], reason=data["reason"], **said
        )


class LeaveOpenForm(_LineForm):
    action = "leave_open"
    reason = _text(_("Why"), domain.MAX_REASON, required=False)

    def give(self, tables, agreement, said):
        data = self.cleaned_data
        return services.leave_open(
            tables, agreement, data["line"], revision=data["revision"], reason=data["reason"], **said
        )


class CommentForm(_LineForm):
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


LINE_FORMS: tuple[type[_LineForm], ...] = (
    ConfirmForm,
    ChangeForm,
    ConflictForm,
    RemoveForm,
    NotAgreedForm,
    LeaveOpenForm,
    CommentForm,
)
_FORMS: tuple[Any, ...] = (*LINE_FORMS, AddLineForm, ConfirmAllForm)
_BY_ACTION: dict[str, Any] = {form.action: form for form in _FORMS}

_REFUSED = {
    domain.NotAParty: _("Only the parties of the agreement can write here."),
    domain.NotBound: _("This point is between others. You can comment on it."),
    domain.AlreadyConfirmed: _("Everybody has confirmed this text. Propose a change instead."),
    domain.TakenBack: _("The proposal has been taken back. You can write a new one."),
    domain.AlreadyRemoved: _("It is already proposed that the point is removed."),
    domain.NothingChanged: _("The text is the same as before. Change something, or confirm the point."),
    domain.ReasonMissing: _("Write what you do not agree with, and why."),
    domain.EmptyText: _("Write something first."),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an answer. done: what the service did, or None where it was refused; then `form` holds
    the errors and everything typed, for the line `line` (None: for the whole page). theirs: the revision
    that was written meanwhile, where that was the reason."""

    form: Any
    done: services.Done | None = None
    line: int | None = None
    theirs: Any = None
    message: str = ""


def answer(tables: Tables, agreement: Model, *, data: QueryDict, party: Model, by: Actor, now: datetime) -> Answer:
    """Read what was sent, call the one service it stands for, and put a refusal into words beside its field.

    Call it inside the transaction in which the app publishes its news.
    """
    sent_line = data.get("line", "")
    kind = _BY_ACTION.get(data.get("action", ""), ConfirmAllForm)
    form = kind(data, auto_id=_auto_id(sent_line, kind.action))
    line = int(sent_line) if sent_line.isdecimal() and len(sent_line) < 20 else None
    if not form.is_valid():
        return Answer(form=form, line=line)
    try:
        done = form.give(tables, agreement, {"party": party, "by": by, "now": now})
    except domain.ChangedMeanwhile as refusal:
        return _changed_meanwhile(form, line, refusal.theirs)
    except domain.TooLong as refusal:
        text = ngettext("At most %(limit)s character.", "At most %(limit)s characters.", refusal.limit)
        form.add_error(_text_field(form), text % {"limit": refusal.limit})
    except domain.Refusal as refusal:
        form.add_error(_text_field(form), _REFUSED[type(refusal)])
    else:
        return Answer(form=form, done=done, line=line, message=_message(kind.action, done))
    return Answer(form=form, line=line)


def _changed_meanwhile(form: Any, line: int | None, theirs: Any) -> Answer:
    """Nobody's words are lost: a change becomes a choice between both texts, other answers are asked for
    anew."""
    newest = {"line": line, "revision": theirs.pk}
    if isinstance(form, ChangeForm):
        mine = form.cleaned_data["text"]
        start = {**newest, "mine": mine, "text": mine, "reason": form.cleaned_data["reason"]}
        return Answer(
            form=ConflictForm(initial=start, auto_id=_auto_id(str(line), "resolve")), line=line, theirs=theirs
        )
    again = type(form)({**form.cleaned_data, **newest}, auto_id=form.auto_id)
    again.full_clean()
    again.add_error(None, _("The point has been changed since you read it. Read the new text and answer again."))
    return Answer(form=again, line=line, theirs=theirs)


def _text_field(form: Any) -> str | None:
    return next(
        (name for name in ("text", "reason") if name in form.fields and not form.fields[name].widget.is_hidden),
        None,
    )


def _auto_id(line: str, action: str) -> str:
    return f"line-{line if line.isdecimal() else 'new'}-{action}-%s"


def _message(action: str, done: services.Done) -> str:
    """The sentence shown on the next page."""
    if action == ConfirmAllForm.action:
        told = ngettext("You have confirmed %(n)s point.", "You have confirmed %(n)s points.", len(done.lines)) % {
            "n": len(done.lines)
        }
        if done.changed_meanwhile:
            n = len(done.changed_meanwhile)
            changed = ngettext(
                "%(n)s point was changed while you were reading and still waits for you.",
                "%(n)s points were changed while you were reading and still wait for you.",
                n,
            ) % {"n": n}
            return f"{told} {changed}" if done.lines else changed
        return told
    return str(_MESSAGES[action])


_MESSAGES = {
    "confirm": _("You have confirmed the point."),
    "change": _("Your text is proposed. It applies when everybody has confirmed it."),
    "resolve": _("Your choice is saved."),
    "remove": _("The removal is proposed. It counts when everybody has confirmed it."),
    "not_agreed": _("Your answer is saved, and the other party sees your reason."),
    "leave_open": _("Your answer is saved."),
    "comment": _("Your comment is saved."),
    "add": _("The point is written. It applies when everybody has confirmed it."),
}


@dataclass(frozen=True, slots=True)
class LinePart:
    """A line and its forms by action; is_open: an answer was refused here, so the part is shown unfolded.
    conflict: the choice between the text that `theirs` wrote meanwhile and one's own. ticked: for the one
    button."""

    line: SheetLine
    forms: dict[str, Any] = field(default_factory=dict)
    is_open: bool = False
    conflict: Any = None
    theirs: Any = None
    ticked: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """What `agreements/_sheet.html` shows. errors_form: the form whose errors the summary lists.
    may_confirm_all: more than one point can be confirmed, so that the one button helps."""

    sheet: Sheet
    groups: list[tuple[str, list[LinePart]]]
    add_form: Any
    may_act: bool
    may_confirm_all: bool
    errors_form: Any = None


def page(sheet: Sheet, refused: Answer | None = None, *, may_act: bool = True) -> Page:
    """The sheet with its forms. Only lines that the reader may answer, write or comment on get any."""
    form = refused.form if refused is not None else None
    taken_out = set()
    if isinstance(form, ConfirmAllForm):
        sent: Any = form.data
        ticked = set(sent.getlist("confirm"))
        taken_out = {line.id for line in sheet.lines if f"{line.id}:{line.revision}" not in ticked}
    groups = [
        (heading, [_part(line, refused, may_act=may_act, ticked=line.id not in taken_out) for line in lines])
        for heading, lines in sheet.groups
    ]
    add_form: Any = (
        form
        if isinstance(form, AddLineForm)
        else AddLineForm(initial={"key": uuid4().hex}, auto_id=_auto_id("", "add"))
    )
    return Page(
        sheet=sheet,
        groups=groups,
        add_form=add_form,
        may_act=may_act,
        may_confirm_all=may_act and len(sheet.to_confirm) > 1,
        errors_form=form if form is not None and form.is_bound else None,
    )


def _part(line: SheetLine, refused: Answer | None, *, may_act: bool, ticked: bool) -> LinePart:
    if not may_act:
        return LinePart(line)
    wanted: list[type[_LineForm]] = [CommentForm]
    if line.may_write:
        wanted = [ChangeForm, RemoveForm, *wanted] if not line.is_removal else [ChangeForm, *wanted]
    if line.may_answer:
        wanted = [ConfirmForm, NotAgreedForm, LeaveOpenForm, *wanted]
    start = {"line": line.id, "revision": line.revision, "text": line.proposed_text or line.text}
    made = {
        kind.action: kind(
            initial=start if kind is ChangeForm else {"line": line.id, "revision": line.revision},
            auto_id=_auto_id(str(line.id), kind.action),
        )
        for kind in wanted
    }
    if refused is None or refused.line != line.id or isinstance(refused.form, AddLineForm | ConfirmAllForm):
        return LinePart(line, made, ticked=ticked)
    conflict = refused.form if isinstance(refused.form, ConflictForm) else None
    if conflict is None:
        made[refused.form.action] = refused.form
    return LinePart(line, made, is_open=conflict is None, conflict=conflict, theirs=refused.theirs, ticked=ticked)
