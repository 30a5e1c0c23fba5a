"""Beginning a need: whose it is, and the short version that holds the important questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samskapa.ground.organisations.models import Node

from ...domain import Door
from ...domain.parts import question
from .. import wording
from .fields import LineField, radio
from .influence import HarmForm, InfluenceForm
from .terms import BudgetForm, ContactForm, PayForm
from .who_and_how import TimeForm
from .why_and_what import ExpectedForm, TitleForm, WhyForm


class BeginForm(forms.Form):
    """Whose need it is: the unit for those who work there, the area for those who raise somebody else's."""

    use_required_attribute = False

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    title = LineField(
        max_length=120,
        label=_("What is it about?"),
        help_text=_("A few words, at most 120 characters. You can change them later."),
    )

    def __init__(
        self,
        *args: Any,
        units: QuerySet[Node],
        areas: QuerySet[Node],
        raises: bool,
        coordinates: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].error_messages["max_length"] = _("At most %(limit_value)s characters.")
        # A coordinator of the whole area may wait with the unit; one below it would lose sight of the need.
        self.own_area = areas.filter(pk__in=units.values("pk")).first() if coordinates else None
        if raises:
            self.fields["area"] = forms.ModelChoiceField(
                areas,
                label=_("Which region or municipality does it concern?"),
                empty_label=None if areas.count() == 1 else _("Choose"),
                help_text=_("The coordinator there finds the right unit."),
            )
        else:
            self.fields["unit"] = forms.ModelChoiceField(
                units,
                required=self.own_area is None,
                label=_("Which unit has the need?"),
                empty_label=_("Not known yet") if self.own_area else None if units.count() == 1 else _("Choose"),
            )
        if coordinates:
            self.fields["came_by"] = radio(wording.DOOR, label=_("How did the need come to you?"), initial=Door.PHONE)
            self.fields["came_note"] = LineField(
                max_length=200,
                required=False,
                label=_("From whom, in a few words"),
                help_text=_("For example: the head of ward 3 called. Do not write anything about patients."),
            )

    def beginning(self) -> dict[str, Any]:
        """What create_need takes."""
        names = ("unit", "area", "came_by", "came_note")
        given = {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}
        if self.own_area and "unit" not in given:
            given["area"] = self.own_area
        return {**given, "form_key": str(self.cleaned_data["form_key"])}


#: The short version asks these, in this order: what must be answered before publishing.
QUICK = ("title", "why", "expected", "influence", "time", "pay", "budget", "contact", "harm")


class QuickForm(
    BeginForm,
    TitleForm,
    WhyForm,
    ExpectedForm,
    InfluenceForm,
    TimeForm,
    PayForm,
    BudgetForm,
    ContactForm,
    HarmForm,
):
    """The important questions on one page. Only the heading must be filled in; the rest can follow."""

    key = ""
    field_order = [
        "unit",
        "area",
        "came_by",
        "came_note",
        *(column for key in QUICK for column in question(key).columns),
        "together_by",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            if name not in {"title", "unit", "area", "came_by", "form_key"}:
                self.fields[name].required = False
        self.fields["together_by"].label = _("What I left empty we decide together, at the latest by")
        self.fields["together_by"].help_text = _(
            "Leave this empty too if you want to come back and write more. Contact person and the budget holder's yes"
            " must always be written."
        )
        self.order_fields(self.field_order)

    def answers(self) -> dict[str, dict[str, Any]]:
        """part -> values, for the parts asked here."""
        return {key: self.values_for(key) for key in QUICK}
