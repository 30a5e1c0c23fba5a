"""The kinds of field in which a need is answered: sentences, a line, an amount, a number, a choice."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import LineField as LineField
from samskapa.ground.people.forms import WordsField as WordsField

from ...domain.days import from_rows
from ...queries.wording import fixed_day


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


class DaysField(WordsField):
    """Fixed days, one a line. Its form reads them; what is kept is written back in the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(rows=4, max_length=10_000, **kwargs)
        self.max_length = None  # still refused beyond it; but what one has to know beforehand is how many days

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        # Each with its year and weekday: read again next year it must be the same day.
        return "\n".join(fixed_day(each, with_year=True) for each in from_rows(value))


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
