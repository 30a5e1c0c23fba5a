"""What a coordinator looks for, and whom she asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samskapa.cocreate.pool.queries import wording as pool
from samskapa.ground.design.forms import DateField, HintedChoice

from ..domain import FEWEST, MOST, PAIR, check_answer_by
from ..domain.waves import USUAL_DAYS, WrongDay
from ..queries.wanted import Sought
from ..queries.wording import CRITERION, SPEAKS_FOR

#: Nobody needs more yes than this of one wave.
MOST_WANTED = 100
#: What is sent where they are asked two and two.
TWO_AND_TWO = "on"


def _several(words: dict[Any, Any], **kwargs: Any) -> forms.MultipleChoiceField:
    choices = [(str(key), text) for key, text in words.items()]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, required=False, **kwargs)


class SoughtForm(forms.Form):
    """What the need says in its own words, read out in the words that members have answered in. It is sent in the
    address, so that a page of it can be gone back to."""

    use_required_attribute = False

    def __init__(self, *, sought: Sought) -> None:
        super().__init__(initial=sought)
        self.fields["as"] = _several(dict(pool.AS), label=CRITERION["as"])
        self.fields["care"] = _several(dict(pool.CARE), label=CRITERION["care"])
        self.fields["language"] = _several(dict(pool.LANGUAGE), label=CRITERION["language"])
        self.fields["when"] = _several(dict(pool.WHEN), label=CRITERION["when"])
        self.fields["speaks_for"] = _several(
            {value: capfirst(str(text)) for value, text in SPEAKS_FOR.items()}, label=CRITERION["speaks_for"]
        )
        self.fields["need"] = _several(
            dict(pool.NEED),
            label=_("What there is at the meetings"),
            help_text=_("What the unit has said it arranges. It is held against what each member needs."),
        )
        self.fields["only"] = _several(
            dict(CRITERION),
            label=_("Leave out those for whom this does not fit"),
            help_text=_("Who has not told is never left out."),
        )


class WithLastDay(forms.Form):
    """A form with `answer_by`: a day to come, and not later than one can apply."""

    closes_on: date

    def clean_answer_by(self) -> date:
        day: date = self.cleaned_data["answer_by"]
        try:
            check_answer_by(day, today=timezone.localdate(), closes_on=self.closes_on)
        except WrongDay as wrong:
            if wrong.args[0] == "past":
                raise ValidationError(_("That day is past. Write a day that is still to come."), code="past") from None
            raise ValidationError(
                _("One can apply until %(day)s. They have to answer by then."),
                params={"day": self.closes_on.isoformat()},
                code="closed",
            ) from None
        return day


class AskForm(WithLastDay):
    """Whom to ask, by when they answer, and what happens if too few say yes."""

    use_required_attribute = False
    answer_by = DateField(
        label=_("Last day to answer"),
        help_text=_("A week is often enough. Who does not answer has said neither yes nor no."),
    )
    wanted = forms.IntegerField(
        min_value=1,
        max_value=MOST_WANTED,
        label=_("How many do you need to say yes?"),
        help_text=_("At least two: who is alone among professionals easily goes unheard."),
    )
    together = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (
                TWO_AND_TWO,
                HintedChoice(
                    _("Two and two"),
                    _(
                        "Nobody is alone: it takes both to say yes. If one says no, the other is asked whether alone "
                        "is all right. The first two in the list are a pair, then the next two. With more than two you "
                        "see who is with whom before anybody is asked, and can change it."
                    ),
                ),
            ),
            ("", HintedChoice(_("Each by themselves"), _("Each answers for themselves alone."))),
        ],
        label=_("How do you want to ask them?"),
    )
    named = forms.BooleanField(
        required=False,
        label=_("Both have told me that they may be named to each other"),
        help_text=_(
            "Only for two who are asked together. Else each reads “another member”. With more than two you say it of "
            "each pair in the next step."
        ),
    )
    next_by_itself = forms.BooleanField(
        required=False,
        label=_("Ask the next ones by itself if too few say yes"),
        help_text=_(
            "As many as now, in the same order and in the same way, with as many days to answer. You get a mail, and "
            "can stop it."
        ),
    )
    alone = forms.BooleanField(
        required=False,
        label=_("Yes, I want to ask one person alone"),
    )

    def __init__(self, *args: Any, closes_on: date, people_wanted: int | None, **kwargs: Any) -> None:
        today = timezone.localdate()
        initial = {
            "answer_by": min(today + timedelta(days=USUAL_DAYS), closes_on),
            "wanted": max(people_wanted or FEWEST, 1),
        }
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.closes_on = closes_on
        #: Ids of the members that are ticked, and of those who are to be asked although they were just asked.
        self.chosen = list(dict.fromkeys(ids_of(self.data, "members")))
        self.anyway = ids_of(self.data, "anyway")
        if "alone" not in self.data:  # asked only when it matters
            self.fields["alone"].widget = forms.HiddenInput()

    def ask_whether_alone(self) -> None:
        """Show the box by which one says that one alone is meant."""
        self.fields["alone"].widget = forms.CheckboxInput()
        self.add_error(
            "alone",
            _(
                "You have chosen one person. Two or more are stronger together. Choose one more, or tick here if one "
                "is right this time."
            ),
        )

    def clean_together(self) -> bool:
        return bool(self.cleaned_data["together"] == TWO_AND_TWO)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.chosen:
            self.add_error(None, _("Tick those you want to ask."))
        elif cleaned.get("together") and len(self.chosen) % PAIR:
            self.add_error("together", not_even(len(self.chosen)))
        elif len(self.chosen) > MOST:
            self.add_error(None, _("Ask %(most)s people at most at a time.") % {"most": MOST})
        if cleaned.get("named") and not cleaned.get("together"):
            self.add_error(
                "named", _("This is for two who are asked together. Choose two and two as well, or leave this out.")
            )
        return cleaned


def not_even(number: int) -> str:
    """That so many are no pairs."""
    return _("You have ticked %(number)s. Tick one more or one less, or ask each by themselves.") % {"number": number}


def ids_of(data: Any, name: str) -> list[int]:
    """The numbers that were ticked; what is no number is left out."""
    values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
    return [int(value) for value in values if str(value).isascii() and str(value).isdigit() and len(str(value)) < 16]
