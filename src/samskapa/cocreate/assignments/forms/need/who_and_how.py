"""The questions of who and how: number, experience, time, place, and what can be arranged."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import DateField
from samskapa.ground.language.templatetags.reader import day

from ...domain.days import as_rows
from ...domain.reading_days import ReadDays, read_days
from ...queries.wording import fixed_day
from .. import wording
from ..wording.days import wrong_days
from .fields import DaysField, LineField, WordsField, number, radio
from .part import FURTHEST, PartForm


class PeopleForm(PartForm):
    key = "people"
    people_wanted = number(1, 200, label=_("Number of people"))


class ExperienceForm(PartForm):
    key = "experience"
    experience = WordsField(label=_("Experience you seek"))


class TimeForm(PartForm):
    key = "time"
    occasions = number(1, 300, label=_("Number of occasions"))
    minutes_each = number(
        5, 1440, label=_("Minutes each time"), help_text=_("With breaks. An hour and a half is 90 minutes.")
    )
    reading_minutes = number(
        0,
        10_000,
        required=False,
        label=_("Minutes of reading and preparation in all"),
        help_text=_("Write 0 if there is nothing to read."),
    )
    when_text = LineField(
        max_length=300, required=False, label=_("When, in words"), help_text=_("For example: three Tuesdays in spring.")
    )
    days = DaysField(
        required=False,
        label=_("Fixed days, if you know them"),
        help_text=_(
            "One day a line, thirty at most, with hours if they are settled. For example: 3 December 13–15. Then"
            " whoever is asked sees whether something else is at the same time."
        ),
    )
    starts_on = DateField(
        required=False,
        label=_("First day, if it is the only one you know"),
        help_text=_("Leave it empty if you have written days above. For example 2027-03-12"),
    )

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        # The first of the days is the first day: it is not asked for twice.
        given = dict(initial or {})
        if given.get("days"):
            given["starts_on"] = None
        self._read = ReadDays([], [])
        super().__init__(*args, initial=given, **kwargs)

    @property
    def understood(self) -> list[str]:
        """The days that were read out of what was sent, in words."""
        return [fixed_day(each) for each in self._read.days]

    def clean_days(self) -> list[dict[str, str]]:
        self._read = read_days(self.cleaned_data["days"], today=self.today, last=self.today + FURTHEST)
        if wrong := wrong_days(self._read):
            raise ValidationError([ValidationError(line, code="invalid") for line in wrong])
        return as_rows(self._read.days)

    def clean_starts_on(self) -> date | None:
        return self.day_to_come("starts_on")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        starts_on, days = self.cleaned_data.get("starts_on"), self._read.days
        if starts_on and days and "days" not in self.errors and starts_on != days[0].day:
            self.add_error(
                "starts_on",
                _("The first of the days you have written is %(day)s. Leave this empty, or write the day among them.")
                % {"day": day(days[0].day)},
            )
        return cleaned


class PlaceForm(PartForm):
    key = "place"
    form = radio(wording.FORM, required=False, label=_("How you meet"))
    place = LineField(max_length=200, required=False, label=_("Address, if you meet at a place"))
    municipality_id = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label=_("Municipality"), choices=[]
    )


class AccessForm(PartForm):
    key = "access"
    access = WordsField(required=False, label=_("What you can arrange"))
