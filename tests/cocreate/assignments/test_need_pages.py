"""The pages of describing a need: who may, what they say, what they do with what is typed."""

from __future__ import annotations

import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from samskapa.cocreate.assignments.domain import PARTS, Answers, State
from samskapa.cocreate.assignments.domain.readiness import check
from samskapa.cocreate.assignments.forms import wording
from samskapa.cocreate.assignments.models import Assignment, Part
from samskapa.cocreate.assignments.services.need import comment_part, save_part
from samskapa.cocreate.assignments.services.publishing import send_need
from samskapa.cocreate.assignments.templatetags.assignment_words import by_question
from samskapa.ground.organisations.domain import Kind, Role
from tests.factories.assignments import ANSWERS, make_need, make_open, make_ready_need
from tests.factories.organisations import actor_for, log_in, make_grant, make_node, make_region_tree
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
KEYS = [q.key for q in PARTS]


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def tree():
    return make_region_tree()


@pytest.fixture
def host(tree):
    return make_grant(make_person("Ulla Exempel"), Role.HOST, tree.unit)


@pytest.fixture
def coordinator(tree):
    return make_grant(make_person("Karin Samordnare", phone="010-111 11 11"), Role.COORDINATOR, tree.region)


def actor(grant):
    return actor_for(grant.person, grant.role, grant.node)


def enter(client, grant):
    log_in(client, grant.person, grant)


@pytest.fixture
def need(host, now):
    return make_ready_need(by=actor(host), unit=host.node, now=now, **soon(now))


def soon(now):
    """The usual answers with days counted from the real today."""
    day = timezone.localdate(now)
    return {
        "time": ANSWERS["time"] | {"starts_on": day + timedelta(days=60)},
        "result": ANSWERS["result"] | {"told_back_on": day + timedelta(days=200)},
    }


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_question_says_why_it_is_asked_and_gives_examples(lang):
    with override(lang):
        for key in KEYS:
            words = wording.QUESTIONS[key]
            assert str(words.because), key
            assert words.examples, key
            assert all(str(example)[-1] in ".?" for example in words.examples), key


def test_the_page_of_a_question_shows_its_reason_and_its_examples(client, need, host):
    enter(client, host)
    page = unescape(text_of(client.get(f"/uppdrag/behov/{need.pk}/title/")))
    words = wording.QUESTIONS["title"]
    for text in (words.because, *words.examples):
        assert str(text) in page


def test_the_knowledge_sources_that_are_missing_are_named():
    answers = Answers({"sources_present": ["patient", "system"], "sources_note": ""})
    found = next(f for f in check(answers, timezone.localdate()).findings if f.part == "sources")
    said = wording.say(found)
    assert said.what == "Saknas: Evidens och beprövad erfarenhet, De professionellas egen verklighet."
    assert wording.what_was_unclear(found.part, found.code) == "Någon sorts kunskap saknades."


@pytest.mark.parametrize("key", KEYS)
def test_every_question_has_a_page_for_host_and_coordinator(client, need, host, coordinator, key, now):
    enter(client, host)
    page = client.get(f"/uppdrag/behov/{need.pk}/{key}/")
    assert page.status_code == 200
    assert "<h1>" in text_of(page)
    assert "Spara" in text_of(page)
    send_need(need, by=actor(host), now=now)
    enter(client, coordinator)
    assert client.get(f"/uppdrag/behov/{need.pk}/{key}/").status_code == 200
    assert client.get(f"/uppdrag/behov/{need.pk}/{key}/kommentar/").status_code == 200


@pytest.mark.parametrize("key", KEYS)
def test_every_question_opens_empty_too(client, host, key):
    need = make_need(by=actor(host), unit=host.node)
    enter(client, host)
    assert client.get(f"/uppdrag/behov/{need.pk}/{key}/").status_code == 200


@pytest.mark.parametrize("name", ["", "granska/", "historik/", "avbryt/"])
def test_the_pages_of_a_need_render_for_its_host(client, need, host, name):
    enter(client, host)
    page = client.get(f"/uppdrag/behov/{need.pk}/{name}")
    assert page.status_code == 200
    assert ANSWERS["title"]["title"] in text_of(page) or name == "avbryt/"


