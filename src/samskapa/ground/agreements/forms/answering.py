"""An answer is read, given to the one service it stands for, and a refusal put into words beside its field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samskapa.ground.core.domain import Actor

from .. import domain, services
from ..models import Tables
from .saying import BY_ACTION, ChangeForm, ConfirmAllForm, ConflictForm

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
    kind = BY_ACTION.get(data.get("action", ""), ConfirmAllForm)
    form = kind(data, auto_id=auto_id(sent_line, kind.action))
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
        return Answer(form=ConflictForm(initial=start, auto_id=auto_id(str(line), "resolve")), line=line, theirs=theirs)
    again = type(form)({**form.cleaned_data, **newest}, auto_id=form.auto_id)
    again.full_clean()
    again.add_error(None, _("The point has been changed since you read it. Read the new text and answer again."))
    return Answer(form=again, line=line, theirs=theirs)


def _text_field(form: Any) -> str | None:
    return next(
        (name for name in ("text", "reason") if name in form.fields and not form.fields[name].widget.is_hidden),
        None,
    )


def auto_id(line: str, action: str) -> str:
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
