"""Fills an empty database: `python -m benchmarks.fill ASSIGNMENTS`, 20 times as many applications. Prints, as JSON,
who looks at which page."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from samskapa.cocreate.assignments.models import Application, Line  # noqa: E402
from samskapa.ground.agreements.forms import OPEN  # noqa: E402
from samskapa.ground.core.domain import Actor  # noqa: E402
from samskapa.ground.organisations.domain import Kind, Role  # noqa: E402
from tests.factories.assignments import make_need, make_open  # noqa: E402
from tests.factories.bulk import many_agreements, many_applications, many_assignments, many_people  # noqa: E402
from tests.factories.organisations import log_in, make_grant, make_node  # noqa: E402
from tests.factories.people import make_person  # noqa: E402
from tests.factories.stages import make_agreeing, make_closed, make_sent  # noqa: E402

#: Applications for each assignment.
EACH = 20
REGIONS, UNITS = 10, 10
#: How many of ten are open, and how many applications an open one has, for 20 an assignment in all.
OPEN_OF_TEN, EACH_OPEN = 6, 26
#: Assignments of the unit whose pages are measured: its lists fill their first page at every size.
OWN = 60


def fill(count: int) -> dict[str, list[str]]:
    """So many assignments: of ten, six open and one each being described, sent, in the choosing and being agreed on.
    60 are the first unit's, whose pages are measured; the rest is spread over 100 units in 10 regions. So every list
    fills its page at 100 as it does at 10,000, and a ratio compares pages of one length."""
    now = timezone.now()
    places = []
    for _ in range(REGIONS):
        region = make_node(Kind.REGION)
        for _ in range(UNITS):
            places += [make_node(Kind.UNIT, parent=region), region]
    unit, region = places[:2]
    host_person, coordinator_person, person = make_person(), make_person(), make_person()
    grants = {
        "host": make_grant(host_person, Role.HOST, unit),
        "coordinator": make_grant(coordinator_person, Role.COORDINATOR, region),
    }
    host, coordinator = (
        Actor(person_id=g.person_id, role=g.role, node_id=g.node_id, node_path=g.node.path) for g in grants.values()
    )
    at = {"unit": unit, "host": host, "now": now}
    applicants = [person, *(make_person() for _ in range(EACH - 1))]
    need, sent = make_need(unit=unit, by=host, now=now), make_sent(**at)
    opened = make_open(unit=unit, by=host, coordinator=coordinator, now=now)
    closed = make_closed(applicants, coordinator=coordinator, **at)
    agreeing = make_closed(applicants, coordinator=coordinator, **at)
    agreement = make_agreeing(agreeing, chosen=2, coordinator=coordinator, now=now)[0]
    pattern = Application.objects.filter(assignment=closed).first()
    yes = Application.objects.get(pk=agreement.application_id)

    stages = [need, sent, *[opened] * OPEN_OF_TEN, closed, agreeing]
    made = many_assignments(stages, OWN, units=[unit, region])
    made += many_assignments(stages, count - OWN - 5, units=places)
    people = many_people(max(200, count))
    many_applications(pattern, [a for a in made if a.state in ("open", "choosing")], people, EACH_OPEN)
    many_applications(yes, [a for a in made if a.state == "agreeing"], people, EACH)
    many_agreements(agreement, [a for a in made if a.state == "agreeing"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def cookie(who, grant=None) -> str:
        client = Client()
        log_in(client, who, grant)
        return client.cookies["sessionid"].value

    as_host, as_coordinator = cookie(host_person, grants["host"]), cookie(coordinator_person, grants["coordinator"])
    as_person = cookie(person)
    of = lambda name, *args: reverse(f"assignments:{name}", args=args)  # noqa: E731
    applicant = Application.objects.filter(assignment=closed).first()
    point = Line.objects.filter(root=agreeing).order_by("pk").first()
    return {
        "start": ["", "/"],
        "public list": ["", of("open")],
        "public list, page 2": ["", of("open") + "?page=2"],
        "assignment": ["", of("assignment", opened.pk)],
        "JSON": ["", of("open_json")],
        "Atom": ["", of("open_atom")],
        "list, logged in": [as_person, of("open")],
        "assignment, logged in": [as_person, of("assignment", opened.pk)],
        "apply": [as_person, of("apply", opened.pk)],
        "my page": [as_person, reverse("pages:my_page")],
        "need": [as_host, of("need", need.pk)],
        "need, one question": [as_host, of("need_part", need.pk, "why")],
        "needs": [as_host, of("needs")],
        "host": [as_host, reverse("pages:host")],
        "desk": [as_coordinator, reverse("pages:desk")],
        "applicants": [as_host, of("applicants", closed.pk)],
        "applicant": [as_host, of("applicant", closed.pk, applicant.pk)],
        "choose": [as_coordinator, of("choose", closed.pk)],
        "agreements": [as_host, of("agreements", agreeing.pk)],
        "agreement": [as_person, of("agreement", agreement.pk)],
        "agreement, a point opened": [as_person, f"{of('agreement', agreement.pk)}?{OPEN}={point.pk}"],
    }


if __name__ == "__main__":
    with transaction.atomic():
        pages = fill(int(sys.argv[1]))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as the server does by itself within minutes
    print(json.dumps(pages))
