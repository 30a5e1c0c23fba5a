"""The sheet with the forms of whoever reads it: only lines that one may answer, write or comment on get any."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from ..queries import Sheet, SheetLine
from .answering import Answer, auto_id
from .saying import (
    AddLineForm,
    ChangeForm,
    CommentForm,
    ConfirmAllForm,
    ConfirmForm,
    ConflictForm,
    LeaveOpenForm,
    LineForm,
    NotAgreedForm,
    RemoveForm,
)


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
        form if isinstance(form, AddLineForm) else AddLineForm(initial={"key": uuid4().hex}, auto_id=auto_id("", "add"))
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
    wanted: list[type[LineForm]] = [CommentForm]
    if line.may_write:
        wanted = [ChangeForm, RemoveForm, *wanted] if not line.is_removal else [ChangeForm, *wanted]
    if line.may_answer:
        wanted = [ConfirmForm, NotAgreedForm, LeaveOpenForm, *wanted]
    start = {"line": line.id, "revision": line.revision, "text": line.proposed_text or line.text}
    made = {
        kind.action: kind(
            initial=start if kind is ChangeForm else {"line": line.id, "revision": line.revision},
            auto_id=auto_id(str(line.id), kind.action),
        )
        for kind in wanted
    }
    if refused is None or refused.line != line.id or isinstance(refused.form, AddLineForm | ConfirmAllForm):
        return LinePart(line, made, ticked=ticked)
    conflict = refused.form if isinstance(refused.form, ConflictForm) else None
    if conflict is None:
        made[refused.form.action] = refused.form
    return LinePart(line, made, is_open=conflict is None, conflict=conflict, theirs=refused.theirs, ticked=ticked)
