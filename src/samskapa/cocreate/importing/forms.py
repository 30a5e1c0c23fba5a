"""Which file, what its columns are, who may be the same person, and how those on it said yes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import DateField, LineField
from samskapa.ground.documents.forms import TableField
from samskapa.ground.helping.domain import Asked
from samskapa.ground.helping.queries import ASKED_IN_WORDS
from samskapa.ground.people.forms import no_personal_number

from .domain import REFUSED, Choice, Column
from .models import Row
from .queries.words import HEADINGS

#: Why a list could not be read.
BROKEN: dict[str, Any] = {
    "not_readable": _("The file cannot be read to its end. It may be damaged, or a quotation mark is never closed."),
    "too_long": _("The list is too long. Divide it, with 100,000 rows at most in each file."),
    "empty": _("There are no rows below the headings."),
}

CHOICES: dict[Choice, Any] = {
    Choice.FILL: _("The same person: fill in what they have not told"),
    Choice.NEW: _("Somebody else: take in"),
    Choice.SKIP: _("Leave out"),
}


class FileForm(forms.Form):
    use_required_attribute = False
    file = TableField(
        label=_("The list"),
        help_text=_(
            "Excel (xlsx) or CSV, with headings in the first row and one person in each row. At most 100,000 rows."
        ),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


class ColumnsForm(forms.Form):
    """A choice for each column of the list, called as its heading."""

    use_required_attribute = False
    source = LineField(
        label=_("Where does the list come from?"),
        help_text=_("Those who come in are told it. For example: the unit's list of patient representatives, 2024."),
        max_length=200,
        validators=[no_personal_number],
        error_messages={"required": _("Write where the list comes from.")},
    )

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        examples: Sequence[Sequence[str]],
        mapping: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.number = len(headings)
        choices = [
            ("", _("Is not read in")),
            *((column.value, words) for column, words in HEADINGS.items() if column not in REFUSED),
        ]
        for place, heading in enumerate(headings):
            value = mapping[place] if place < len(mapping) else ""
            is_refused = value in REFUSED
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading or _("Column without heading"),
                required=False,
                choices=choices,
                initial="" if is_refused else value,
                help_text=_refused(value) if is_refused else _examples(examples[place]),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        seen: dict[str, str] = {}
        for place in range(self.number):
            name = f"column_{place}"
            value = given.get(name, "")
            if value and value in seen:
                self.add_error(name, _("Two columns are the same thing. Choose another for one of them."))
            seen.setdefault(value, name)
        if not {Column.NAME, Column.FIRST_NAME, Column.LAST_NAME} & set(seen):
            self.add_error(None, _("Choose which column is the name."))
        if not {Column.EMAIL, Column.PHONE, Column.ADDRESS} & set(seen):
            self.add_error(None, _("Choose which column is the e-mail, the phone number or the postal address."))
        return given

    @property
    def mapping(self) -> list[str]:
        return [self.cleaned_data.get(f"column_{place}", "") for place in range(self.number)]


def _examples(cells: Sequence[str]) -> Any:
    shown = [cell if len(cell) <= 40 else f"{cell[:40]} …" for cell in cells]
    return _("For example: %(cells)s") % {"cells": " · ".join(shown)} if shown else _("Empty in the first rows.")


def _refused(value: str) -> Any:
    if value == Column.DIAGNOSIS:
        return _("A diagnosis is not taken in: each person says yes to that themselves, on their own page.")
    return _("Personal identity numbers are not taken in: we do not keep those.")


class ChoicesForm(forms.Form):
    """What becomes of the doubtful rows of one page."""

    use_required_attribute = False

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [row.number for row in rows]
        for row in rows:
            may = [Choice.SKIP]
            if not row.is_same_address:
                may.insert(0, Choice.NEW)
            if row.twin_id:
                may.insert(0, Choice.FILL)
            self.fields[f"row_{row.number}"] = forms.ChoiceField(
                label=_("Row %(number)s") % {"number": row.number},
                required=False,
                initial=row.choice,
                choices=[(each.value, CHOICES[each]) for each in may],
                widget=forms.RadioSelect,
            )

    @property
    def choices(self) -> dict[int, str]:
        """Number of the row -> choice, of those where one was made."""
        given = {number: self.cleaned_data.get(f"row_{number}", "") for number in self.numbers}
        return {number: choice for number, choice in given.items() if choice}


class ConsentForm(forms.Form):
    """How those on the list said yes."""

    use_required_attribute = False
    consent_by = forms.ChoiceField(
        label=_("How did they say yes to being in the group?"),
        choices=[(each.value, words) for each, words in ASKED_IN_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    consent_on = DateField(
        label=_("When?"),
        help_text=_("The day, or the last of the days. For example 2027-03-12"),
        error_messages={"required": _("Write the date as 2027-03-12.")},
    )
    are_asked = forms.BooleanField(
        label=_("Those on the list have said yes to being asked. Whoever has not, I have left out."),
        error_messages={"required": _("Only those who have said yes can be taken in.")},
    )

    def clean_consent_on(self) -> Any:
        day = self.cleaned_data["consent_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    @property
    def said(self) -> dict[str, Any]:
        return {"consent_by": Asked(self.cleaned_data["consent_by"]), "consent_on": self.cleaned_data["consent_on"]}