@pytest.mark.parametrize(
    "name", ["", "granska/", "historik/", "avbryt/", "publicera/", "skicka-tillbaka/", "verksamhet/"]
)
def test_the_pages_of_a_sent_need_render_for_the_coordinator(client, need, host, coordinator, name, now):
    send_need(need, by=actor(host), now=now)
    enter(client, coordinator)
    assert client.get(f"/uppdrag/behov/{need.pk}/{name}").status_code == 200


def test_begin_and_list_pages_render(client, host, coordinator):
    for grant in (host, coordinator):
        enter(client, grant)
        for address in ("/uppdrag/behov/", "/uppdrag/behov/ny/", "/uppdrag/behov/kort/"):
            assert client.get(address).status_code == 200, address


# --- who may -------------------------------------------------------------------------------------

PAGES = ["", "granska/", "historik/"]
WRITE = ["why/", "why/kommentar/", "avbryt/"]
COORDINATE = ["publicera/", "skicka-tillbaka/", "verksamhet/"]
POSTS = ["skicka/", "ta-tillbaka/"]


def statuses(client, need, names, method="get"):
    return {name: getattr(client, method)(f"/uppdrag/behov/{need.pk}/{name}").status_code for name in names}


def test_visitors_are_asked_to_log_in(client, need):
    for name in [*PAGES, *WRITE, *COORDINATE]:
        answer = client.get(f"/uppdrag/behov/{need.pk}/{name}")
        assert answer.status_code == 302
        assert "/konto/" in answer["Location"]


def test_strangers_cannot_know_that_a_need_exists(client, need, tree):
    elsewhere = [
        make_grant(None, Role.HOST, tree.other_unit),
        make_grant(None, Role.COORDINATOR, tree.other_region),
        make_grant(None, Role.COORDINATOR, tree.municipality),
        make_grant(None, Role.MEMBER, tree.region),
        make_grant(None, Role.COUNCIL, tree.region),
        make_grant(None, Role.LEADERSHIP, tree.other_region),
        make_grant(None, Role.ORGANISATION, make_node(Kind.PATIENT_ORGANISATION)),
        make_grant(None, Role.NATIONAL, tree.nation),
        make_grant(None, Role.PAYROLL, tree.region),
        make_grant(None, Role.AUDITOR, tree.region),
        make_grant(None, Role.OPERATOR, tree.nation),
    ]
    for grant in elsewhere:
        enter(client, grant)
        assert set(statuses(client, need, [*PAGES, *WRITE, *COORDINATE]).values()) == {404}, grant.role
        assert set(statuses(client, need, POSTS, "post").values()) == {404}, grant.role
        assert ANSWERS["title"]["title"] not in text_of(client.get("/uppdrag/behov/"))
    log_in(client, make_person())
    assert set(statuses(client, need, [*PAGES, *WRITE, *COORDINATE]).values()) == {404}


def test_leadership_reads_and_nothing_else(client, need, tree):
    enter(client, make_grant(None, Role.LEADERSHIP, tree.region))
    assert set(statuses(client, need, PAGES).values()) == {200}
    assert set(statuses(client, need, [*WRITE, *COORDINATE]).values()) == {404}
    assert set(statuses(client, need, POSTS, "post").values()) == {404}
    assert client.get("/uppdrag/behov/ny/").status_code == 404


def test_a_host_writes_but_does_not_publish(client, need, host):
    enter(client, host)
    assert set(statuses(client, need, [*PAGES, *WRITE]).values()) == {200}
    assert set(statuses(client, need, COORDINATE).values()) == {404}


def test_the_host_of_the_administration_reaches_its_units(client, need, tree):
    enter(client, make_grant(None, Role.HOST, tree.administration))
    assert set(statuses(client, need, [*PAGES, *WRITE]).values()) == {200}


