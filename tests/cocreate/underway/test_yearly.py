"""A standing assignment tells each year, and the representatives say whether it is so: the law of confirmations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from samskapa.cocreate.assignments.domain.standing import telling_due
from samskapa.cocreate.assignments.models import Agreement, ToldBack
from samskapa.cocreate.assignments.services import telling_back
from samskapa.cocreate.underway import jobs
from samskapa.cocreate.underway.domain import NO_ANSWER, Side
from samskapa.cocreate.underway.models import Confirmation, Telling
from samskapa.cocreate.underway.queries.my_data import work_rows_of
from samskapa.cocreate.underway.queries.page import Reader, page_of
from samskapa.cocreate.underway.services import closing
from samskapa.cocreate.underway.services.beginning import begin_work
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services import drain
from tests.factories.assignments import host_of
from tests.factories.standing import FIRST, at, council
from tests.factories.standing import mails as mails_below
from tests.factories.underway import BEGUN, confirm, mails, work_of

pytestmark = pytest.mark.django_db

DUE = telling_due(3, FIRST, FIRST.replace(year=FIRST.year + 1))
TOLD = at(DUE)
TEXT = "Kvällstider sedan mars."


def told(representatives: int = 1, *, has_work: bool = True) -> list[Agreement]:
    """A council at work whose host has told the year."""
    found = council(representatives)
    if has_work:
        begin_work(found[0].root_id, by=SYSTEM, now=BEGUN)
    tell_year(found[0])
    return found


def tell_year(agreement: Agreement, *, years: int = 0) -> None:
    now = at(DUE.replace(year=DUE.year + years))
    year = telling_back.tell_back(agreement.root, text=TEXT, by=host_of(agreement.root), now=now)
    news = {"news": "told_back", "key_of_news": str(year.pk), "thing_id": year.pk, "at": now.isoformat()}
    jobs.ask_of_year.func(assignment_id=agreement.root_id, **news, now=now)


def test_each_who_took_part_is_asked_in_the_one_mail_that_brings_the_text():
    one, two = told(2)
    asked = [one.application.person_id, two.application.person_id]
    assert [(mail.recipient_id, mail.params["text"], mail.params["has_questions"]) for mail in mails("confirm")] == [
        (pk, TEXT, False) for pk in asked
    ]
    assert mails_below("told_back") == []
    drain(TOLD)  # the news itself asks nobody a second time
    telling = Telling.objects.get()
    assert (telling.kind, telling.text, telling.words) == ("yearly", "", TEXT)
    closing.ask_of_year(ToldBack.objects.get().pk, by=SYSTEM, now=TOLD)
    assert (Confirmation.objects.count(), len(mails("confirm"))) == (2, 2)


def test_where_the_work_has_not_begun_it_is_told_as_before_and_nothing_is_asked():
    told(has_work=False)
    assert (Telling.objects.count(), len(mails_below("told_back"))) == (0, 1)


def test_asked_once_more_then_closed_as_no_answer_and_the_work_goes_on():
    (agreement,) = told()
    for days in (13, 14, 27, 28):
        jobs.confirming.func(now=TOLD + timedelta(days=days))
    assert (Confirmation.objects.get().answer, len(mails("confirm"))) == (NO_ANSWER, 2)
    assert work_of(agreement).stage == "under_way"
    confirm(agreement, "partly", "Nästan.", now=TOLD + timedelta(days=40))
    assert Confirmation.objects.get().answer == "partly"
    assert len(mails("done")) == 0


def test_each_year_is_asked_of_and_who_left_long_before_is_not():
    one, two = told(2)
    Agreement.objects.filter(pk=two.pk).update(ended_at=TOLD + timedelta(days=1))
    tell_year(one, years=1)  # her term ended in the year that is told of
    assert Confirmation.objects.filter(agreement=two).count() == 2
    tell_year(one, years=2)
    assert Confirmation.objects.filter(agreement=two).count() == 2
    assert Confirmation.objects.filter(agreement=one).count() == 3


def test_a_missed_year_is_let_be_on_the_page_and_an_open_one_is_asked_for():
    (agreement,) = told()
    reader = Reader(side=Side.PERSON, agreement=agreement)
    asked = reverse("underway:confirm", args=[Confirmation.objects.get().pk])
    assert asked in [todo.url for todo in page_of(work_of(agreement), reader, DUE).todo]
    Confirmation.objects.update(answer=NO_ANSWER, asked_again_at=TOLD, answered_at=TOLD)
    page = page_of(work_of(agreement), reader, DUE)
    assert asked not in [todo.url for todo in page.todo]
    assert (page.told[0].telling.words, page.told[0].counts["no_answer"]) == (TEXT, 1)


def test_everybody_reads_the_year_once_with_what_the_representatives_answered(client):
    (agreement,) = told()
    confirm(agreement, "partly", "Nästan.", now=TOLD)
    public = client.get(reverse("assignments:assignment", args=[agreement.root_id])).content.decode()
    assert public.count(TEXT) == 1
    assert f"Återkoppling för {DUE.year}" in public
    assert "Ja: 0. Delvis: 1. Nej: 0. Inget svar: 0." in public
    assert "Nästan." not in public


def test_the_words_of_a_year_are_kept_in_one_place():
    (agreement,) = told()
    with pytest.raises(IntegrityError), transaction.atomic():
        Telling.objects.update(text="En kopia.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Telling.objects.update(told_back=None)
    host = host_of(agreement.root).person_id
    assert TEXT not in str([row.facts for row in work_rows_of(host)])
