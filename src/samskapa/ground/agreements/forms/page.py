"""The sheet with the forms of whoever reads it.

A line shows what it says, and the button that confirms it; the forms for everything else are made for the line that
the reader opens (`?oppna=<id of the line>`) or was refused at. All of them on every line would be five forms a line.
"""

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
    ConflictForm,
    LeaveOpenForm,
    LineForm,
    NotAgreedForm,
    RemoveForm,
)

#: The parameter of the page's address that names the line to open.
OPEN = "oppna"


@dataclass(frozen=True, slots=True)
class LinePart:
    """A line and, once it is opened, its forms by action.

    may_say: there is something the reader may say of it. is_ticked: for the one button. conflict: the choice
    between the text that `theirs` wrote meanwhile and one's own.
    """

    line: SheetLine
    may_say: bool = False
    forms: dict[str, Any] = field(default_factory=dict)
    conflict: Any = None
    theirs: Any = None
    is_ticked: bool = True

    @property
    def may_confirm(self) -> bool:
        return self.may_say and self.line.may_answer and not self.line.i_confirmed

    @property
    def query(self) -> str:
        """What follows the page's address where one opens the line."""
        return f"?{OPEN}={self.line.id}"


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


def page(sheet: Sheet, refused: Answer | None = None, *, may_act: bool = True, opened: str = "") -> Page:
    """The sheet with its forms. opened: what the page's address says under `OPEN`; a line that is not there opens
    nothing."""
    form = refused.form if refused is not None else None
    taken_out = set()
    if isinstance(form, ConfirmAllForm):
        sent: Any = form.data
        ticked = set(sent.getlist("confirm"))
        taken_out = {line.id for line in sheet.lines if f"{line.id}:{line.revision}" not in ticked}

    def part(line: SheetLine) -> LinePart:
        if not may_act:
            return LinePart(line)
        is_ticked = line.id not in taken_out
        if refused is not None and refused.line == line.id and not isinstance(form, AddLineForm | ConfirmAllForm):
            return _refused_part(line, refused, is_ticked=is_ticked)
        if opened == str(line.id):
            # Who opens a line has more to say than yes; a yes too many cannot be unsaid.
            return LinePart(line, may_say=True, forms=_forms(line), is_ticked=False)
        return LinePart(line, may_say=True, is_ticked=is_ticked)

    add_form: Any = (
        form if isinstance(form, AddLineForm) else AddLineForm(initial={"key": uuid4().hex}, auto_id=auto_id("", "add"))
    )
    return Page(
        sheet=sheet,
        groups=[(heading, [part(line) for line in lines]) for heading, lines in sheet.groups],
        add_form=add_form,
        may_act=may_act,
        may_confirm_all=may_act and len(sheet.to_confirm) > 1,
        errors_form=form if form is not None and form.is_bound else None,
    )


def _refused_part(line: SheetLine, refused: Answer, *, is_ticked: bool) -> LinePart:
    """The line at which an answer was refused: with what was typed, or the choice between both texts."""
    is_conflict = isinstance(refused.form, ConflictForm)
    return LinePart(
        line,
        may_say=True,
        forms={} if is_conflict else _forms(line) | {refused.form.action: refused.form},
        conflict=refused.form if is_conflict else None,
        theirs=refused.theirs,
        is_ticked=is_ticked,
    )


def _forms(line: SheetLine) -> dict[str, LineForm]:
    """All that the reader may say of the line but a plain yes, which has its own button."""
    wanted: list[type[LineForm]] = [CommentForm]
    if line.may_write:
        wanted = [ChangeForm, RemoveForm, *wanted] if not line.is_removal else [ChangeForm, *wanted]
    if line.may_answer:
        wanted = [NotAgreedForm, LeaveOpenForm, *wanted]
    shown = {"line": line.id, "revision": line.revision}
    return {
        kind.action: kind(
            initial={**shown, "text": line.proposed_text or line.text} if kind is ChangeForm else shown,
            auto_id=auto_id(str(line.id), kind.action),
        )
        for kind in wanted
    }