def test_the_one_who_raised_it_co_owns_the_text_as_member_and_as_oneself(client, tree, coordinator, now):
    member = make_grant(make_person("Elsa"), Role.MEMBER, tree.region)
    enter(client, member)
    client.post(
        "/uppdrag/behov/ny/", {"form_key": uuid.uuid4(), "title": "Väntrummet på kvällen", "area": tree.region.pk}
    )
    need = Assignment.objects.get()
    assert need.raised_by == member.person
    assert statuses(client, need, [*PAGES, "why/"]) == {"": 200, "granska/": 200, "historik/": 200, "why/": 200}
    log_in(client, member.person)
    assert client.get(f"/uppdrag/behov/{need.pk}/why/").status_code == 200
    assert "Väntrummet på kvällen" in text_of(client.get("/uppdrag/behov/"))
    enter(client, coordinator)
    answer = client.post(f"/uppdrag/behov/{need.pk}/verksamhet/", {"unit": tree.unit.pk})
    assert answer.status_code == 302
    enter(client, make_grant(None, Role.HOST, tree.unit))
    assert "Elsa" in text_of(client.get(f"/uppdrag/behov/{need.pk}/"))


def test_everybody_who_speaks_for_the_organisation_sees_what_it_raised(client, tree):
    organisation = make_node(Kind.PATIENT_ORGANISATION)
    first, second = (make_grant(None, Role.ORGANISATION, organisation) for _ in range(2))
    enter(client, first)
    client.post("/uppdrag/behov/ny/", {"form_key": uuid.uuid4(), "title": "Tolk", "area": tree.region.pk})
    enter(client, second)
    assert client.get(f"/uppdrag/behov/{Assignment.objects.get().pk}/").status_code == 200


# --- the way through -----------------------------------------------------------------------------


def test_from_short_version_to_published(client, tree, host, coordinator, now):
    enter(client, host)
    day = timezone.localdate(now)
    answer = client.post("/uppdrag/behov/kort/", short_version(tree, day) | {"harm": "", "together_by": day})
    need = Assignment.objects.get()
    assert answer["Location"] == f"/uppdrag/behov/{need.pk}/"
    assert "9 av 9 viktiga frågor är besvarade" in text_of(client.get(f"/uppdrag/behov/{need.pk}/"))
    for _click in range(2):
        assert client.post(f"/uppdrag/behov/{need.pk}/skicka/").status_code == 302
    enter(client, coordinator)
    page = client.get(f"/uppdrag/behov/{need.pk}/publicera/")
    days = page.context["form"].initial
    for _click in range(2):
        answer = client.post(f"/uppdrag/behov/{need.pk}/publicera/", days)
        assert answer.status_code == 302
    need.refresh_from_db()
    assert need.state == State.OPEN
    enter(client, host)
    assert "kontaktperson" in text_of(client.get(f"/uppdrag/behov/{need.pk}/contact/")).lower()
    assert client.get(f"/uppdrag/behov/{need.pk}/why/").status_code == 302
    contact = ANSWERS["contact"] | {"contact_name": "Nils Exempel", "version": 1}
    assert client.post(f"/uppdrag/behov/{need.pk}/contact/", contact).status_code == 302
    assert "Ändrat" in text_of(client.get(f"/uppdrag/behov/{need.pk}/"))


def test_the_short_version_asks_little_at_first_and_opens_what_is_folded_when_something_is_wrong_there(
    client, tree, host, now
):
    enter(client, host)
    page = client.get("/uppdrag/behov/kort/")
    asked = {group.ask: [bound.name for bound in group.fields] for group in by_question(page.context["form"])}
    assert list(asked)[1:3] == ["Vad ska uppdraget heta?", "Varför behöver ni personer med egen erfarenhet?"]
    assert sum(len(fields) for fields in asked.values()) == 15
    text = page.content.decode()
    assert (text.count('<details class="details">'), text.count('<details class="details" open>')) == (5, 0)
    said = short_version(tree, timezone.localdate(now)) | {"contact_email": "ulla", "contact_title": ""}
    text = client.post("/uppdrag/behov/kort/", said).content.decode()
    folded = text[text.index('<details class="details" open>') :]
    assert "Skriv adressen som namn@exempel.se." in folded
    for name in page.context["form"].fields:
        assert text.count(f'name="{name}"') >= 1, name


