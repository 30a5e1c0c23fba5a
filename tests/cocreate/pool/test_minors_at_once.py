"""A yes is taken back and given at the same moment: whatever comes first, the other is told."""

from __future__ import annotations

import pytest

from samskapa.cocreate.pool.domain import ChangedMeanwhile
from samskapa.cocreate.pool.models import Consent, Minor
from samskapa.cocreate.pool.services import running
from samskapa.cocreate.pool.services.minors import take_back_guardians_yes
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import OutboxMail
from tests.factories.organisations import NOW
from tests.factories.pool import YES, make_group, make_young
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_both_press_at_once_and_it_is_taken_back_once():
    group, coordinator = make_group(lowest_age=16)
    member = make_young(group, coordinator)
    said = {"on_day": NOW.date(), "now": NOW}
    results = at_once(
        lambda: take_back_guardians_yes(member, by=Actor(person_id=member.person_id), **said),
        lambda: take_back_guardians_yes(member, said_by="Eva", by=coordinator, based_on=1, **said),
    )
    assert [type(each) for each in results] == [Minor, Minor]
    assert Minor.objects.get().version == 2
    assert OutboxMail.objects.filter(kind="pool/guardian_ended").count() == 1


def test_names_are_changed_while_it_is_taken_back_and_no_yes_comes_of_it():
    group, coordinator = make_group(lowest_age=16)
    member = make_young(group, coordinator)
    changed, ended = at_once(
        lambda: running.note_minor(member, **YES | {"guide": "Jonas"}, words="Ja", based_on=1, by=coordinator, now=NOW),
        lambda: take_back_guardians_yes(member, on_day=NOW.date(), by=Actor(person_id=member.person_id), now=NOW),
    )
    assert isinstance(ended, Minor)
    assert isinstance(changed, Minor | ChangedMeanwhile)
    assert Consent.objects.filter(to="guardian", ended_at=None).count() == 0
