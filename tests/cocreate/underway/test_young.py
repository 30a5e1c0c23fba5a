"""Somebody under eighteen who takes part: the host, the coordinator and they themselves see who is with them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samskapa.cocreate.assignments.models import Agreement, Assignment
from samskapa.cocreate.pool.services.minors import take_back_guardians_yes
from samskapa.cocreate.underway.domain import Side
from samskapa.cocreate.underway.queries.page import Reader, page_of
from samskapa.cocreate.underway.services.beginning import begin_work
from samskapa.ground.core.domain import SYSTEM, Actor
from tests.factories.assignments import host_of, make_agreeing
from tests.factories.organisations import NOW
from tests.factories.pool import answer, make_group, make_young
from tests.factories.standing import settle
from tests.factories.underway import BEGUN, mails, under_way, work_of
from tests.factories.underway_pages import as_coordinator, as_host, as_representative, page, shown

pytestmark = pytest.mark.django_db

GUIDE, ADULT, GUARDIAN = "Maja på biblioteket", "Läraren Per", "Eva Ek"


def young(agreement: Agreement):
    group, coordinator = make_group(lowest_age=16)
    return make_young(group, coordinator, agreement.application.person)


def test_each_sees_what_they_need_and_other_representatives_nothing(client):
    mine, other = under_way(2, names=("Lo Ung", "Bo Alm"))
    young(mine)
    url = page("work", mine.root_id)
    for log in (as_host, as_coordinator):
        log(client, mine)
        said = shown(client, url)
        assert said.count("Under 18 år.") == 1
        assert f"Guide: {GUIDE}." in said
        assert f"Känd vuxen på möten: {ADULT}." in said
        assert GUARDIAN not in said
    as_representative(client, mine)
    said = shown(client, url)
    assert f"Din guide, som är där bara för dig: {GUIDE}." in said
    assert f"En vuxen som du känner är med dig: {ADULT}." in said
    as_representative(client, other)
    said = shown(client, url)
    assert not any(text in said for text in ("18 år", GUIDE, ADULT, "På möten"))
    read = page_of(work_of(other), Reader(Side.PERSON, other), BEGUN.date())
    assert [row.young for row in read.people] + [read.young] == [None, None, None]  # nor does it lie behind the page


def test_the_host_is_told_that_no_yes_stands_and_that_somebody_is_grown_up_now(client):
    (agreement,) = under_way()
    member, url = young(agreement), page("work", agreement.root_id)
    take_back_guardians_yes(member, on_day=NOW.date(), by=Actor(person_id=member.person_id), now=NOW)
    as_host(client, agreement)
    assert "Ingen vårdnadshavare har sagt ja: prata med resursgruppens samordnare" in shown(client, url)
    answer(member, "age", age="18-29")
    assert "18 år" not in shown(client, url)


def test_nothing_is_shown_once_nobody_meets_any_more(client):
    (agreement,) = under_way()
    young(agreement)
    as_host(client, agreement)
    url = page("work", agreement.root_id)
    assert GUIDE in shown(client, url)
    Agreement.objects.filter(pk=agreement.pk).update(ended_at=BEGUN)
    assert GUIDE not in shown(client, url)
    Agreement.objects.filter(pk=agreement.pk).update(ended_at=None)
    Assignment.objects.filter(pk=agreement.root_id).update(
        state="cancelled", cancelled_at=timezone.now(), cancelled_reason="Sparas in."
    )
    assert GUIDE not in shown(client, url)


@pytest.mark.parametrize("log", [as_host, as_representative])
def test_the_page_costs_the_same_with_more_of_them(client, log):
    counts = []
    for number in (1, 3):
        found = under_way(number)
        for agreement in found:
            young(agreement)
        log(client, found[0])
        with CaptureQueriesContext(connection) as made:
            shown(client, page("work", found[0].root_id))
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_the_mail_that_the_work_begins_says_it_to_the_host_alone_and_names_nobody():
    assignment = make_agreeing(representatives=2, names=("Lo Ung", "Bo Alm"))
    found = list(Agreement.objects.filter(root=assignment).select_related("root__unit", "application__person"))
    young(found[0])
    for agreement in found:
        settle(agreement)
    begin_work(assignment.pk, by=SYSTEM, now=BEGUN)
    said = {mail.recipient_id: mail.params.get("young", False) for mail in mails("begun")}
    host = host_of(assignment).person_id
    assert said == {host: True} | {agreement.application.person_id: False for agreement in found}
