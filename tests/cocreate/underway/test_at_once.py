"""Two windows at the same moment: one of them is heard, and nothing happens twice."""

from __future__ import annotations

import pytest

from samskapa.cocreate.assignments.models import Agreement, Assignment
from samskapa.cocreate.underway.domain import SaidAlready
from samskapa.cocreate.underway.models import CheckIn, Outcome, Telling, TimeNote, Work
from samskapa.cocreate.underway.services.beginning import begin_work
from samskapa.cocreate.underway.services.timing import change_time, remove_time
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import AuditEntry
from tests.factories.assignments import host_of, make_agreeing, make_host, representative_of
from tests.factories.standing import LATER, settle
from tests.factories.threads import at_once
from tests.factories.underway import BEGUN, answer, confirm, contribute, mails, note, tell, under_way

pytestmark = pytest.mark.django_db(transaction=True)


def test_closing_in_two_windows_tells_once_and_the_other_is_told_so():
    one, _two = under_way(2)
    hosts = host_of(one.root), make_host(one.root.unit)
    answers = at_once(
        lambda: tell(one, "Kallelsen är omskriven.", by=hosts[0]), lambda: tell(one, "Inget hände.", by=hosts[1])
    )
    assert sorted(type(each).__name__ for each in answers) == ["SaidAlready", "Telling"]
    assert (Telling.objects.count(), len(mails("confirm"))) == (1, 2)


def test_the_last_two_answers_at_once_finish_it_once():
    one, two = under_way(2)
    tell(one)
    at_once(lambda: confirm(one, "yes"), lambda: confirm(two, "no"))
    assert Assignment.objects.get().state == "done"
    assert AuditEntry.objects.filter(action="underway.done").count() == 1
    assert len(mails("done")) == 4  # two representatives, the host and the coordinator


def test_the_news_and_the_clock_at_once_begin_it_once():
    assignment = make_agreeing()
    settle(Agreement.objects.get(root=assignment))
    at_once(*[lambda: begin_work(assignment.pk, by=SYSTEM, now=LATER)] * 2)
    assert (Work.objects.count(), CheckIn.objects.count()) == (1, 2)


def test_two_who_say_what_became_of_it_at_once_do_not_overwrite_each_other():
    (agreement,) = under_way()
    contribution, other = contribute(agreement), make_host(agreement.root.unit)
    answers = at_once(
        lambda: answer(contribution, "taken_in", "Ja."), lambda: answer(contribution, "partly", "Nja.", by=other)
    )
    assert sum(isinstance(each, SaidAlready) for each in answers) == 1
    assert Outcome.objects.count() == 1


def test_a_row_of_time_from_two_windows_is_one_row_and_no_word_is_lost():
    (agreement,) = under_way()
    rows = at_once(lambda: note(agreement), lambda: note(agreement))
    assert rows[0].pk == rows[1].pk == TimeNote.objects.get().pk
    same = {"day": rows[0].day, "what": "meeting", "based_on": 0, "by": representative_of(agreement), "now": BEGUN}
    answers = at_once(
        lambda: change_time(rows[0], quarters=8, **same),
        lambda: remove_time(rows[0], based_on=0, by=same["by"], now=BEGUN),
    )
    # Changed first, it is not removed unseen; removed first, it is not changed into being.
    assert sum(isinstance(each, SaidAlready) for each in answers) == 1
    assert list(TimeNote.objects.values_list("quarters", flat=True)) in ([8], [])