def short_version(tree, day):
    said = {}
    for key in ("title", "why", "expected", "influence", "harm", "budget", "contact"):
        said |= ANSWERS[key]
    said |= {"occasions": 2, "minutes_each": 60, "pay": "fee", "pay_each_ore": "533"}
    return {"form_key": uuid.uuid4(), "unit": tree.unit.pk, **said}


def test_a_double_click_on_the_short_version_makes_one_need(client, tree, host, now):
    enter(client, host)
    said = short_version(tree, timezone.localdate(now))
    for _click in range(2):
        assert client.post("/uppdrag/behov/kort/", said).status_code == 302
    assert Assignment.objects.get().pay_each_ore == 53300


@pytest.mark.parametrize("path", ["ny", "kort"])
def test_a_coordinator_types_in_a_call_before_the_unit_is_known(client, tree, coordinator, path):
    enter(client, coordinator)
    answer = client.post(
        f"/uppdrag/behov/{path}/",
        {"form_key": uuid.uuid4(), "title": "Någon ringde", "unit": "", "came_by": "phone", "came_note": "chefen"},
    )
    need = Assignment.objects.get()
    assert answer.status_code == 302
    assert (need.unit, need.area, need.came_by, need.created_as) == (None, tree.region, "phone", "coordinator")
    assert client.get(f"/uppdrag/behov/{need.pk}/").status_code == 200


def test_a_coordinator_below_the_area_names_the_unit_and_never_loses_sight_of_the_need(client, tree):
    enter(client, make_grant(make_person(), Role.COORDINATOR, tree.administration))
    call = {"form_key": uuid.uuid4(), "title": "Någon ringde", "unit": "", "came_by": "phone"}
    answer = client.post("/uppdrag/behov/kort/", call)
    assert answer.status_code == 422
    assert "Någon ringde" in text_of(answer)
    answer = client.post("/uppdrag/behov/kort/", call | {"unit": tree.administration.pk})
    assert client.get(answer.url).status_code == 200


def test_a_coordinator_types_in_a_call_and_it_shows(client, tree, coordinator, now):
    enter(client, coordinator)
    said = short_version(tree, timezone.localdate(now)) | {"came_by": "phone", "came_note": "Chefen på avdelning 3"}
    assert client.post("/uppdrag/behov/kort/", said).status_code == 302
    need = Assignment.objects.get()
    page = text_of(client.get(f"/uppdrag/behov/{need.pk}/"))
    assert "Per telefon: Chefen på avdelning 3" in page
    assert client.get(f"/uppdrag/behov/{need.pk}/publicera/").status_code == 200


def test_save_and_go_on_or_back(client, need, host):
    enter(client, host)
    onwards = client.post(f"/uppdrag/behov/{need.pk}/why/", {"why": "Ett nytt skäl", "version": 1, "onwards": 1})
    assert onwards["Location"] == f"/uppdrag/behov/{need.pk}/expected/"
    back = client.post(f"/uppdrag/behov/{need.pk}/why/", {"why": "Ännu ett skäl", "version": 2, "back": 1})
    assert back["Location"] == f"/uppdrag/behov/{need.pk}/"


def test_a_stale_form_shows_both_texts_and_loses_neither(client, need, host, coordinator, now):
    save_part(need, "why", {"why": "Samordnarens formulering"}, based_on=1, by=actor(coordinator), now=now)
    enter(client, host)
    page = client.post(f"/uppdrag/behov/{need.pk}/why/", {"why": "Värdens formulering", "version": 1})
    assert page.status_code == 409
    assert "Samordnarens formulering" in text_of(page)
    assert "Värdens formulering" in text_of(page)
    assert 'name="version" value="2"' in text_of(page)
    chosen = client.post(f"/uppdrag/behov/{need.pk}/why/", {"why": "Bådas formulering", "version": 2})
    assert chosen.status_code == 302
    history = text_of(client.get(f"/uppdrag/behov/{need.pk}/historik/"))
    assert "Samordnarens formulering" in history
    assert "Bådas formulering" in history


