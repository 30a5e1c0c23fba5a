"""What an answer says, as lines of text for reading: on the review page, in the history, and when two texts differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskapa.ground.language import domain as language

from ..domain import Form, Pay
from ..domain.days import from_rows
from ..queries.wording import fixed_day
from . import wording

#: Node id -> name, for municipalities.
Names = Mapping[int, str]


def lines_of(
    key: str,
    values: Mapping[str, Any],
    *,
    together_by: date | None = None,
    names: Names | None = None,
    lang: str,
    today: date,
) -> list[str]:
    """The answer in lines, what is not answered left out. Days in `lang`; `today` decides whether the year is said."""

    def day(value: date) -> str:
        return language.write_day(value, language=lang, today=today)

    reader = _READERS.get(key)
    lines = reader(values, names or {}, day, lang) if reader else [str(v) for v in values.values() if v]
    if together_by:
        lines = [*lines, _("We decide that together, at the latest %(day)s.") % {"day": day(together_by)}]
    return [line for line in lines if line]


Day = Callable[[date], str]
Values = Mapping[str, Any]


def _choice(table: Mapping[str, Any], value: str) -> str:
    return str(table[value]) if value in table and value else ""


def _minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if hours and not rest:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def _influence(values: Values, names: Names, day: Day, lang: str) -> list[str]:
    return [
        _choice(wording.INFLUENCE, values["influence"]),
        values["influence_how"],
        values["influence_reason"],
    ]


def _sources(values: Values, names: Names, day: Day, lang: str) -> list[str]:
    present = values["sources_present"] or []
    if not present and not values["sources_note"]:
        return []
    missing = [str(label) for value, label in wording.SOURCE.items() if value not in present]
    lines = []
    if present:
        lines.append(_("Included: %(names)s.") % {"names": ", ".join(_choice(wording.SOURCE, v) for v in present)})
        if missing:
            lines.append(_("Missing: %(names)s.") % {"names": ", ".join(missing)})
    return [*lines, values["sources_note"]]


def _people(values: Values, names: Names, day: Day, lang: str) -> list[str]:
    wanted = values["people_wanted"]
    return [ngettext("%(count)s person", "%(count)s people", wanted) % {"count": wanted}] if wanted else []


def _time(values: Values, names: Names, day: Day, lang: str) -> list[str]:
    lines = []
    occasions, minutes, reading = values["occasions"], values["minutes_each"], values["reading_minutes"]
    if occasions:
        times = ngettext("%(count)s occasion", "%(count)s occasions", occasions) % {"count": occasions}
        lines.append(
            _("%(times)s, %(length)s each.") % {"times": times, "length": _minutes(minutes)} if minutes else times
        )
    elif minutes:
        lines.append(_("%(length)s each time.") % {"length": _minutes(minutes)})
    if reading:
        lines.append(_("Reading and preparation: %(length)s.") % {"length": _minutes(reading)})
    elif reading == 0:
        lines.append(_("Nothing to read beforehand."))
    when = values["when_text"]
    lines.append(when[:1].upper() + when[1:])
    days = values.get("days") or []  # revisions from before there were days do not have them
    lines += [fixed_day(each) for each in from_rows(days)]
    if values["starts_on"] and not days:
        lines.append(_("Begins %(day)s.") % {"day": day(values["starts_on"])})
    return lines


def _place(values: Values, names: Names, day: Day, lang: str) -> list[str]:
    lines = [_choice(wording.FORM, values["form"])]
    if values["form"] != Form.DIGITAL:
        lines.append(values["place"])
    if values["municipality_id"]:
        lines.append(names.get(values["municipality_id"], ""))
    return lines


def _pay(values: Values, names: Names, day: Day, lang: str) -> list[str]:
    lines = []
    if values["pay"] == Pay.FEE and values["pay_each_ore"] is not None:
        each = language.write_kronor(values["pay_each_ore"], language=lang)
        lines.append(_("%(amount)s for each occasion.") % {"amount": each})
    else:
        lines.append(_choice(wording.PAY, values["pay"]))
    if values["pay_reading_ore"]:
        reading = language.write_kronor(values["pay_reading_ore"], language=lang)
        lines.append(_("%(amount)s for the reading.") % {"amount": reading})
    return [*lines, values["pay_note"]]


def _budget(values: Values, names: Names, day: Day, lang: str) -> list[str]:
    holder = values["budget_holder"]
    if values["budget_yes"]:
        return [_("Yes, from: %(name)s") % {"name": holder} if holder else _("Yes")]
    return [_("Not yet. To be asked: %(name)s") % {"name": holder}] if holder else []


def _conflict(values: Values, names: Names, day: Day, lang: str) -> list[str]:
    return [str(wording.CONFLICT.get(values["conflict_matter"], ""))]


def _questions(values: Values, names: Names, day: Day, lang: str) -> list[str]:
    return [
        _("%(question)s (must be answered)") % {"question": row["text"]} if row["is_required"] else row["text"]
        for row in values["questions"]
    ]


def _standing(values: Values, names: Names, day: Day, lang: str) -> list[str]:
    if not values["is_standing"]:
        return [_("No, it has an end.")]
    lines = [_("Yes, it goes on until further notice.")]
    months, deputies, month = values["term_months"], values["deputies"], values["told_back_month"]
    if months:
        lines.append(ngettext("Term: %(count)s month.", "Term: %(count)s months.", months) % {"count": months})
    if deputies:
        lines.append(ngettext("%(count)s deputy.", "%(count)s deputies.", deputies) % {"count": deputies})
    lines.append(_("Organisations nominate.") if values["by_nomination"] else _("Anybody may apply."))
    if values["renewal"]:
        lines.append(_("Renewal: %(text)s") % {"text": values["renewal"]})
    if values["hand_over"]:
        lines.append(_("Hand-over: %(text)s") % {"text": values["hand_over"]})
    if month:
        lines.append(_("Tells back each year in %(month)s.") % {"month": wording.MONTHS[month - 1]})
    return lines


def _result(values: Values, names: Names, day: Day, lang: str) -> list[str]:
    lines = [values["result_use"]]
    if values["told_back_on"]:
        lines.append(_("Told back %(day)s.") % {"day": day(values["told_back_on"])})
    return lines


_READERS: dict[str, Callable[[Values, Names, Day, str], list[str]]] = {
    "phase": lambda values, *_rest: [_choice(wording.PHASE, values["phase"])],
    "contribution": lambda values, *_rest: [_choice(wording.CONTRIBUTION, values["contribution"])],
    "influence": _influence,
    "sources": _sources,
    "people": _people,
    "time": _time,
    "place": _place,
    "pay": _pay,
    "budget": _budget,
    "conflict": _conflict,
    "questions": _questions,
    "standing": _standing,
    "result": _result,
}
