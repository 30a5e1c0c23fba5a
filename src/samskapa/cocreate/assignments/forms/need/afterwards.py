"""The question of what happens afterwards."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import DateField

from .fields import WordsField
from .part import PartForm


class ResultForm(PartForm):
    key = "result"
    result_use = WordsField(required=False, label=_("What you will do with the result"))
    told_back_on = DateField(required=False, label=_("The day on which you tell what it led to"))

    def clean_told_back_on(self) -> date | None:
        return self.day_to_come("told_back_on")
