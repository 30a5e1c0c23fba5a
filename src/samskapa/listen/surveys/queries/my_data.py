"""A person's own data: what they were asked, and what they answered by name."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samskapa.ground.people.domain import reference_to
from samskapa.ground.people.domain.my_data import Due, Fact, Row
from samskapa.ground.people.models import Person

from ..domain import Mode
from ..models import MODE_LABELS, Asked
from .sets import SetInWords, in_words, spec_of
from .words import answer_in_words


def asked_of(person: Person) -> QuerySet[Asked]:
    """Where the person is asked: as a person, or at their address."""
    named = Q(person=person) | Q(address=reference_to(person.pk))
    if person.email:
        named |= Q(address__iexact=person.email) & ~Q(address="")
    return Asked.objects.filter(named)


def survey_rows_of(person_id: int) -> list[Row]:
    """Everything one was asked, the oldest first, with what one answered by name."""
    person = Person.objects.get(pk=person_id)
    found = asked_of(person).select_related("asking__set_version__question_set", "sheet").order_by("asked_at", "pk")
    sets: dict[tuple[int, str], SetInWords] = {}
    rows = []
    for asked in found:
        asking = asked.asking
        facts = [
            Fact("asked_at", _("Got the questions"), asked.asked_at),
            Fact("how", _("How"), str(MODE_LABELS[Mode(asking.mode)])),
            Fact("address", _("Sent to"), asked.address),
            Fact("has_answered", _("Have answered"), asked.has_answered),
        ]
        sheet = getattr(asked, "sheet", None)
        if sheet is not None:
            place = (asking.set_version_id, asked.side)
            if place not in sets:
                language = get_language() or "sv"
                sets[place] = in_words(spec_of(asking.set_version), side=asked.side, language=language)
            facts += [
                Fact(each.question.key, each.words.text, answer_in_words(each, sheet.answers[each.question.key]))
                for each in sets[place].questions
                if each.question.key in sheet.answers
            ]
        rows.append(Row(asking.title, tuple(facts)))
    return rows


def surveys_past(limit: datetime) -> list[Due]:
    """Who was asked in rounds that closed at or before `limit`, and of whom something is still kept."""
    found = Asked.objects.filter(asking__closed_at__lte=limit, blanked_at=None).select_related("asking").order_by("pk")
    return [
        Due(each.pk, each.person_id, each.asking.closed_at or limit, each.asking.title) for each in found.iterator()
    ]
