"""Two at the same moment, each with a connection of their own."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.listen.surveys.domain import ChangedMeanwhile, Mode, NotOpen, stamp_of
from samskapa.listen.surveys.models import Asked, Asking, PaperTyped, SetVersion, Urn
from samskapa.listen.surveys.queries import answers_so_far, results_shown, shipped
from samskapa.listen.surveys.services import (
    close,
    hand_in,
    invite_all,
    make_set,
    remind_now,
    save_answers,
    type_in_paper,
)
from tests.factories.organisations import NOW, make_node
from tests.factories.surveys import make_asking, token_of
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def test_a_set_is_made_once():
    versions = at_once(*[lambda: make_set(shipped("pulse"), by=SYSTEM, now=NOW)] * 3)
    assert {each.number for each in versions} == {1}
    assert SetVersion.objects.count() == 1


def test_a_round_is_begun_once():
    node = make_node()
    askings = at_once(*[lambda: make_asking(2, key="once", node=node)] * 3)
    assert len({each.pk for each in askings}) == Asking.objects.count() == 1
    assert AuditEntry.objects.filter(action="surveys.begun").count() == 1


def test_eight_hand_in_anonymously_and_every_sheet_is_in_the_urn():
    asking = make_asking(8)
    works = [
        lambda asked=asked, number=number: hand_in(asked, {"next_time": str(number)}, by=SYSTEM, now=NOW)
        for number, asked in enumerate(asking.asked.order_by("pk"))
    ]
    assert not [each for each in at_once(*works) if isinstance(each, Exception)]
    assert sorted(sheet["next_time"] for sheet in Urn.objects.get().sheets) == [str(number) for number in range(8)]


@pytest.mark.parametrize("mode", list(Mode))
def test_a_double_press_hands_in_once(mode):
    asking = make_asking(1, mode=mode)
    asked = asking.asked.get()
    done = at_once(*[lambda: hand_in(asked, {"said": "3"}, by=SYSTEM, now=NOW)] * 3)
    assert not [each for each in done if isinstance(each, Exception)]
    assert [sheet for urn in Urn.objects.all() for sheet in urn.sheets] == (
        [{"said": "3"}] if mode == Mode.ANONYMOUS else []
    )
    assert AuditEntry.objects.filter(action="surveys.answered").count() == (1 if mode == Mode.NAMED else 0)


@pytest.mark.parametrize("mode", list(Mode))
def test_two_windows_on_one_question_one_is_kept_and_the_other_is_told(mode):
    asking = make_asking(1, mode=mode)
    asked = asking.asked.get()
    token = token_of(asked)
    mark = {"next_time": stamp_of(None)}
    done = at_once(
        *[
            lambda text=text: save_answers(asked, {"next_time": text}, based_on=mark, token=token, by=SYSTEM, now=NOW)
            for text in ("från mobilen", "från datorn")
        ]
    )
    (clash,) = [each for each in done if isinstance(each, Exception)]
    (kept,) = [each for each in done if not isinstance(each, Exception)]
    assert isinstance(clash, ChangedMeanwhile)
    assert answers_so_far(asked, token=token) == kept == clash.theirs


def test_closing_beside_somebody_who_hands_in_either_counts_the_sheet_or_refuses_it():
    asking = make_asking(6)
    everybody = list(asking.asked.order_by("pk"))
    for asked in everybody[:5]:
        hand_in(asked, {"said": "3"}, by=SYSTEM, now=NOW)
    closed, handed_in = at_once(
        lambda: close(asking, by=SYSTEM, now=NOW),
        lambda: hand_in(everybody[5], {"said": "3"}, by=SYSTEM, now=NOW),
    )
    counted = results_shown(closed).groups[0].sheets
    assert counted == len(Urn.objects.get().sheets) == Asked.objects.filter(has_answered=True).count()
    assert counted == (5 if isinstance(handed_in, NotOpen) else 6)


def test_workers_side_by_side_mail_each_once():
    asking = make_asking(4, days=60)
    at_once(*[lambda: invite_all(asking.pk, now=NOW)] * 3)
    at_once(*[lambda: remind_now(asking, by=SYSTEM, now=NOW + 2 * DAY)] * 3)
    for kind in ("asked", "reminder"):
        assert OutboxMail.objects.filter(kind=f"surveys/{kind}").count() == 4
    assert set(Asked.objects.values_list("reminders", flat=True)) == {1}


def test_a_sheet_on_paper_is_typed_in_once():
    asking, key = make_asking(1), uuid4()
    done = at_once(*[lambda: type_in_paper(asking, {"said": "3"}, side="", key=key, by=SYSTEM, now=NOW)] * 3)
    assert sorted(done) == [False, False, True]
    assert (PaperTyped.objects.count(), Urn.objects.get().sheets) == (1, [{"said": "3"}])
