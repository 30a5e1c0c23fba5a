"""One form per question of the need, the short version that holds the important ones, and the steps of publishing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import DateField
from samskapa.ground.organisations.models import Node

from ..domain import Door, Influence, Pay, Source
from ..domain.parts import question
from . import wording

LONGEST = 4000
#: A day further away than this is a slip of the finger.
FURTHEST = timedelta(days=5 * 366)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class TextField(forms.CharField):
    """Some sentences. What cannot be seen (control characters, changed direction of writing) is left out."""

    def __init__(self, *, rows: int = 4, max_length: int = LONGEST, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea({"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return _CONTROL.sub("", super().to_python(value) or "").replace("\r\n", "\n").strip()


class LineField(forms.CharField):
    """One line: line breaks and invisible characters become spaces."""

    def to_python(self, value: Any) -> str:
        return " ".join(_CONTROL.sub(" ", super().to_python(value) or "").split())


class KronorField(forms.CharField):
    """An amount as one writes it ("533", "1 200 kr", "533,50"), kept in whole öre."""

    MOST = 100_000_00

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        super().__init__(widget=forms.TextInput({"inputmode": "decimal"}), **kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        text = re.sub(r"\s|kr\.?$|:-$", "", text.casefold()).replace(",", ".")
        if not text:
            return None
        if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", text):
            raise ValidationError(_("Write the amount in kronor with digits, for example 533."), code="invalid")
        try:
            ore = int(Decimal(text) * 100)
        except InvalidOperation as wrong:
            raise ValidationError(_("Write the amount in kronor with digits, for example 533.")) from wrong
        if ore > self.MOST:
            raise ValidationError(_("That is more than 100 000 kronor. Is the amount right?"), code="too_much")
        return ore

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        kronor, ore = divmod(value, 100)
        return f"{kronor},{ore:02d}" if ore else str(kronor)


def number(least: int, most: int, **kwargs: Any) -> forms.IntegerField:
    """A whole number within reason, with words for what is wrong."""
    return forms.IntegerField(
        min_value=least,
        max_value=most,
        error_messages={
            "invalid": _("Write a whole number with digits."),
            "min_value": _("Write a number that is at least %(limit_value)s."),
            "max_value": _("Write a number that is at most %(limit_value)s."),
        },
        widget=forms.TextInput({"inputmode": "numeric"}),
        **kwargs,
    )


def radio(choices: dict[str, Any], **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=list(choices.items()), widget=forms.RadioSelect, **kwargs)


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


class TitleForm(PartForm):
    key = "title"
    title = LineField(max_length=120, label=_("Heading"), help_text=_("A few words, at most 120 characters."))


class WhyForm(PartForm):
    key = "why"
    why = TextField(label=_("Why you need people with lived experience"))


class ExpectedForm(PartForm):
    key = "expected"
    expected = TextField(label=_("What they do"))


class PhaseForm(PartForm):
    key = "phase"
    phase = radio(wording.PHASE, label=_("Where the work is"))


class ContributionForm(PartForm):
    key = "contribution"
    contribution = radio(wording.CONTRIBUTION, label=_("Way to contribute"))


class InfluenceForm(PartForm):
    key = "influence"
    influence = radio(wording.INFLUENCE, label=_("Choose the step that is true"))
    influence_how = TextField(
        required=False,
        rows=3,
        label=_("How one will notice it"),
        help_text=_("What can be changed, who decides in the end, and how you explain if it turns out otherwise."),
    )
    influence_reason = TextField(
        required=False,
        rows=3,
        label=_("If you chose information: why is it an assignment all the same?"),
        help_text=_(
            "Where nothing can be influenced it is better to inform, for example at an open meeting. Leave this empty"
            " for the other steps."
        ),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("influence") != Influence.INFORMATION:
            self.cleaned_data["influence_reason"] = ""
        return cleaned


class SourcesForm(PartForm):
    key = "sources"
    sources_present = forms.MultipleChoiceField(
        required=False,
        choices=list(wording.SOURCE.items()),
        widget=forms.CheckboxSelectMultiple,
        label=_("Tick what is included today"),
    )
    sources_note = TextField(required=False, rows=3, label=_("What is missing, and how does it come in?"))

    def clean_sources_present(self) -> list[str]:
        chosen = set(self.cleaned_data["sources_present"])
        return [source.value for source in Source if source.value in chosen]


class HarmForm(PartForm):
    key = "harm"
    harm = TextField(rows=3, label=_("Who might lose, or not be heard?"))
    harm_action = TextField(required=False, rows=3, label=_("What do you do about it?"))


class PeopleForm(PartForm):
    key = "people"
    people_wanted = number(1, 200, label=_("Number of people"))


class ExperienceForm(PartForm):
    key = "experience"
    experience = TextField(label=_("Experience you seek"))


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
    access = TextField(required=False, label=_("What you can arrange"))


class PayForm(PartForm):
    key = "pay"
    pay = radio(wording.PAY, label=_("What they get"))
    pay_each_ore = KronorField(required=False, label=_("Fee for each occasion, in kronor"))
    pay_reading_ore = KronorField(required=False, label=_("Fee for reading and preparation in all, in kronor"))
    pay_note = TextField(
        required=False,
        rows=3,
        max_length=1000,
        label=_("Something more about the pay"),
        help_text=_("For example which guideline it follows and when it is paid. If there is no pay: why."),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("pay") in (Pay.EXPENSES, Pay.NONE) and (
            self.cleaned_data.get("pay_each_ore") or self.cleaned_data.get("pay_reading_ore")
        ):
            self.add_error("pay_each_ore", _("Choose a fee above, or leave the amount empty."))
        return cleaned


class BudgetForm(PartForm):
    key = "budget"
    budget_yes = forms.BooleanField(required=False, label=_("The one who holds the budget has said yes"))
    budget_holder = LineField(max_length=150, label=_("Who said yes, or whom will you ask?"))


class ContactForm(PartForm):
    key = "contact"
    contact_name = LineField(max_length=150, label=_("Name"))
    contact_title = LineField(max_length=150, required=False, label=_("Title"))
    contact_phone = LineField(max_length=40, required=False, label=_("Phone"))
    contact_email = forms.EmailField(
        max_length=254,
        required=False,
        label=_("E-mail"),
        error_messages={"invalid": _("Write the address as name@example.se.")},
    )
    contact_hours = LineField(
        max_length=150, required=False, label=_("When one can call"), help_text=_("For example: weekdays 9–12.")
    )

    def clean_contact_phone(self) -> str:
        phone = self.cleaned_data["contact_phone"]
        if phone and (not re.fullmatch(r"[\d\s+()/–-]+", phone) or len(re.findall(r"\d", phone)) < 5):
            raise ValidationError(_("Write the phone number with digits, for example 070-123 45 67."), code="invalid")
        return phone

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        if (
            given.get("contact_name")
            and not given.get("contact_phone")
            and not given.get("contact_email")
            and not {"contact_phone", "contact_email"} & set(self.errors)
        ):
            self.add_error(
                "contact_phone", _("Write a phone number or an e-mail address, so that one can get in touch.")
            )
        return cleaned


class ConflictForm(PartForm):
    key = "conflict"
    conflict_matter = radio(wording.CONFLICT, required=False, label=_("Does it matter here?"))


class QuestionsForm(PartForm):
    """Up to eight questions; empty rows are left out."""

    key = "questions"
    ROWS = 8

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        rows = (kwargs.get("initial") or {}).get("questions") or []
        initial = dict(kwargs.get("initial") or {})
        for n, row in enumerate(rows[: self.ROWS], start=1):
            initial |= {f"question_{n}": row["text"], f"required_{n}": row["is_required"]}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for n in range(1, self.ROWS + 1):
            self.fields[f"question_{n}"] = LineField(
                max_length=300, required=False, label=_("Question %(number)s") % {"number": n}
            )
            self.fields[f"required_{n}"] = forms.BooleanField(
                required=False, label=_("Question %(number)s must be answered") % {"number": n}
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        seen: set[str] = set()
        for n in range(1, self.ROWS + 1):
            text = self.cleaned_data.get(f"question_{n}", "")
            if text and text.casefold() in seen:
                self.add_error(f"question_{n}", _("You have asked that already."))
            seen.add(text.casefold())
        return cleaned

    def values(self) -> dict[str, Any]:
        rows = [
            {"text": text, "is_required": bool(self.cleaned_data.get(f"required_{n}"))}
            for n in range(1, self.ROWS + 1)
            if (text := self.cleaned_data.get(f"question_{n}"))
        ]
        return {"questions": rows}


class StandingForm(PartForm):
    key = "standing"
    is_standing = forms.BooleanField(
        required=False, label=_("Yes: a council, steering group or programme area that goes on until further notice")
    )
    term_months = number(1, 120, required=False, label=_("Months one is appointed for"))
    deputies = number(0, 50, required=False, label=_("Number of deputies"))
    by_nomination = forms.BooleanField(required=False, label=_("Organisations nominate; one does not apply oneself"))
    renewal = TextField(
        required=False, rows=2, label=_("Can one go on after the term?"), help_text=_("How many times, and who asks?")
    )
    hand_over = TextField(required=False, rows=2, label=_("How does the successor take over?"))
    told_back_month = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        label=_("Month in which you tell each year what it led to"),
        choices=[("", _("Not chosen")), *enumerate(wording.MONTHS, start=1)],
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if (
            self.cleaned_data.get("is_standing")
            and not self.cleaned_data.get("term_months")
            and ("term_months" not in self.errors)
        ):
            self.add_error("term_months", _("Write how many months one is appointed for, for example 24."))
        return cleaned

    def values(self) -> dict[str, Any]:
        if not self.cleaned_data.get("is_standing"):
            return {}
        return super().values() | {"deputies": self.cleaned_data.get("deputies") or 0}


class ResultForm(PartForm):
    key = "result"
    result_use = TextField(required=False, label=_("What you will do with the result"))
    told_back_on = DateField(required=False, label=_("The day on which you tell what it led to"))

    def clean_told_back_on(self) -> date | None:
        return self.day_to_come("told_back_on")


PART_FORMS: dict[str, type[PartForm]] = {
    form.key: form
    for form in (
        TitleForm,
        WhyForm,
        ExpectedForm,
        PhaseForm,
        ContributionForm,
        InfluenceForm,
        SourcesForm,
        HarmForm,
        PeopleForm,
        ExperienceForm,
        TimeForm,
        PlaceForm,
        AccessForm,
        PayForm,
        BudgetForm,
        ContactForm,
        ConflictForm,
        QuestionsForm,
        StandingForm,
        ResultForm,
    )
}


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


class ReasonForm(forms.Form):
    """Why it is sent back or called off."""

    use_required_attribute = False
    reason = TextField(max_length=2000, label=_("Reason"))

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text


class CommentForm(forms.Form):
    use_required_attribute = False
    text = TextField(
        max_length=2000,
        label=_("Your comment"),
        help_text=_("Read by everybody who writes in this need. Say what you wonder, and what would make it clearer."),
    )


class PublishForm(forms.Form):
    use_required_attribute = False
    closes_on = DateField(label=_("Last day to apply"))
    answer_by = DateField(
        label=_("Everybody who applied is answered by"), help_text=_("The date is shown to those who apply.")
    )


class UnitForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, units: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ModelChoiceField(units, label=_("The unit"), empty_label=_("Choose"))
