"""The work begins by itself; what is contributed, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import Agreement, Assignment
from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.cocreate.underway import jobs, queries
from samskapa.cocreate.underway.domain import NothingWritten, NotNow, SaidAlready
from samskapa.cocreate.underway.models import CheckIn, Contribution, Outcome, Work
from samskapa.cocreate.underway.services import contributing
from samskapa.cocreate.underway.services.beginning import begin_work
from samskapa.ground.core.domain import BLANKED, SYSTEM
from samskapa.ground.core.models import AuditEntry, Event
from tests.factories.assignments import ANSWERS, host_of, make_agreeing, representative_of
from tests.factories.organisations import NOW
from tests.factories.standing import LATER, council, settle
from tests.factories.underway import BEGUN, answer, contribute, mails, under_way, work_of

pytestmark = pytest.mark.django_db


def test_the_work_begins_by_itself_when_every_agreement_is_settled():
    assignment = make_agreeing(representatives=2)
    one, two = Agreement.objects.filter(root=assignment).order_by("pk")
    settle(one)
    assert begin_work(assignment.pk, by=SYSTEM, now=LATER) is None
    settle(two)
    news = Event.objects.get(name="assignments.agreed")
    assert news.payload == {"assignment_id": assignment.pk}
    jobs.begin_work.func(now=LATER, **news.payload)
    work = Work.objects.get()
    assert (work.assignment_id, work.stage, work.begun_at) == (assignment.pk, "under_way", LATER)
    assert work.tell_by == ANSWERS["result"]["told_back_on"]
    told = {mail.recipient_id for mail in mails("begun")}
    assert told == {one.application.person_id, two.application.person_id, assignment.created_by_id}


def test_begun_twice_is_begun_once_and_the_clock_begins_what_no_news_did():
    (agreement,) = under_way()
    begin_work(agreement.root_id, by=SYSTEM, now=LATER + timedelta(days=1))
    assert (Work.objects.count(), CheckIn.objects.count(), len(mails("begun"))) == (1, 2, 2)
    assert queries.not_begun() == []
    lost = make_agreeing()
    settle(Agreement.objects.get(root=lost))
    assert queries.not_begun() == [lost.pk]
    jobs.begin_due.func(now=LATER)
    assert Work.objects.filter(assignment=lost).exists()


def test_check_ins_are_planned_as_the_agreement_says():
    (agreement,) = under_way()
    first, told = ANSWERS["time"]["starts_on"], ANSWERS["result"]["told_back_on"]
    assert list(CheckIn.objects.order_by("due_on").values_list("agreement", "moment", "due_on")) == [
        (agreement.pk, "first", first + timedelta(days=1)),
        (agreement.pk, "midway", first + (told - first) // 2),
    ]


def test_a_council_talks_half_way_through_the_term_and_is_not_asked_to_close():
    (agreement,) = council()
    begin_work(agreement.root_id, by=SYSTEM, now=LATER)
    assert work_of(agreement).tell_by is None
    term = agreement.terms.get()
    half = term.starts_on + (term.ends_on - term.starts_on) // 2
    assert CheckIn.objects.get(moment="midway").due_on == half


# --- contributions --------------------------------------------------------------------------------


def test_a_contribution_is_kept_in_the_trail_and_the_host_is_told_once_a_day():
    (agreement,) = under_way()
    one = contribute(agreement, "  Skriv vem man ringer. ")
    contribute(agreement, "Och när.")
    assert (one.text, one.added_side, one.added_by_id) == (
        "Skriv vem man ringer.",
        "person",
        agreement.application.person_id,
    )
    assert [mail.recipient_id for mail in mails("contributed")] == [agreement.root.created_by_id]
    assert AuditEntry.objects.filter(action="underway.contributed", object_id=str(one.pk)).count() == 1


def test_the_same_button_twice_is_one_contribution_and_two_people_may_say_the_same():
    one, two = under_way(2)
    assert contribute(one).pk == contribute(one).pk
    assert contribute(two).pk != contribute(one).pk
    assert Contribution.objects.count() == 2


def test_what_the_host_notes_is_told_to_the_representative():
    (agreement,) = under_way()
    noted = contribute(agreement, "Sa att texten är för lång.", by=host_of(agreement.root))
    assert noted.added_side == "host"
    assert [mail.recipient_id for mail in mails("contributed")] == [agreement.application.person_id]


def test_nothing_is_contributed_without_words_after_a_withdrawal_or_when_it_is_done():
    one, two = under_way(2)
    with pytest.raises(NothingWritten):
        contribute(one, "  ")
    withdraw(one.application, by=representative_of(one), now=BEGUN)
    with pytest.raises(NotNow):
        contribute(one)
    work = work_of(two)
    Work.objects.filter(pk=work.pk).update(
        stage="done", closing_at=BEGUN, done_at=BEGUN, later_by=BEGUN.date() + timedelta(days=180)
    )
    with pytest.raises(NotNow):
        contribute(two)


def test_what_became_of_it_is_told_at_once_with_the_reason():
    (agreement,) = under_way()
    said = answer(contribute(agreement), "partly", "Numret står där, tiderna ändras för ofta.")
    (mail,) = mails("outcome")
    assert mail.recipient_id == agreement.application.person_id
    assert (said.became, said.reason) == ("partly", "Numret står där, tiderna ändras för ofta.")


def test_a_new_word_replaces_an_earlier_one_which_stays_and_none_is_overwritten_unseen():
    (agreement,) = under_way()
    contribution = contribute(agreement)
    first = answer(contribution, "not_taken_in", "Det ryms inte.")
    assert answer(contribution, "not_taken_in", "Det ryms inte.").pk == first.pk
    with pytest.raises(SaidAlready):
        answer(contribution, "taken_in", "Det ryms ändå.")
    second = answer(contribution, "taken_in", "Det ryms ändå.", based_on=first.pk)
    assert [each.pk for each in Outcome.objects.order_by("pk")] == [first.pk, second.pk]
    assert len(mails("outcome")) == 2


@pytest.mark.parametrize("reason", ["", "   "])
def test_what_became_of_it_has_a_reason(reason):
    (agreement,) = under_way()
    with pytest.raises(NothingWritten):
        answer(contribute(agreement), "taken_in", reason)
    assert Outcome.objects.count() == 0


def test_the_database_refuses_to_rewrite_what_was_said():
    (agreement,) = under_way()
    said = answer(contribute(agreement))
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=said.pk).update(reason="Något annat.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=said.pk).delete()
    Outcome.objects.filter(pk=said.pk).update(reason=BLANKED)  # a decision of disposal
    assert Outcome.objects.get().reason == BLANKED


def test_what_is_taken_back_is_gone_and_cannot_be_answered_but_the_answer_stays():
    (agreement,) = under_way()
    contribution, waiting = contribute(agreement), contribute(agreement, "Och när.")
    answer(contribution)
    for each in (contribution, contribution, waiting):
        contributing.take_back_contribution(each, by=representative_of(agreement), now=BEGUN)
    assert set(Contribution.objects.values_list("text", flat=True)) == {BLANKED}
    assert Outcome.objects.count() == 1
    with pytest.raises(NotNow):
        answer(waiting)
    assert AuditEntry.objects.filter(action="underway.contribution_taken_back").count() == 2


def test_who_has_withdrawn_gets_no_mail_of_what_became_of_it_and_the_host_can_still_say_it():
    one, _two = under_way(2)
    contribution = contribute(one)
    withdraw(one.application, by=representative_of(one), now=BEGUN)
    answer(contribution)
    assert mails("outcome") == []
    assert Outcome.objects.count() == 1


def test_nothing_is_said_of_an_assignment_that_is_called_off():
    (agreement,) = under_way()
    contribution = contribute(agreement)
    Assignment.objects.filter(pk=agreement.root_id).update(
        state=State.CANCELLED, cancelled_at=NOW, cancelled_reason="Enheten läggs ned."
    )
    with pytest.raises(NotNow):
        answer(contribution)
    with pytest.raises(NotNow):
        contribute(agreement, "Mer.")