@pytest.mark.parametrize("key", KEYS)
def test_every_question_can_show_two_texts(client, need, host, coordinator, key, now):
    other = {"is_standing": True, "term_months": 12} if key == "standing" else {}
    part = need.parts.get(key=key)
    part = save_part(need, key, other, based_on=part.version, by=actor(coordinator), now=now)
    enter(client, host)
    mine = {column: value for column, value in (ANSWERS | soon(now)).get(key, {}).items() if value not in (None, False)}
    if key == "pay":
        mine |= {"pay_each_ore": "533", "pay_reading_ore": "296"}
    if key == "questions":
        mine = {"question_1": "Vad vill du berätta?"}
    if key == "standing":
        mine = {"is_standing": "on", "term_months": "24"}
    if key == "conflict":
        mine = {"conflict_matter": "jury"}
    page = client.post(f"/uppdrag/behov/{need.pk}/{key}/", mine | {"version": 77})
    assert page.status_code == 409


def test_who_comes_after_sending_keeps_the_text_to_copy(client, need, host, now):
    send_need(need, by=actor(host), now=now)
    enter(client, host)
    page = client.post(f"/uppdrag/behov/{need.pk}/why/", {"why": "Skrivet på bussen", "version": 1})
    assert page.status_code == 409
    assert "Skrivet på bussen" in text_of(page)


def test_comments_are_seen_where_one_writes_and_taken_care_of(client, need, host, coordinator, now):
    enter(client, coordinator)
    client.post(f"/uppdrag/behov/{need.pk}/why/kommentar/", {"text": "Vilka är det som ringer?"})
    enter(client, host)
    assert "Vilka är det som ringer?" in text_of(client.get(f"/uppdrag/behov/{need.pk}/why/"))
    comment = need.comments.get()
    client.post(f"/uppdrag/behov/{need.pk}/kommentar/{comment.pk}/klar/")
    assert "Vilka är det som ringer?" not in text_of(client.get(f"/uppdrag/behov/{need.pk}/"))


def test_a_comment_of_another_need_is_not_there(client, need, host, coordinator, now):
    other = make_need(by=actor(host), unit=host.node)
    comment = comment_part(other, "why", "Hej", by=actor(coordinator), now=now)
    enter(client, host)
    assert client.post(f"/uppdrag/behov/{need.pk}/kommentar/{comment.pk}/klar/").status_code == 404


def test_nothing_is_published_while_unclear_and_each_gap_has_a_link(client, need, host, coordinator, now):
    save_part(need, "harm", {}, based_on=1, by=actor(host), now=now)
    send_need(need, by=actor(host), now=now)
    enter(client, coordinator)
    page = client.post(f"/uppdrag/behov/{need.pk}/publicera/", {"closes_on": "2099-01-01", "answer_by": "2099-02-01"})
    assert page.status_code == 422
    assert f"/uppdrag/behov/{need.pk}/harm/" in text_of(page)
    need.refresh_from_db()
    assert need.state == State.SENT


def test_what_cannot_be_published_yet_says_so_first_and_offers_the_other_way(client, need, host, coordinator, now):
    save_part(need, "harm", {}, based_on=1, by=actor(host), now=now)
    send_need(need, by=actor(host), now=now)
    enter(client, coordinator)
    page = client.get(f"/uppdrag/behov/{need.pk}/publicera/").content.decode()
    step = page[page.index('<div class="next">') : page.index('class="lead"')]
    assert "Det går inte att publicera än." in step
    assert f"/uppdrag/behov/{need.pk}/skicka-tillbaka/" in step
    assert "8 av 9 viktiga frågor är besvarade." in text_of(client.get(f"/uppdrag/behov/{need.pk}/"))
    review = client.get(f"/uppdrag/behov/{need.pk}/granska/").content.decode()
    assert f"/uppdrag/behov/{need.pk}/publicera/" not in review
    assert "När alla är det går det att publicera." in review


def test_three_rows_for_questions_at_first_and_all_that_are_written(client, need, host, now):
    enter(client, host)
    page = f"/uppdrag/behov/{need.pk}/questions/"
    fold = '<details class="details"><summary>Fler frågor'
    text = client.get(page).content.decode()
    assert text.index('name="question_3"') < text.index(fold) < text.index('name="question_4"')
    client.post(page, {"version": 1, "question_5": "När?"} | {f"question_{n}": f"Vad {n}?" for n in range(1, 5)})
    assert fold.replace("><summary", " open><summary") in client.get(page).content.decode()


