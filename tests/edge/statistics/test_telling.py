"""Who sees a month first is told, once, while it is so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from samskapa.edge.statistics.services import tell_who_sees_first
from samskapa.ground.core.domain import Recipient
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.services import drain
from samskapa.ground.core.services.mail import written
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.figures import make_month, published
from tests.factories.organisations import make_grant, make_node
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
FROZEN = datetime(2024, 4, 1, 3, tzinfo=UTC)


@pytest.fixture
def people():
    """Name -> person: the host of a unit in which something was done; the coordinator of its region, who is host there
    too; and those who are not told."""
    region = make_node(Kind.REGION, "Region Ekliden")
    unit, idle = make_node(Kind.UNIT, "Ögonkliniken", region), make_node(Kind.UNIT, "Vilohemmet", region)
    found = {}
    for name, role, node in [
        ("host", Role.HOST, unit),
        ("coordinator", Role.COORDINATOR, region),
        ("idle", Role.HOST, idle),
        ("leader", Role.LEADERSHIP, region),
        ("gone", Role.HOST, unit),
    ]:
        found[name] = make_grant(make_person(name), role, node).person
    make_grant(found["coordinator"], Role.HOST, region)
    make_grant(found["coordinator"], Role.HOST, unit)
    RoleGrant.objects.filter(person=found["gone"]).update(granted_at=FROZEN - timedelta(days=1), ended_at=FROZEN)
    found["snapshot"] = make_month(published=[published(unit.pk, 2)])
    found["unit"] = unit
    return found


def told() -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(kind="statistics/ready").order_by("recipient_id", "pk"))


def test_hosts_and_coordinators_of_places_with_figures_are_told_when_a_month_is_frozen(people):
    drain(now=FROZEN)
    assert sorted((mail.recipient_id, mail.params["title"]) for mail in told()) == sorted(
        [
            (people["host"].pk, "Ögonkliniken"),
            (people["coordinator"].pk, "Ögonkliniken"),
            (people["coordinator"].pk, "Region Ekliden"),
        ]
    )
    first = told()[0]
    assert first.params["path"] == f"/siffror/{people['unit'].pk}/2024-03/"
    assert first.due_at > FROZEN  # it waits for the digest


def test_what_it_says_holds_the_day_and_no_number(people):
    tell_who_sees_first(people["snapshot"].pk, now=FROZEN)
    mail = OutboxMail.objects.get(recipient_id=people["host"].pk, kind="statistics/ready")
    letter = written(mail, Recipient("host@example.se", "host", "sv"), now=FROZEN)
    assert letter.subject == "Siffrorna för mars 2024 är klara"
    assert "Nu kan du se vad som gjordes i mars 2024, för Ögonkliniken." in letter.body
    assert "15 april" in letter.body
    assert " 2 " not in letter.body.replace("\n", " ")


def test_who_is_killed_half_way_forgets_and_doubles_nobody(people):
    assert tell_who_sees_first(people["snapshot"].pk, now=FROZEN) == 3
    before = [(mail.pk, mail.recipient_id) for mail in told()]
    OutboxMail.objects.filter(pk=before[-1][0]).delete()  # as if the worker had gone before the last
    later = FROZEN + timedelta(days=13)
    for _ in range(2):
        tell_who_sees_first(people["snapshot"].pk, now=later)
        assert [each.recipient_id for each in told()] == [person for _pk, person in before]
        assert [each.pk for each in told()][:2] == [pk for pk, _person in before][:2]


def test_nobody_is_told_when_everybody_sees_it(people):
    midnight = datetime(2024, 4, 14, 22, tzinfo=UTC)  # in Sweden
    assert tell_who_sees_first(people["snapshot"].pk, now=midnight) == 0
    assert tell_who_sees_first(people["snapshot"].pk, now=midnight - timedelta(seconds=1)) == 3
