"""Anonymous: nothing that is stored ties an answer to a person, a link or a moment."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import AuditEntry, Event
from samskapa.listen.surveys.domain import AnsweredAlready, IsAnonymous, Whom
from samskapa.listen.surveys.models import AnonymousDraft, Sheet, Urn
from samskapa.listen.surveys.queries import answers_of, answers_so_far
from samskapa.listen.surveys.services import hand_in, save_answers
from tests.factories.organisations import NOW
from tests.factories.surveys import make_asking, token_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_an_anonymous_sheet_on_its_way_is_opened_by_its_link_alone_and_gone_when_handed_in():
    asking = make_asking(1)
    asked = asking.asked.get()
    token = token_of(asked)
    save_answers(asked, {"said": "5"}, token=token, by=SYSTEM, now=NOW)
    save_answers(asked, {"next_time": "Fler pauser"}, token=token, by=SYSTEM, now=NOW)
    assert answers_so_far(asked, token=token) == {"said": "5", "next_time": "Fler pauser"}
    assert answers_so_far(asked, token=token_of(asked)) == answers_so_far(asked) == {}
    hand_in(asked, token=token, by=SYSTEM, now=NOW)
    assert not AnonymousDraft.objects.exists()
    assert Urn.objects.get().sheets == [{"next_time": "Fler pauser", "said": "5"}]
    with pytest.raises(AnsweredAlready):
        save_answers(asked, {"said": "1"}, token=token, by=SYSTEM, now=NOW)
    hand_in(asked, {"said": "1"}, by=SYSTEM, now=NOW)  # a double press
    assert Urn.objects.get().sheets == [{"next_time": "Fler pauser", "said": "5"}]


def everything_stored() -> str:
    """All rows of all tables as text, the urn opened: what whoever runs the service can read, keys and all."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            told += [f"{table} {row}" for row in cursor.fetchall()]
    told += [f"sheet {sheet}" for urn in Urn.objects.order_by("pk") for sheet in urn.sheets]
    return "\n".join(told)


PEOPLE = ("ada@example.se", "bea@example.se", "cia@example.se")
SHEETS = ({"said": "1"}, {"said": "3", "next_time": "b"}, {"said": "5"})


def state_after(order: list[int], way: list[str]) -> tuple[object, ...]:
    """Everything that three people's anonymous answers leave, when person `n` of `order` answers sheet `n` in turn,
    kept on the way or all at once: in a form that does not depend on numbers that chance gives."""
    asking = make_asking([Whom(address=address) for address in PEOPLE])
    for place, (person, how) in enumerate(zip(order, way, strict=True)):
        now = NOW + place * DAY
        asked = asking.asked.get(address=PEOPLE[person])
        token = token_of(asked) if how == "by link" else ""
        if token:
            save_answers(asked, SHEETS[person], token=token, by=Actor(person_id=None), now=now)
        hand_in(asked, None if token else SHEETS[person], token=token, by=Actor(), now=now)
    marks = list(asking.asked.order_by("pk").values_list("address", "has_answered", "asked_at", "reminded_at"))
    urn = Urn.objects.get(asking=asking)
    sheets = sorted(json.dumps(sheet) for sheet in urn.sheets)
    mine = Q(object_type="surveys.asking", object_id=str(asking.pk)) | Q(
        object_type="surveys.asked", object_id__in=[str(pk) for pk in asking.asked.values_list("pk", flat=True)]
    )
    trail = list(AuditEntry.objects.filter(mine).order_by("pk").values_list("action", "at"))
    return marks, sheets, trail, AnonymousDraft.objects.count(), Event.objects.filter(name="surveys.answered").count()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.permutations([0, 1, 2]), st.lists(st.sampled_from(["by link", "at once"]), min_size=3, max_size=3))
def test_who_answered_first_and_who_answered_what_leave_the_same_rows(order, way):
    """Whoever answered in whatever order: nothing stored differs, so nothing stored tells."""
    assert state_after(order, way) == state_after([0, 1, 2], ["at once"] * 3)


def test_the_order_in_the_urn_is_chances_and_is_drawn_anew_with_each_sheet():
    """Forty sheets in a row: the odds that chance lays them in their order are one in 40!."""
    asking = make_asking(40)
    orders = []
    for number, asked in enumerate(asking.asked.order_by("pk")):
        hand_in(asked, {"next_time": f"{number:02d}"}, by=SYSTEM, now=NOW)
        orders.append([sheet["next_time"] for sheet in Urn.objects.get().sheets])
    assert sorted(orders[-1]) == [f"{number:02d}" for number in range(40)] != orders[-1]
    assert [each for each in orders[-1] if each != "39"] != orders[-2]


def test_no_row_that_is_stored_holds_a_link_or_ties_an_answer_to_a_person():
    asking = make_asking([Whom(address=address) for address in PEOPLE])
    tokens = []
    for asked, sheet in zip(asking.asked.order_by("pk"), SHEETS, strict=True):
        tokens.append(token_of(asked))
        save_answers(asked, sheet, token=tokens[-1], by=Actor(), now=NOW)
        hand_in(asked, token=tokens[-1], by=Actor(), now=NOW)
    stored = everything_stored()
    assert not any(token in stored for token in tokens)
    assert not Sheet.objects.exists()
    for line in stored.splitlines():
        assert not ("said" in line and re.search("|".join(PEOPLE), line))
    # No column of the urn or of the mark says when.
    assert {field.name for field in Urn._meta.fields} == {"id", "asking", "side", "uid", "sheets"}
    assert not [entry for entry in AuditEntry.objects.all() if entry.action.startswith("surveys.answer")]


def test_who_answered_what_anonymously_cannot_be_asked():
    asking = make_asking(1)
    hand_in(asking.asked.get(), {"said": "4"}, by=SYSTEM, now=NOW)
    with pytest.raises(IsAnonymous):
        answers_of(asking)
