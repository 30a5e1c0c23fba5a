"""What the forms of all questions share: the version, the days, and that one may decide together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import DateField
from samskapa.ground.organisations.models import Node

from ...domain.parts import question

#: A day further away than this is a slip of the finger.
FURTHEST = timedelta(days=5 * 366)


class PartForm(forms.Form):
    """An answer to one question. `key` names it; its fields are called as the columns.

    values: what the part says now. today: so that a day in the past is refused beside its field.
    """

    use_required_attribute = False
    key = ""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    together_by = DateField(
        required=False,
        label=_("We decide that together, at the latest by"),
        help_text=_("A full answer, if you do not know yet. Write the day by which you decide it with those who come."),
    )

    def __init__(self, *args: Any, today: date, municipalities: QuerySet[Node] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if "municipality_id" in self.fields:
            rows = [(node.pk, node.name) for node in municipalities] if municipalities is not None else []
            self.fields["municipality_id"].choices = [("", _("Not chosen")), *rows]  # type: ignore[attr-defined]
        # Last: first one answers the question, and only then says that one cannot yet.
        self.order_fields([*(name for name in self.fields if name != "together_by"), "together_by"])
        if self.key and not question(self.key).may_be_together:
            del self.fields["together_by"]
        elif self.key and self.is_bound and str(self.data.get(self.add_prefix("together_by"), "")).strip():
            for field in self.fields.values():
                field.required = False
        for field in self.fields.values():
            field.error_messages.setdefault("max_length", _("At most %(limit_value)s characters."))

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0

    def clean_together_by(self) -> date | None:
        return self.day_to_come("together_by")

    def day_to_come(self, name: str) -> date | None:
        """The day of a field, if it is today or later and not absurdly far off."""
        day = self.cleaned_data[name]
        if day and day < self.today:
            raise ValidationError(_("That day is past. Write a day that is still to come."), code="past")
        if day and day > self.today + FURTHEST:
            raise ValidationError(_("That is more than five years away. Is the year right?"), code="far")
        return day

    def values(self) -> dict[str, Any]:
        """The answer as the services take it: column -> value."""
        return self.values_for(self.key)

    def values_for(self, key: str) -> dict[str, Any]:
        return {column: self.cleaned_data.get(column) for column in question(key).columns}

    @property
    def based_on(self) -> int:
        return self.cleaned_data["version"]