def test_giving_up_a_need(client, need, host):
    enter(client, host)
    assert client.post(f"/uppdrag/behov/{need.pk}/avbryt/", {"reason": " "}).status_code == 422
    for _click in range(2):
        assert client.post(f"/uppdrag/behov/{need.pk}/avbryt/", {"reason": "Vi hinner inte."}).status_code == 302
    assert "Vi hinner inte." in text_of(client.get(f"/uppdrag/behov/{need.pk}/"))


def test_what_is_published_has_another_way_out(client, host, now):
    need = make_open(by=actor(host), unit=host.node, now=now, **soon(now))
    enter(client, host)
    assert client.post(f"/uppdrag/behov/{need.pk}/avbryt/", {"reason": "Vi hinner inte."}).status_code == 302
    need.refresh_from_db()
    assert need.state == State.OPEN
    page = text_of(client.get(f"/uppdrag/behov/{need.pk}/"))
    assert f"/uppdrag/{need.pk}/stall-in/" in page
    assert f"/uppdrag/behov/{need.pk}/avbryt/" not in page


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "typed", "field"),
    [
        ("title", {"title": ""}, "title"),
        ("title", {"title": "x" * 121}, "title"),
        ("why", {"why": "   "}, "why"),
        ("why", {"why": "x" * 4001}, "why"),
        ("why", {"why": "Skäl", "together_by": "2020-01-01"}, "together_by"),
        ("why", {"together_by": "inte en dag"}, "together_by"),
        ("why", {"together_by": "2999-01-01"}, "together_by"),
        ("phase", {"phase": "never"}, "phase"),
        ("influence", {"influence": "' OR 1=1"}, "influence"),
        ("sources", {"sources_present": ["patient", "aliens"]}, "sources_present"),
        ("people", {"people_wanted": "0"}, "people_wanted"),
        ("people", {"people_wanted": "många"}, "people_wanted"),
        ("people", {"people_wanted": "99999999999999999999"}, "people_wanted"),
        ("time", {"occasions": "-1", "minutes_each": "90"}, "occasions"),
        ("time", {"occasions": "1", "minutes_each": "1,5"}, "minutes_each"),
        ("time", {"occasions": "1", "minutes_each": "90", "starts_on": "2020-02-02"}, "starts_on"),
        ("time", {"occasions": "1", "minutes_each": "90", "starts_on": "2027-02-31"}, "starts_on"),
        ("place", {"form": "moon"}, "form"),
        ("place", {"form": "place", "municipality_id": "999999"}, "municipality_id"),
        ("pay", {"pay": "fee", "pay_each_ore": "fem hundra"}, "pay_each_ore"),
        ("pay", {"pay": "fee", "pay_each_ore": "-5"}, "pay_each_ore"),
        ("pay", {"pay": "fee", "pay_each_ore": "9999999"}, "pay_each_ore"),
        ("pay", {"pay": "none", "pay_each_ore": "500"}, "pay_each_ore"),
        ("budget", {"budget_holder": "x" * 151}, "budget_holder"),
        ("contact", {"contact_name": "Ulla"}, "contact_phone"),
        ("contact", {"contact_name": "Ulla", "contact_phone": "ring mig"}, "contact_phone"),
        ("contact", {"contact_name": "Ulla", "contact_email": "ulla@"}, "contact_email"),
        ("questions", {"question_1": "Varför?", "question_2": "varför?"}, "question_2"),
        ("standing", {"is_standing": "on"}, "term_months"),
        ("standing", {"is_standing": "on", "term_months": "999"}, "term_months"),
        ("result", {"told_back_on": "2001-01-01"}, "told_back_on"),
    ],
)
def test_bad_input_gets_a_message_beside_the_field_and_keeps_what_was_typed(client, host, key, typed, field):
    need = make_need(by=actor(host), unit=host.node)
    enter(client, host)
    page = client.post(f"/uppdrag/behov/{need.pk}/{key}/", typed | {"version": 0})
    assert page.status_code == 422
    form = page.context["form"]
    assert list(form.errors) == [field]
    assert "error-summary" in text_of(page)
    assert f"id_{field}_error" in text_of(page)
    for name, value in typed.items():
        if isinstance(value, str) and value.strip() and len(value) < 100 and value != "on":
            assert form[name].value() == value
    assert need.parts.get(key=key).version == 0


