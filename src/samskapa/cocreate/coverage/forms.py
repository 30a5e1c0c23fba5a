"""What a group measures, and a table of the population."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import LineField
from samskapa.ground.documents.forms import TableField
from samskapa.ground.people.forms import no_personal_number

from .domain import MEASURABLE
from .queries.wording import FEATURE


class MeasureForm(forms.Form):
    use_required_attribute = False
    features = forms.MultipleChoiceField(
        label=_("What shall be measured, beside age, gender and municipality?"),
        help_text=_("It is counted from what the members have told, for you who coordinate alone."),
        choices=[(feature, FEATURE[feature]) for feature in MEASURABLE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @property
    def based_on(self) -> int:
        version: int = self.cleaned_data.get("version") or 0
        return version


class PopulationForm(forms.Form):
    use_required_attribute = False
    file = TableField(
        label=_("The table"),
        help_text=_(
            "CSV or Excel from the statistics office's database, with region, and age and sex if you want to compare "
            "them, and a column for each year."
        ),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    source = LineField(
        label=_("Where do the figures come from?"),
        help_text=_(
            "It is shown beside every figure. For example: SCB, the population by region, age and sex, fetched in May "
            "2027"
        ),
        max_length=300,
        validators=[no_personal_number],
        error_messages={"required": _("Write where the figures come from.")},
    )


def file_problem(problem: Any) -> Any:
    """What to say of a file that is no table of the population."""
    return _(
        "There are no such headings in the file. It needs a column called region, and one for each year with the "
        "number of people, for example 2024."
    )
