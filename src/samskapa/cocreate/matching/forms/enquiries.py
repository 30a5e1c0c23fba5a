"""What one writes to other groups and organisations that are asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import DateField
from samskapa.ground.people.forms import WordsField

from ..domain import FEWEST, MOST_AT_A_TIME
from ..domain.enquiries import USUAL_DAYS_FOR_OTHERS
from . import MOST_WANTED, WithLastDay, ids_of

#: A letter's length, not a page's: what the assignment is stands on its own page.
LONGEST_MESSAGE = 1500


class EnquiryForm(WithLastDay):
    """By when they answer, how many one hopes for, and some words of one's own."""

    use_required_attribute = False
    answer_by = DateField(
        label=_("Last day to answer"),
        help_text=_("They have to ask somebody in their turn. Give them some days, and leave some to apply."),
    )
    wanted = forms.IntegerField(
        min_value=1,
        max_value=MOST_WANTED,
        label=_("How many do you hope for from each?"),
    )
    message = WordsField(
        label=_("Some words of your own"),
        required=False,
        max_length=LONGEST_MESSAGE,
        help_text=_("What the assignment is they read on its page. Write nothing here of a person."),
    )

    def __init__(self, *args: Any, closes_on: date, chosen: list[int], **kwargs: Any) -> None:
        day = timezone.localdate() + timedelta(days=USUAL_DAYS_FOR_OTHERS)
        kwargs["initial"] = {"answer_by": min(day, closes_on), "wanted": FEWEST}
        super().__init__(*args, **kwargs)
        self.closes_on, self.chosen = closes_on, chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.chosen:
            self.add_error(None, _("Choose whom to ask."))
        elif len(self.chosen) > MOST_AT_A_TIME:
            self.add_error(None, _("Ask %(most)s at most at a time.") % {"most": MOST_AT_A_TIME})
        return cleaned


def chosen_in(data: Any) -> list[int]:
    """The places that are ticked, each once, in their order."""
    return list(dict.fromkeys(ids_of(data, "place")))
