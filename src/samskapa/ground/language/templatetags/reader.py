"""`{% load reader %}`: dates, numbers and money in the reader's own language.

Nothing at all (None or "") is written as nothing; anything else that the filter is not for is an error.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from samskapa.ground.language import domain

register = template.Library()


@register.filter
def when(moment: dt.datetime | None) -> str:
    """`{{ meeting.starts_at|when }}`: "torsdag 10 december kl. 13.00", with year when it is not this."""
    if not moment:
        return ""
    return domain.write_moment(moment, language=_language(), today=_today())


@register.filter
def day(date: dt.date | dt.datetime | None) -> str:
    """`{{ assignment.closes_date|day }}`: "torsdag 10 december". A moment: the day it is in Sweden."""
    if not date:
        return ""
    if isinstance(date, dt.datetime):
        if timezone.is_naive(date):
            raise domain.NoTimeZone(f"{date!r} has no time zone")
        date = date.astimezone(domain.STOCKHOLM).date()
    return domain.write_day(date, language=_language(), today=_today())


@register.filter
def count(number: int | float | Decimal | None) -> str:
    """`{{ members|count }}`: 1 234 in Swedish, 1,234 in English."""
    return "" if number is None or number == "" else domain.write_number(number, language=_language())


@register.filter
def kronor(ore: int | None) -> str:
    """`{{ fee|kronor }}`: an amount in öre as "533 kr"."""
    return "" if ore is None or ore == "" else domain.write_kronor(ore, language=_language())


def _language() -> str:
    return (get_language() or "sv").split("-")[0]


def _today() -> dt.date:
    return timezone.now().astimezone(domain.STOCKHOLM).date()
