"""Following an assignment, and saved searches: asked for, told once, ended by one press."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samskapa.cocreate.assignments.access.informed import feed_path, stop_following_path, stop_search_path
from samskapa.cocreate.assignments.domain import Contribution, Form
from samskapa.cocreate.assignments.domain.informed import MOST_SEARCHES, EnoughSearches, NameTaken
from samskapa.cocreate.assignments.models import Assignment, Follow, SavedSearch
from samskapa.cocreate.assignments.queries.informed import searches_that_fit
from samskapa.cocreate.assignments.queries.open import Filters, open_assignments
from samskapa.cocreate.assignments.services import asking, closing
from samskapa.cocreate.assignments.services import informed as services
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.core.services import drain
from samskapa.ground.notices.models import Wish
from samskapa.ground.organisations.domain import Kind
from samskapa.ground.people.models import Person
from tests.factories.applications import make_application
from tests.factories.assignments import coordinator_for, host_of, make_open
from tests.factories.bulk import many_people
from tests.factories.organisations import log_in, make_node
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
FOLLOWING = "/uppdrag/foljer/"


@pytest.fixture
def now():
    """The pages ask the clock, so what is open must be open today."""
    return timezone.now()


@pytest.fixture
def assignment(now):
    return make_open(now=now - timedelta(days=1))


@pytest.fixture
def person():
    return make_person("Asta Alm", email="asta@example.se")


def as_self(person: Person) -> Actor:
    return Actor(person_id=person.pk)


def mails(kind: str) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(kind=f"assignments/{kind}").order_by("pk"))


def saved(person, now, name="Min", **filters) -> SavedSearch:
    return services.save_search(name=name, filters=Filters(**filters), by=as_self(person), now=now)


# --- following ------------------------------------------------------------------------------------


def test_one_follows_by_one_press_and_stops_by_another(client, person, assignment):
    log_in(client, person)
    page = f"/uppdrag/{assignment.pk}/"
    assert "Sluta följa" not in client.get(page).content.decode()
    for _twice in range(2):
        assert client.post(f"{page}folj/")["Location"] == page
    assert Follow.objects.filter(person=person, assignment=assignment).count() == 1
    assert AuditEntry.objects.filter(action="assignments.followed").count() == 1
    assert "Sluta följa" in client.get(page).content.decode()
    assert assignment.title in client.get(FOLLOWING).content.decode()
    for _twice in range(2):
        assert client.post(f"{page}sluta-folja/")["Location"] == page
    assert not Follow.objects.exists()
    assert AuditEntry.objects.filter(action="assignments.unfollowed").count() == 1


def test_nobody_follows_by_applying_or_asking(person, assignment, now):
    make_application(assignment, person, by=as_self(person), now=now)
    asking.ask_question(assignment, text="Var är det?", by=as_self(person), now=now)
    assert not Follow.objects.exists()


def test_a_visitor_is_led_to_log_in_and_what_was_never_open_cannot_be_followed(client, person, assignment):
    assert client.post(f"/uppdrag/{assignment.pk}/folj/")["Location"].startswith(reverse("account_login"))
    assert "/folj/" not in client.get(f"/uppdrag/{assignment.pk}/").content.decode()
    Assignment.objects.filter(pk=assignment.pk).update(state="need", published_at=None, closes_on=None, answer_by=None)
    log_in(client, person)
    assert client.post(f"/uppdrag/{assignment.pk}/folj/").status_code == 404


def test_those_who_follow_hear_what_happens_and_those_whose_own_matter_it_is_only_that(person, assignment, now):
    asker, applicant = make_person("Frida"), make_person("Sökande")
    coordinator, host = coordinator_for(assignment), host_of(assignment)
    question = asking.ask_question(assignment, text="Var är det?", by=as_self(asker), now=now)
    make_application(assignment, applicant, by=as_self(applicant), now=now)
    for who in (person, asker, applicant):
        services.follow(assignment, by=as_self(who), now=now)
    asking.answer_question(question, text="I Ekliden.", by=host, now=now)
    later = assignment.closes_on + timedelta(days=3)
    closing.extend(assignment, closes_on=later, answer_by=later + timedelta(days=14), by=coordinator, now=now)
    closing.close_early(assignment, by=coordinator, now=now)
    closing.call_off(assignment, reason="Ingen tid.", by=coordinator, now=now)
    drain(now)
    heard: dict[int, list[str]] = {}
    for mail in mails("followed"):
        heard.setdefault(mail.recipient_id, []).append(mail.params["news"])
    assert {who: sorted(news) for who, news in heard.items()} == {
        person.pk: ["answered", "called_off", "closed", "moved"],
        asker.pk: ["called_off", "closed", "moved"],
        applicant.pk: ["answered", "closed"],
    }
    assert {mail.matter for mail in mails("followed")} == {f"assignments.assignment:{assignment.pk}"}
    assert {mail.urgency for mail in mails("followed")} == {2}


def test_the_job_run_again_tells_nobody_twice_and_who_began_later_hears_nothing_of_before(person, assignment, now):
    services.follow(assignment, by=as_self(person), now=now)
    closing.close_early(assignment, by=coordinator_for(assignment), now=now)
    services.follow(assignment, by=as_self(make_person("Sen")), now=now + timedelta(minutes=1))
    drain(now)
    told = mails("followed")
    assert [mail.recipient_id for mail in told] == [person.pk]
    for _again in range(2):
        services.tell_followers(
            assignment, services.News.CLOSED, key=told[0].key.removeprefix("assignments.followed-closed-"),
            thing_id=0, happened_at=now, by=Actor(role="system"), now=now,
        )  # fmt: skip
    assert len(mails("followed")) == 1


def test_a_question_that_is_taken_down_before_the_mail_is_not_in_it(person, assignment, now):
    services.follow(assignment, by=as_self(person), now=now)
    asker = as_self(make_person("Frida"))
    question = asking.ask_question(assignment, text="Jag heter Frida och är sjuk", by=asker, now=now)
    asking.answer_question(question, text="Hej Frida", by=host_of(assignment), now=now)
    asking.hide_question(question, reason="Namn", by=host_of(assignment), now=now)
    drain(now)
    assert mails("followed") == []


def test_the_link_in_the_mail_ends_it_without_logging_in_and_opening_it_does_nothing(client, person, assignment, now):
    services.follow(assignment, by=as_self(person), now=now)
    path = stop_following_path(person.pk, assignment.pk)
    assert assignment.title in client.get(path).content.decode()
    assert Follow.objects.count() == 1
    assert "Du följer inte längre" in client.post(path).content.decode()
    assert not Follow.objects.exists()
    assert AuditEntry.objects.get(action="assignments.unfollowed").strength == 10
    for method in (client.get, client.post):
        assert "Det var redan avslutat." in method(path).content.decode()
    assert client.get(path[:-3] + "x/").status_code == 404


def test_a_coordinator_who_helps_somebody_does_not_choose_what_they_hear(assignment):
    from samskapa.cocreate.assignments.access.informed import may_follow

    assert may_follow(Actor(person_id=1))
    assert not may_follow(Actor(person_id=1, for_person_id=2))
    assert not may_follow(Actor())


def test_one_thing_one_follows_can_be_told_sooner_or_not_at_all(client, person, assignment, now):
    log_in(client, person)
    found = services.follow(assignment, by=as_self(person), now=now)
    path = f"/uppdrag/foljer/{found.pk}/hur/"
    assert client.post(path, {"pace": "never"})["Location"] == FOLLOWING
    assert Wish.objects.get().pace == "never"
    assert '<option value="never" selected>' in client.get(FOLLOWING).content.decode()
    closing.close_early(assignment, by=coordinator_for(assignment), now=now)
    drain(now)
    assert [mail.state for mail in mails("followed")] == ["kept"]
    client.post(path, {"pace": "nonsense"})
    assert Wish.objects.get().pace == "never"
    client.post(path, {"pace": "as_all"})
    assert not Wish.objects.exists()
    other = services.follow(assignment, by=as_self(make_person("Bo")), now=now)
    assert client.post(f"/uppdrag/foljer/{other.pk}/hur/", {"pace": "never"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_page_of_what_one_follows_costs_the_same(client, person, assignment, now, count):
    rows = [
        Assignment(
            **{
                field.attname: getattr(assignment, field.attname)
                for field in Assignment._meta.concrete_fields
                if field.attname not in {"id", "form_key"}
            }
        )
        for _ in range(count)
    ]
    made = Assignment.objects.bulk_create(rows)
    Follow.objects.bulk_create(Follow(assignment=each, person=person, since=now) for each in made)
    for number in range(min(count, MOST_SEARCHES)):
        saved(person, now, name=f"Sökning {number}", area=assignment.area)
    log_in(client, person)
    client.get(FOLLOWING)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(FOLLOWING).content.decode()
    assert page.count("<article") == min(count, 20) + min(count, MOST_SEARCHES)
    assert len(queries) == 8


def test_telling_three_hundred_costs_each_the_same(assignment, now):
    people = many_people(30)
    Follow.objects.bulk_create(Follow(assignment=assignment, person=each, since=now) for each in people)
    closing.close_early(assignment, by=coordinator_for(assignment), now=now)
    drain(now)
    assert len(mails("followed")) == 30


# --- saved searches -------------------------------------------------------------------------------


def test_what_the_list_is_filtered_by_is_saved_with_a_name(client, person, assignment):
    log_in(client, person)
    listed = client.get("/uppdrag/", {"area": assignment.area_id, "digital": "1"}).content.decode()
    path = re.search(r'href="(/uppdrag/sokningar/spara/[^"]*)"', listed)[1].replace("&amp;", "&")
    assert assignment.area.name in client.get(path).content.decode()
    for _twice in range(2):
        assert client.post(path, {"name": "  Här  hemma "})["Location"] == FOLLOWING
    search = SavedSearch.objects.get()
    assert (search.name, search.area_id, search.place, search.digital) == ("Här hemma", assignment.area_id, None, True)
    page = client.get(FOLLOWING).content.decode()
    assert f'href="/uppdrag/?area={assignment.area_id}&amp;digital=1"' in page
    assert f"{assignment.area.name}, digitalt" in page


def test_a_name_that_is_taken_missing_or_too_long_is_told_and_kept(client, person, now):
    saved(person, now, name="Min", digital=True)
    log_in(client, person)
    for name, says in (("Min", "annan sökning med det namnet"), ("", "error"), ("x" * 81, "80")):
        answer = client.post("/uppdrag/sokningar/spara/", {"name": name})
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert f'value="{name}"' in answer.content.decode() or not name
    assert SavedSearch.objects.count() == 1


def test_one_has_at_most_twenty(person, now):
    for number in range(MOST_SEARCHES):
        saved(person, now, name=f"{number}")
    assert saved(person, now, name="3").name == "3"
    with pytest.raises(EnoughSearches):
        saved(person, now, name="en till")
    with pytest.raises(NameTaken):
        saved(person, now, name="3", digital=True)


def test_a_new_assignment_that_fits_is_told_once_however_many_searches_it_fits(person, now):
    saved(person, now - timedelta(days=3), name="Allt")
    saved(person, now - timedelta(days=3), name="Digitalt", digital=True)
    saved(make_person("Bo"), now - timedelta(days=3), name="Forskning", contribution="research")
    saved(make_person("Sen"), now + timedelta(days=3), name="Allt")
    gone = make_person("Borta")
    saved(gone, now - timedelta(days=3), name="Allt")
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    opened = make_open(now=now)
    drain(now)
    services.tell_searchers(Assignment.objects.get(pk=opened.pk), by=Actor(role="system"), now=now)
    found = mails("found")
    assert [(mail.recipient_id, mail.params["title"]) for mail in found] == [(person.pk, "Allt")]
    assert found[0].params["found"] == opened.title
    assert found[0].matter == f"assignments.savedsearch:{SavedSearch.objects.get(person=person, name='Allt').pk}"


def test_a_saved_search_and_the_list_itself_agree_on_what_fits(now):
    region = make_node(Kind.REGION, "Region Ekliden", code="98")
    other = make_node(Kind.REGION, "Region Annan", code="97")
    town = make_node(Kind.MUNICIPALITY, "Ekby", code="9801")
    bigger = make_node(Kind.MUNICIPALITY, "Storby", code="9701")
    nodes = [region, other, town, bigger]
    opened = make_open(now=now)
    person = make_person("Asta")
    choices = st.tuples(
        st.sampled_from(nodes), st.sampled_from([None, town, bigger]), st.sampled_from(list(Form)),
        st.sampled_from(["", "research", "jury"]), st.sampled_from([None, *nodes]),
        st.sampled_from([None, town, bigger]), st.sampled_from(["", "research", "jury"]), st.booleans(),
    )  # fmt: skip

    @settings(max_examples=120, suppress_health_check=list(HealthCheck))
    @given(choices)
    def agree(chosen):
        area, municipality, form, contribution, wants_area, wants_place, wants, digital = chosen
        Assignment.objects.filter(pk=opened.pk).update(
            area=area, municipality=municipality, form=form.value, contribution=contribution
        )
        SavedSearch.objects.all().delete()
        filters = Filters(wants_area, wants_place, wants, digital)
        saved(person, now - timedelta(days=1), area=wants_area, place=wants_place, contribution=wants, digital=digital)
        row = Assignment.objects.select_related("area").get(pk=opened.pk)
        assert bool(list(searches_that_fit(row))) == open_assignments(timezone.localdate(now), filters).exists()

    assert {"research", "jury"} <= set(Contribution)
    agree()


def test_the_feed_has_what_fits_at_an_address_that_can_be_renewed(client, person, assignment, now):
    search = saved(person, now, name="Allt här", area=assignment.area)
    elsewhere = saved(person, now, name="Annat", area=make_node(Kind.REGION, "Annan", code="77"))
    path = feed_path(search)
    answer = client.get(path)
    feed = ET.fromstring(answer.content)
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert answer["Cache-Control"] == "private"
    assert feed.findtext("a:title", namespaces=ATOM) == "Allt här"
    assert [entry.text for entry in feed.findall("a:entry/a:title", ATOM)] == [assignment.title]
    assert ET.fromstring(client.get(feed_path(elsewhere)).content).findall("a:entry", ATOM) == []
    assert person.name not in answer.content.decode()
    log_in(client, person)
    client.post(f"/uppdrag/sokningar/{search.pk}/ny-adress/")
    assert client.get(path).status_code == 404
    search.refresh_from_db()
    assert client.get(feed_path(search)).status_code == 200
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(feed_path(search)).status_code == 404


def test_a_search_is_removed_on_the_page_and_by_the_link_in_its_mail(client, person, now):
    first, second = saved(person, now, name="Ett"), saved(person, now, name="Två")
    path = stop_search_path(second)
    assert "Två" in client.get(path).content.decode()
    assert SavedSearch.objects.count() == 2
    client.post(path)
    assert list(SavedSearch.objects.all()) == [first]
    log_in(client, person)
    other = saved(make_person("Bo"), now)
    assert client.post(f"/uppdrag/sokningar/{other.pk}/ta-bort/").status_code == 404
    client.post(f"/uppdrag/sokningar/{first.pk}/ta-bort/")
    assert list(SavedSearch.objects.all()) == [other]


def test_no_match_is_no_mail(person, now):
    saved(person, now - timedelta(days=1), contribution="jury")
    make_open(now=now)
    drain(now)
    drain(now + timedelta(days=1))
    assert not OutboxMail.objects.filter(recipient_id=person.pk).exists()


def test_what_one_follows_is_shown_taken_along_and_forgotten(person, assignment, now):
    from samskapa.cocreate.assignments.queries.informed import followed_rows_of

    services.follow(assignment, by=as_self(person), now=now)
    saved(person, now, name="Här hemma", digital=True)
    assert [str(row.title) for row in followed_rows_of(person.pk)] == [assignment.title, "Här hemma"]
    services.blank_followed_by(person.pk, by=Actor(role="system"), now=now)
    assert (Follow.objects.count(), SavedSearch.objects.count()) == (0, 0)
