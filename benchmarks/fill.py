"""Fills an empty database: `python -m benchmarks.fill ASSIGNMENTS [MEMBERS]`, 20 times as many applications, and a
resource group (as many members as assignments, where nothing is said). Prints, as JSON, who looks at which page."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from datetime import datetime

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.fill_members import fill_group  # noqa: E402
from samskapa.cocreate.assignments.models import Agreement, Application, Assignment, Line  # noqa: E402
from samskapa.cocreate.underway.services.beginning import begin_work  # noqa: E402
from samskapa.ground.agreements.forms import OPEN  # noqa: E402
from samskapa.ground.core.domain import SYSTEM, Actor  # noqa: E402
from samskapa.ground.organisations.domain import Kind, Role  # noqa: E402
from samskapa.ground.organisations.models import Node  # noqa: E402
from samskapa.listen.surveys.models import Asking  # noqa: E402
from samskapa.listen.surveys.services import close  # noqa: E402
from tests.factories.assignments import make_need, make_open  # noqa: E402
from tests.factories.bulk import (  # noqa: E402
    many_agreements,
    many_applications,
    many_askings,
    many_assignments,
    many_people,
    many_works,
)
from tests.factories.figures import make_month, published  # noqa: E402
from tests.factories.organisations import log_in, make_grant, make_node  # noqa: E402
from tests.factories.people import make_person  # noqa: E402
from tests.factories.stages import make_agreeing, make_closed, make_sent  # noqa: E402
from tests.factories.standing import settle  # noqa: E402
from tests.factories.surveys import answer_all, make_asking  # noqa: E402
from tests.factories.underway import answer, confirm, contribute, grow, tell, work_of  # noqa: E402

#: Applications for each assignment.
EACH = 20
REGIONS, UNITS = 10, 10
#: How many of twelve are open, and how many applications an open one has, for 20 an assignment in all.
OPEN_OF_TWELVE, EACH_OPEN = 6, 26
#: What representatives have contributed to each work, and how many rounds of questions a place has had.
CONTRIBUTED, ROUNDS = 10, 30
#: Assignments of the unit whose pages are measured: its lists fill their first page at every size.
OWN = 60


def at_work(assignment: Assignment, *, coordinator: Actor, now: datetime) -> list[Agreement]:
    """Two representatives' agreements, settled; the work has begun and has its contributions."""
    agreements = make_agreeing(assignment, chosen=2, coordinator=coordinator, now=now)
    for agreement in agreements:
        settle(agreement, now=now)
    assert begin_work(assignment.pk, by=SYSTEM, now=now)
    for agreement in agreements:
        answer(contribute(agreement, now=now), now=now)
        grow(agreement, CONTRIBUTED // 2 - 1)
    return agreements


def rounds_of(region: Node, *, by: Actor, now: datetime) -> list[Asking]:
    """So many rounds of questions, answered and closed."""
    found = []
    for _ in range(ROUNDS):
        asking = make_asking(20, node=region, by=by, now=now)
        sheets = [{"said": str(1 + n % 5), "followed": "yes", "next_time": "Kortare."} for n in range(20)]
        answer_all(asking, sheets, now=now)
        found.append(close(asking, by=by, now=now))
    return found


def fill(count: int, members: int) -> dict[str, list[str]]:
    """So many assignments: of twelve, six open and one each being described, sent, in the choosing, being agreed on,
    at work and done.
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

    working = at_work(make_closed(applicants, coordinator=coordinator, **at), coordinator=coordinator, now=now)
    finished = at_work(make_closed(applicants, coordinator=coordinator, **at), coordinator=coordinator, now=now)
    tell(finished[0], now=now)
    confirmation = finished[0].confirmations.get()
    for each in finished:
        confirm(each, now=now)
    stages = [need, sent, *[opened] * OPEN_OF_TWELVE, closed, agreeing, working[0].root, finished[0].root]
    for stage in stages:
        stage.refresh_from_db()
    made = many_assignments(stages, OWN, units=[unit, region])
    made += many_assignments(stages, count - OWN - 7, units=places)
    people = many_people(max(200, count))
    by_state = defaultdict(list)
    for assignment in made:
        by_state[assignment.state].append(assignment)
    many_applications(pattern, by_state["open"] + by_state["choosing"], people, EACH_OPEN)
    many_applications(yes, by_state["agreeing"] + by_state["agreed"] + by_state["done"], people, EACH)
    for like, state in [(agreement, "agreeing"), (working[0], "agreed"), (finished[0], "done")]:
        many_agreements(like, by_state[state])
    many_works(working[0], by_state["agreed"])
    many_works(finished[0], by_state["done"])
    asked = rounds_of(region, by=coordinator, now=now)
    many_askings(asked, [area for area in places[3::2] if area != region], count // 10)
    free = [make_open(unit=unit, by=host, coordinator=coordinator, now=now) for _twice in range(2)]
    group = fill_group(region, free, members, coordinator=coordinator, now=now)
    month = make_month(published=[published(place.pk, 7) for place in places[::2]])
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
    under = lambda name, *args: reverse(f"underway:{name}", args=args)  # noqa: E731
    at_month = [region.pk, f"{month.month:%Y-%m}"]
    contributed = work_of(working[0]).contributions.order_by("pk").first()
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
        "the work, representative": [as_person, under("work", working[0].root_id)],
        "the work, host": [as_host, under("work", working[0].root_id)],
        "a contribution, host": [as_host, under("outcome", contributed.pk)],
        "check-in": [as_person, under("check_in", working[0].check_ins.order_by("pk").first().pk)],
        "was it kept?": [as_person, under("promises", working[0].pk)],
        "closing questions": [as_host, under("questions", working[0].root_id)],
        "confirm": [as_person, under("confirm", confirmation.pk)],
        "what it led to": ["", of("assignment", finished[0].root_id)],
        "my involvement": [as_person, under("mine")],
        "my news": [as_person, reverse("notices:page")],
        "my mail": [as_person, reverse("notices:choose")],
        "figures, as anybody": ["", reverse("statistics:month", args=at_month)],
        "figures, month": [as_coordinator, reverse("statistics:month", args=at_month)],
        "questions": [as_coordinator, reverse("surveys:askings")],
        "questions, results": [as_coordinator, reverse("surveys:results", args=[asked[0].pk])],
        "concerns": [as_coordinator, reverse("concerns:concerns")],
        **{name: [as_coordinator, path] for name, path in group.items()},
    }


if __name__ == "__main__":
    with transaction.atomic():
        pages = fill(int(sys.argv[1]), int(sys.argv[-1]))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as the server does by itself within minutes
    print(json.dumps(pages))
