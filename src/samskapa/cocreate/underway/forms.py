"""The forms of the work. None is long: a sentence is enough everywhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskapa.cocreate.assignments.queries.wording import duration
from samskapa.ground.design.forms import DateField
from samskapa.ground.people.forms import no_personal_number

from .domain import (
    LONGEST_CONTRIBUTION,
    LONGEST_NOTE,
    LONGEST_REASON,
    LONGEST_TOLD,
    LONGEST_WORD,
    MOST_QUARTERS,
    QUARTER,
    Side,
)
from .queries.wording import BECAME, GOES_WELL, IS_SO, KEPT, SPENT

_CHOOSE = {"required": _("Choose one of the answers."), "invalid_choice": _("Choose one of the answers.")}


def _words(label: Any, longest: int, *, help_text: Any = "", required: bool = True, rows: int = 5) -> forms.CharField:
    """A field for some sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[no_personal_number],
        error_messages={"required": _("Write something here."), "max_length": _("Shorten it a little.")},
    )


def _choice(label: Any, words: dict[Any, Any], *, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=[(str(key), text) for key, text in words.items()],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )


class ContributionForm(forms.Form):
    """representatives: (id of the agreement, name), for the host, who says whose it was; None for one's own."""

    text = _words(
        _("What was contributed"),
        LONGEST_CONTRIBUTION,
        help_text=_(
            "An idea, an objection, a wording, an experience. All who take part in the work can read it, so leave out "
            "what tells of your own or anybody else's health if it is not needed."
        ),
    )

    def __init__(self, *args: Any, representatives: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if representatives is not None:
            self.fields["agreement"] = forms.ChoiceField(
                label=_("Who contributed it"),
                choices=representatives,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose who contributed it."),
                    "invalid_choice": _("The one you chose does not take part any more. Choose somebody else."),
                },
            )
            self.order_fields(["agreement", "text"])


class OutcomeForm(forms.Form):
    became = _choice(_("What became of it"), BECAME)
    reason = _words(
        _("Why, and what happens now"),
        LONGEST_REASON,
        help_text=_("The representative gets it by mail, and the others who take part can read it."),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)


class CheckInForm(forms.Form):
    goes_well = _choice(_("How does it go?"), GOES_WELL)
    text = _words(
        _("What is good, and what needs to change?"),
        LONGEST_NOTE,
        required=False,
        help_text=_("You both read it, and so does the coordinator."),
    )

    def __init__(self, *args: Any, is_call: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_call:
            self.fields["goes_well"].label = _("How is it going for who told their story?")
            self.fields["text"].label = _("What did you agree on, if anything?")


class DayForm(forms.Form):
    day = DateField(label=_("Which day"))


def _quarters() -> list[tuple[str, str]]:
    """A quarter of an hour up to twelve hours, in words: nothing to reckon, and nothing to mistype."""
    return [("", gettext("Choose")), *((str(n), duration(n * QUARTER)) for n in range(1, MOST_QUARTERS + 1))]


class TimeForm(forms.Form):
    """Time of one day. note, based_on: the row that is changed, and how often it was changed when it was shown."""

    day = DateField(label=_("Which day"))
    what = _choice(_("What took the time"), SPENT)
    quarters = forms.TypedChoiceField(
        label=_("How much time"),
        choices=_quarters,
        coerce=int,
        error_messages={"required": _("Choose how long it took."), "invalid_choice": _("Choose how long it took.")},
    )
    note = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class RemoveTimeForm(forms.Form):
    """The row that is removed, as `TimeForm` names it."""

    note = forms.IntegerField(min_value=1)
    based_on = forms.IntegerField(min_value=0)


class TellForm(forms.Form):
    """What it has led to. kind: which telling the page was for."""

    text = _words(
        _("What has it led to?"),
        LONGEST_TOLD,
        rows=8,
        help_text=_(
            "What changed, what did not and why. It goes by mail to the representatives, and everybody can read it on "
            "the assignment's page, so name nobody."
        ),
    )
    kind = forms.CharField(widget=forms.HiddenInput)


class ConfirmForm(forms.Form):
    answer = _choice(_("Is it as the unit has told?"), IS_SO)
    word = _words(
        _("In your own words"),
        LONGEST_WORD,
        required=False,
        rows=3,
        help_text=_("The unit and the coordinator read it. It is not shown on the public page."),
    )


class PromiseForm(forms.Form):
    """One point: was it kept? Left without an answer it says nothing."""

    kept = forms.ChoiceField(
        label=_("Was it kept?"),
        choices=[(str(key), text) for key, text in KEPT.items()],
        widget=forms.RadioSelect,
        required=False,
        error_messages=_CHOOSE,
    )
    word = _words(_("A word about it"), LONGEST_WORD, required=False, rows=2)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("word") and not self.cleaned_data.get("kept") and "kept" not in self.errors:
            self.add_error("kept", _("Choose one of the answers."))
        return cleaned


def promise_forms(rows: list[Any], side: Side, data: Any = None) -> list[tuple[Any, PromiseForm]]:
    """A form for each point, filled with what the side has said before."""
    forms_of = []
    for row in rows:
        said = row.of(side)
        initial = {"kept": said.kept, "word": said.word} if said else {}
        forms_of.append((row, PromiseForm(data, prefix=f"line-{row.line_id}", initial=initial)))
    return forms_of
