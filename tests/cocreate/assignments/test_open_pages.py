"""The public list, its feeds, and the page of one assignment."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import Application, Assignment
from samskapa.cocreate.assignments.queries.open import Filters, options
from samskapa.cocreate.assignments.services import closing
from samskapa.cocreate.assignments.services.need import save_part
from samskapa.ground.language.domain import write_day
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.people.models import Person
from tests.factories.applications import make_application
from tests.factories.assignments import coordinator_for, host_of, make_agreeing, make_need, make_open, make_ready_need
from tests.factories.organisations import log_in, make_grant, make_node
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def now():
    """The pages ask the clock, so what is open must be open today."""
    return timezone.now()


def copies(assignment: Assignment, number: int) -> None:
    """More rows like it, made cheaply."""
    values = {
        f.attname: getattr(assignment, f.attname)
        for f in Assignment._meta.concrete_fields
        if f.attname not in {"id", "form_key"}
    }
    Assignment.objects.bulk_create(Assignment(**values) for _ in range(number))


def test_a_visitor_reads_the_list_and_the_page_without_logging_in(client, now):
    assignment = make_open(now=now)
    listed = client.get(reverse("assignments:open"))
    assert assignment.title in listed.content.decode()
    page = client.get(reverse("assignments:assignment", args=[assignment.pk])).content.decode()
    for fact in (
        assignment.why,
        assignment.expected,
        assignment.influence_how,
        assignment.experience,
        assignment.access,
        assignment.result_use,
        "Ulla Exempel",
        "000-00 00 00",
    ):
        assert escape(fact) in page
    assert "533" in page
    assert "296" in page


def test_the_page_says_the_time_with_reading_and_the_step_of_the_ladder(client, now):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(reverse("assignments:assignment", args=[make_open(now=now).pk])).content.decode()
    assert "6 hours and 30 minutes" in page
    assert "Step 4 of 5." in page


def test_what_is_decided_together_is_said_with_its_day(client, now):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assignment = make_open(now=now)
    assignment.parts.filter(key="pay").update(together_by=now.date() + timedelta(days=40))
    page = client.get(reverse("assignments:assignment", args=[assignment.pk])).content.decode()
    assert "We decide that together, by" in page


def test_the_list_says_it_too_where_time_or_pay_is_decided_together(client, now):
    assignment = make_open(now=now)
    Assignment.objects.filter(pk=assignment.pk).update(pay="", pay_each_ore=None, occasions=None)
    listed = client.get(reverse("assignments:open")).content.decode()
    assert "Ersättningen bestäms tillsammans." in listed
    assert "Tiden bestäms tillsammans." in listed


def test_what_was_put_right_after_publishing_carries_its_day(client, now):
    assignment = make_open(now=now - timedelta(days=2))
    url = reverse("assignments:assignment", args=[assignment.pk])
    assert "Ändrat" not in client.get(url).content.decode()
    save_part(assignment, "access", {"access": "Tolk, om du säger till."}, based_on=1, by=host_of(assignment), now=now)
    page = client.get(url).content.decode()
    assert f"Ändrat {write_day(timezone.localdate(now), language='sv', today=timezone.localdate(now))}." in page
    assert page.count("Ändrat") == 1


def test_the_page_of_a_standing_one_tells_term_deputies_renewal_hand_over_and_yearly_telling_back(client, now):
    standing = {
        "is_standing": True, "term_months": 24, "deputies": 1, "by_nomination": True, "told_back_month": 3,
        "renewal": "En gång till, om ni vill.", "hand_over": "Den som slutar träffar den som börjar.",
    }  # fmt: skip
    assignment = make_open(now=now, standing=standing)
    page = client.get(reverse("assignments:assignment", args=[assignment.pk])).content.decode()
    for said in ("24 månader", "1 ersättare", "En gång till, om ni vill.", "Den som slutar träffar den som börjar.",
                 "Varje år i mars berättar vi"):  # fmt: skip
        assert said in page, said


def test_only_open_ones_are_listed_in_page_json_and_atom(client, now):
    shown = make_open(now=now)
    need = make_need()
    ready = make_ready_need()
    past = make_open(now=now)
    Assignment.objects.filter(pk=past.pk).update(closes_on=timezone.localdate(now) - timedelta(days=1))
    called_off = make_open(now=now)
    closing.call_off(called_off, reason="Chefen slutar.", by=coordinator_for(called_off), now=now)
    listed = client.get(reverse("assignments:open"))
    assert [a.pk for a in listed.context["page_obj"]] == [shown.pk]
    assert [a["id"] for a in client.get(reverse("assignments:open_json")).json()["assignments"]] == [shown.pk]
    entries = ET.fromstring(client.get(reverse("assignments:open_atom")).content).findall("a:entry", ATOM)
    assert [e.find("a:id", ATOM).text for e in entries] == [f"tag:localhost,2026:uppdrag/{shown.pk}"]
    for hidden in (need, ready):
        assert client.get(reverse("assignments:assignment", args=[hidden.pk])).status_code == 404


def test_the_last_day_counts(client, now):
    assignment = make_open(now=now)
    Assignment.objects.filter(pk=assignment.pk).update(closes_on=timezone.localdate(now))
    assert client.get(reverse("assignments:open")).context["page_obj"].paginator.count == 1
    assert client.get(reverse("assignments:assignment", args=[assignment.pk])).context["facts"].is_open is True


def test_the_page_of_a_closed_one_says_so_also_before_the_job_has_run(client, now):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assignment = make_open(now=now)
    yesterday = timezone.localdate(now) - timedelta(days=1)
    Assignment.objects.filter(pk=assignment.pk).update(closes_on=yesterday)
    response = client.get(reverse("assignments:assignment", args=[assignment.pk]))
    assert assignment.state == State.OPEN
    assert "One can no longer apply" in response.content.decode()
    assert reverse("assignments:apply", args=[assignment.pk]) not in response.content.decode()


def test_who_is_part_of_the_work_is_not_told_that_one_can_no_longer_apply(client, now):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assignment = make_agreeing(names=("Anna Ek",))
    url, closed = reverse("assignments:assignment", args=[assignment.pk]), "One can no longer apply"
    assert closed in client.get(url).content.decode()
    log_in(client, Person.objects.get(name="Anna Ek"))
    told = client.get(url).content.decode()
    assert closed not in told
    assert "See your application" in told
    Application.objects.update(state="withdrawn", withdrawn_at=now)
    assert closed in client.get(url).content.decode()


def test_the_page_of_one_called_off_says_why(client, now):
    assignment = make_open(now=now)
    closing.call_off(assignment, reason="Mottagningen flyttar.", by=coordinator_for(assignment), now=now)
    assert (
        "Mottagningen flyttar." in client.get(reverse("assignments:assignment", args=[assignment.pk])).content.decode()
    )


def test_filters_choose_and_can_be_shared_as_an_address(client, now):
    here, elsewhere = make_open(now=now), make_open(now=now)
    town = make_node(Kind.MUNICIPALITY, "Ekstad")
    Assignment.objects.filter(pk=here.pk).update(form="place", municipality=town, contribution="jury")
    url = reverse("assignments:open")

    def shown(query):
        return [a.pk for a in client.get(url + query).context["page_obj"]]

    assert shown(f"?area={here.area_id}") == [here.pk]
    assert shown(f"?place={town.pk}") == [here.pk]
    assert shown("?contribution=jury") == [here.pk]
    assert shown("?digital=1") == [elsewhere.pk]
    assert shown(f"?area={here.area_id}&digital=1") == []
    json_ids = [
        a["id"] for a in client.get(reverse("assignments:open_json") + "?contribution=jury").json()["assignments"]
    ]
    assert json_ids == [here.pk]


def test_a_region_holds_the_municipalities_of_its_county(client, now):
    region = make_node(Kind.REGION, "Region Ek", code="97")
    town = make_node(Kind.MUNICIPALITY, "Ekby", code="9701")
    assignment = make_open(unit=town, now=now)
    make_open(now=now)
    shown = client.get(reverse("assignments:open"), {"area": region.pk}).context["page_obj"]
    assert [a.pk for a in shown] == [assignment.pk]


@pytest.mark.parametrize(
    "query",
    [
        "?area=abc",
        "?area=999999999",
        "?place=-1",
        "?place=99999999999999999999999999",
        "?area=%00",
        "?contribution=<script>alert(1)</script>",
        "?digital=maybe",
        "?page=xyz",
        "?page=-3",
        "?area=²",
    ],
)
def test_filter_values_that_mean_nothing_are_left_out_kindly(client, now, query):
    make_open(now=now)
    for name in ("open", "open_json"):
        response = client.get(reverse(f"assignments:{name}") + query)
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
    assert client.get(reverse("assignments:open") + query).context["page_obj"].paginator.count == 1


def test_the_list_announces_its_feeds_in_its_head(client):
    page = client.get(reverse("assignments:open")).content.decode()
    head = page[: page.index("</head>")]
    assert '<link rel="alternate" type="application/atom+xml"' in head
    assert '<link rel="alternate" type="application/json"' in head
    assert 'href="/uppdrag/atom.xml"' in head
    assert 'href="/uppdrag/lista.json"' in head


def test_the_json_has_the_promised_shape(client, now):
    assignment = make_open(now=now)
    body = client.get(reverse("assignments:open_json")).json()
    assert set(body) == {"version", "count", "next", "assignments"}
    assert (body["version"], body["count"], body["next"]) == (1, 1, None)
    only = body["assignments"][0]
    assert only["url"] == f"http://localhost:8000/uppdrag/{assignment.pk}/"
    assert only["pay"] == {"kind": "fee", "each_ore": 53300, "reading_ore": 29600}
    assert (only["occasions"], only["minutes_each"], only["reading_minutes"], only["total_minutes"]) == (
        3,
        90,
        120,
        390,
    )
    assert only["influence"]["key"] == "influence"
    assert only["closes_on"] == assignment.closes_on.isoformat()
    assert "contact" not in json.dumps(body)  # names and telephone numbers are for the page


def test_the_json_gives_fifty_at_a_time(client, now):
    copies(make_open(now=now), 50)
    first = client.get(reverse("assignments:open_json")).json()
    assert (first["count"], len(first["assignments"])) == (51, 50)
    second = client.get(first["next"].removeprefix("http://localhost:8000")).json()
    assert (len(second["assignments"]), second["next"]) == (1, None)


def test_the_atom_feed_is_one_with_ids_and_times(client, now):
    assignment = make_open(now=now)
    response = client.get(reverse("assignments:open_atom"))
    assert response["Content-Type"].startswith("application/atom+xml")
    root = ET.fromstring(response.content)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert root.find("a:id", ATOM).text == "tag:localhost,2026:uppdrag"
    entry = root.find("a:entry", ATOM)
    assert entry.find("a:title", ATOM).text == assignment.title
    assert entry.find("a:updated", ATOM).text[:10] == assignment.published_at.date().isoformat()
    assert entry.find("a:link", ATOM).get("href").endswith(f"/uppdrag/{assignment.pk}/")


@pytest.mark.parametrize("name", ["open_json", "open_atom"])
def test_what_has_not_changed_is_not_sent_again(client, now, name):
    make_open(now=now)
    url = reverse(f"assignments:{name}")
    etag = client.get(url)["ETag"]
    assert client.get(url, headers={"if-none-match": etag}).status_code == 304


def test_an_empty_feed_stays_the_same(client):
    url = reverse("assignments:open_atom")
    assert client.get(url).content == client.get(url).content


@pytest.mark.parametrize("name", ["open", "open_json", "open_atom"])
def test_the_number_of_queries_does_not_grow_with_the_list(client, now, name):
    assignment = make_open(now=now)
    url = reverse(f"assignments:{name}")
    client.get(url)
    counts = []
    for more in (0, 2, 297):
        copies(assignment, more)
        with CaptureQueriesContext(connection) as made:
            assert client.get(url).status_code == 200
        counts.append(len(made))
    assert counts[0] == counts[1] == counts[2]


def test_markup_in_a_text_is_shown_as_text(client, now):
    assignment = make_open(now=now)
    Assignment.objects.filter(pk=assignment.pk).update(title="<script>alert(1)</script>", why="<b>x</b>")
    for name, args in (("open", []), ("assignment", [assignment.pk]), ("open_atom", [])):
        assert "<script>alert" not in client.get(reverse(f"assignments:{name}", args=args)).content.decode()


def test_host_sees_the_way_to_the_applicants_and_an_organisation_the_way_to_nominate(client, now):
    assignment = make_open(now=now)
    url = reverse("assignments:assignment", args=[assignment.pk])
    person = make_person()
    log_in(client, person, make_grant(person, Role.HOST, assignment.unit))
    assert reverse("assignments:applicants", args=[assignment.pk]) in client.get(url).content.decode()
    log_in(client, person, make_grant(person, Role.ORGANISATION, make_node(Kind.PATIENT_ORGANISATION)))
    page = client.get(url).content.decode()
    assert reverse("assignments:applicants", args=[assignment.pk]) not in page
    assert reverse("assignments:nominate", args=[assignment.pk]) in page


def test_one_who_has_applied_sees_the_way_to_their_own_application(client, now):
    assignment, person = make_open(now=now), make_person()
    application = make_application(assignment, person, now=now)
    log_in(client, person)
    page = client.get(reverse("assignments:assignment", args=[assignment.pk])).content.decode()
    assert reverse("assignments:my_application", args=[application.pk]) in page
    assert reverse("assignments:apply", args=[assignment.pk]) not in page


def test_what_one_can_filter_by_is_asked_for_once_for_each_kind_and_not_for_each_assignment(now):
    """Ten that are alike come as one row: a sort order in the question would make each of them one."""
    copies(make_open(now=now), 9)
    with CaptureQueriesContext(connection) as asked:
        found = options(timezone.localdate(now), Filters())
    with connection.cursor() as cursor:
        cursor.execute(asked.captured_queries[0]["sql"])
        assert len(cursor.fetchall()) == 1
    assert len(found.areas) == 1
