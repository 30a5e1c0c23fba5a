"""The closing questions: both sides, at their own pace, before each other's answers; and what both see afterwards."""

from __future__ import annotations

import pytest

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import Agreement, Assignment
from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.cocreate.underway import jobs
from samskapa.cocreate.underway.domain import NotNow, Side
from samskapa.cocreate.underway.models import Telling
from samskapa.cocreate.underway.services.questions import answer_questions
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.models import RoleGrant
from samskapa.listen.surveys.domain import ChangedMeanwhile, NotOpen, stamp_of
from samskapa.listen.surveys.models import Asked, Asking, Sheet
from tests.factories.assignments import host_of, make_host, representative_of
from tests.factories.organisations import NOW
from tests.factories.underway import confirm, mails, under_way, work_of
from tests.factories.underway import tell as tell_at

pytestmark = pytest.mark.django_db

HEARD = "Vi fick svar på allt."


def tell(agreement: Agreement) -> Telling:
    """So early that the clock on the wall is past it, for the pages that ask it."""
    return tell_at(agreement, now=NOW)


def look_back(agreement: Agreement, given: dict | None = None, *, by: Actor | None = None, **more) -> Asked:
    """As the representative, or as whoever of the unit is named."""
    values = {"based_on": {}, "is_finished": True, "now": NOW}
    side = Side.PERSON if by is None else Side.HOST
    return answer_questions(
        work_of(agreement), given or {}, side=side, by=by or representative_of(agreement), **(values | more)
    )


def round_of(agreement: Agreement) -> Asking:
    return Asking.objects.get(key=f"underway.closing:{agreement.root_id}")


def leads_to(client, url: str, data: dict | None = None) -> str:
    answered = client.get(url) if data is None else client.post(url, data)
    assert answered.status_code == 302
    return answered.headers["Location"]


# --- the round ------------------------------------------------------------------------------------


def test_telling_opens_the_round_in_the_same_breath_for_everybody_who_had_an_agreement():
    one, two = under_way(2)
    withdraw(two.application, by=representative_of(two), now=NOW)
    tell(one)
    asking = round_of(one)
    assert (asking.thing, asking.mode, asking.closed_at) == (f"assignments.assignment:{one.root_id}", "named", None)
    assert asking.node_id == one.root.unit_id
    people = [each.application.person_id for each in (one, two)]
    assert list(asking.asked.order_by("pk").values_list("person_id", "side")) == [
        (pk, "representative") for pk in people
    ]
    assert all(mail.params["has_questions"] for mail in mails("confirm"))
    assert not Sheet.objects.exists()


def test_the_hosts_empty_answer_begins_the_closing_and_the_round_ends_when_the_work_is_done():
    (agreement,) = under_way()
    with pytest.raises(NotNow):
        look_back(agreement, {"heard": "5"})  # nobody has begun to close
    look_back(agreement, by=host_of(agreement.root))
    assert Asked.objects.get(side="host").has_answered is False
    look_back(agreement, {"heard": "5"})
    tell(agreement)
    look_back(agreement, {"heard": "4"})
    confirm(agreement)
    assert round_of(agreement).closed_at is not None
    with pytest.raises(NotOpen):
        look_back(agreement, {"heard": "1"})
    assert Sheet.objects.get(asked__side="representative").answers == {"heard": "4"}


def test_every_answer_can_be_taken_back_until_it_is_done():
    (agreement,) = under_way()
    tell(agreement)
    look_back(agreement, {"heard": "5", "words": "Tack."})
    look_back(agreement, {"heard": None, "words": None})
    assert Sheet.objects.get().answers == {}


def test_whoever_is_host_now_answers_for_the_unit_beside_the_one_who_left():
    (agreement,) = under_way()
    look_back(agreement, {"influence": "2"}, by=host_of(agreement.root))
    RoleGrant.objects.filter(role="host").update(ended_at=NOW)
    new = make_host(agreement.root.unit)
    look_back(agreement, {"influence": "4"}, by=new)
    sheets = Sheet.objects.filter(asked__side="host").order_by("asked_id")
    assert [sheet.answers for sheet in sheets] == [{"influence": "2"}, {"influence": "4"}]


def test_a_round_that_was_begun_and_called_off_is_closed_by_the_clock():
    (agreement,) = under_way()
    look_back(agreement, by=host_of(agreement.root))
    Assignment.objects.filter(pk=agreement.root_id).update(
        state=State.CANCELLED, cancelled_at=NOW, cancelled_reason="Lokalen brann."
    )
    with pytest.raises(NotNow):
        look_back(agreement, {"heard": "1"})
    jobs.confirming.func(now=NOW)
    assert round_of(agreement).closed_at == NOW


def test_two_windows_lose_nothing():
    (agreement,) = under_way()
    tell(agreement)
    unanswered = {"heard": stamp_of(None), "words": stamp_of(None)}
    look_back(agreement, {"heard": "5", "words": None}, based_on=unanswered)
    with pytest.raises(ChangedMeanwhile):
        look_back(agreement, {"heard": "2", "words": HEARD}, based_on=unanswered)
    assert Sheet.objects.get().answers == {"heard": "5"}
