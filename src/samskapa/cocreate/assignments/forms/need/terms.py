"""The questions of terms: pay, budget, contact, conflict of interest, questions of your own, a standing assignment."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ...domain import Pay
from .. import wording
from .fields import KronorField, LineField, WordsField, number, radio
from .part import PartForm


class PayForm(PartForm):
    key = "pay"
    pay = radio(wording.PAY, label=_("What they get"))
    pay_each_ore = KronorField(required=False, label=_("Fee for each occasion, in kronor"))
    pay_reading_ore = KronorField(required=False, label=_("Fee for reading and preparation in all, in kronor"))
    pay_note = WordsField(
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
    renewal = WordsField(
        required=False, rows=2, label=_("Can one go on after the term?"), help_text=_("How many times, and who asks?")
    )
    hand_over = WordsField(required=False, rows=2, label=_("How does the successor take over?"))
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
