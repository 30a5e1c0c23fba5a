"""The questions of who and how: number, experience, time, place, and what can be arranged."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import DateField

from .. import wording
from .fields import LineField, WordsField, number, radio
from .part import PartForm


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
    starts_on = DateField(required=False, label=_("First day, if you know it"))

    def clean_starts_on(self) -> date | None:
        return self.day_to_come("starts_on")


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
