"""Two at the same moment: the button pressed twice is once, and two workers write to nobody twice."""

from __future__ import annotations

import pytest

from samskapa.cocreate.circulars.domain import Stage
from samskapa.cocreate.circulars.models import Addressee, Circular
from samskapa.cocreate.circulars.queries.letters import reach_of
from samskapa.cocreate.circulars.services import sending, writing
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import OutboxMail
from tests.factories.organisations import NOW
from tests.factories.pool import make_group, make_member
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_button_and_the_worker_twice_at_once():
    group, coordinator = make_group()
    for _number in range(3):
        make_member(group, coordinator=coordinator)
    one = writing.write(group, title="Träff", text="Kom.", wanted={}, by=coordinator, now=NOW)
    mark = reach_of(group, {}, NOW.date()).mark
    sent = at_once(*[lambda: writing.send(one, based_on=1, mark=mark, by=coordinator, now=NOW)] * 2)
    assert [each.pk for each in sent] == [one.pk, one.pk]
    assert Addressee.objects.count() == 3
    assert at_once(*[lambda: sending.send_some(one.pk, by=SYSTEM, now=NOW)] * 2) == [False, False]
    assert Circular.objects.get().stage == Stage.SENT
    assert OutboxMail.objects.filter(kind="circulars/letter").count() == 3