NASTY = "<script>alert(1)</script>\x00\x08\u202e{{ need }} \"'; DROP TABLE --"


def test_malicious_text_is_only_text(client, need, host):
    enter(client, host)
    for key, field in (("title", "title"), ("why", "why"), ("access", "access")):
        answer = client.post(f"/uppdrag/behov/{need.pk}/{key}/", {field: NASTY, "version": 1})
        assert answer.status_code == 302
    for name in ["", "granska/", "historik/", "why/", "why/kommentar/"]:
        page = text_of(client.get(f"/uppdrag/behov/{need.pk}/{name}"))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
    need.refresh_from_db()
    assert not {"\x00", "\x08", "\u202e"} & set(need.why + need.title)


@pytest.mark.parametrize("address", ["/uppdrag/behov/ny/", "/uppdrag/behov/kort/"])
@pytest.mark.parametrize("form_key", ["", "inte en nyckel"])
def test_a_form_without_its_key_is_refused_in_words(client, host, address, form_key):
    enter(client, host)
    page = client.post(address, {"form_key": form_key, "title": "Kallelsen", "unit": host.node.pk})
    assert page.status_code == 422
    assert Assignment.objects.count() == 0


def test_a_unit_out_of_reach_cannot_be_chosen(client, host, tree):
    enter(client, host)
    page = client.post(
        "/uppdrag/behov/ny/", {"form_key": uuid.uuid4(), "title": "Kallelsen", "unit": tree.other_unit.pk}
    )
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["unit"]


def test_unknown_questions_and_wrong_methods(client, need, host):
    enter(client, host)
    assert client.get(f"/uppdrag/behov/{need.pk}/state/").status_code == 404
    assert client.get(f"/uppdrag/behov/{need.pk}/skicka/").status_code == 405
    assert client.delete(f"/uppdrag/behov/{need.pk}/why/").status_code == 405


# --- cost ----------------------------------------------------------------------------------------


def count_queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_costs_the_same_for_1_3_and_300(client, tree, coordinator, host, now):
    enter(client, coordinator)
    by, costs = actor(host), {}
    for many in (1, 3, 300):
        while (have := Assignment.objects.count()) < many:
            if have < 3:
                make_need(by=by, unit=tree.unit, title=f"Behov {have}", now=now)
            else:
                multiply(Assignment.objects.first(), many - have)
        costs[many] = count_queries(client, "/uppdrag/behov/")
    assert len(set(costs.values())) == 1, costs
    assert costs[1] <= 12


def multiply(need, times):
    copies = [
        Assignment(
            area_id=need.area_id,
            unit_id=need.unit_id,
            created_at=need.created_at,
            created_by_id=need.created_by_id,
            title=f"Kopia {n}",
        )
        for n in range(times)
    ]
    Assignment.objects.bulk_create(copies)
    Part.objects.bulk_create(Part(assignment=copy, key=key) for copy in copies for key in KEYS)


def test_the_pages_of_a_need_cost_the_same_however_much_is_written(client, need, host, coordinator, now):
    enter(client, host)
    names = ["", "granska/", "historik/", "why/", "why/kommentar/"]

    def costs():
        return {name: count_queries(client, f"/uppdrag/behov/{need.pk}/{name}") for name in names}

    comment_part(need, "why", "Fråga", by=actor(coordinator), now=now)
    few = costs()
    for n in range(30):
        comment_part(need, KEYS[n % len(KEYS)], f"Fråga {n}", by=actor(coordinator), now=now)
        save_part(need, "why", {"why": f"Skäl nummer {n}"}, based_on=n + 1, by=actor(host), now=now)
    assert costs() == few
