"""The page of what has happened, and that of what one wants to know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.config.notices import MAILS, TOPICS
from samskapa.ground.core.domain import Pace
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.services import queue_mail
from samskapa.ground.core.services.mail import message_id
from samskapa.ground.notices.models import Rhythm, Wish
from tests.factories.organisations import log_in
from tests.factories.people import make_person
from tests.project_files import mail_templates

pytestmark = pytest.mark.django_db
PAGE, CHOOSE = "/mitt/hant/", "/konto/mejl/"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def person(client):
    found = make_person("Asta Alm")
    log_in(client, found)
    return found


def told(person, key="a", *, now, title="Lugnare väntrum", **how):
    return queue_mail(
        "assignments/moved", to=person.pk, key=key, now=now, title=title, path="/uppdrag/1/",
        closes_on="2026-12-01", answer_by="2026-12-15", **how,
    )  # fmt: skip


# --- the table ------------------------------------------------------------------------------------


def test_every_kind_of_mail_has_a_topic_and_every_topic_has_mail():
    assert sorted(MAILS) == mail_templates()
    assert {topic.key for topic in MAILS.values()} == {topic.key for topic in TOPICS}


def test_a_topic_that_cannot_be_switched_off_says_why_and_offers_what_is_usual():
    assert {topic.key for topic in TOPICS if Pace.NEVER not in topic.choices} == {
        "account", "own_data", "application", "agreement_waits", "concern", "work_waits", "group",
        "invited",
    }  # fmt: skip
    for topic in TOPICS:
        assert bool(topic.fixed) == (Pace.NEVER not in topic.choices), topic.key
        assert topic.pace in topic.choices
        assert Pace.AT_ONCE in topic.choices


# --- what has happened ----------------------------------------------------------------------------


def test_it_shows_what_was_told_the_newest_first_with_a_link_in_place_of_an_address(client, person, now):
    told(person, "old", now=now - timedelta(days=2), title="Äldst")
    told(person, "new", now=now - timedelta(days=1), title="Nyast")
    page = client.get(PAGE).content.decode()
    assert page.index("Nyast") < page.index("Äldst")
    assert page.count('href="/uppdrag/1/"') == 2
    assert "http://" not in page.partition("<main")[2].partition("</main")[0]


def test_neither_others_nor_codes_nor_digests_nor_what_is_blanked(client, person, now):
    told(make_person("Bo"), now=now, title="Bos")
    queue_mail("people/login_code", to=person.pk, key="code", now=now, code="123456")
    queue_mail("people/way_in_added", to=person.pk, key="way", now=now, way="app")
    told(person, "secret", now=now, title="Hemligt", secret=True)
    blanked = told(person, "blanked", now=now, title="Tömt")
    OutboxMail.objects.filter(pk=blanked.pk).update(state="sent", sent_at=now, blanked_at=now)
    queue_mail("core/digest", to=person.pk, key="digest", now=now, page="/", choose="/", stop="/")
    page = client.get(PAGE).content.decode()
    assert "Inget har hänt än" in page
    for hidden in ("Bos", "123456", "Hemligt", "Tömt"):
        assert hidden not in page


def test_what_somebody_wrote_is_text(client, person, now):
    told(person, now=now, title="<script>alert(1)</script>")
    page = client.get(PAGE).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_was_on_the_page_is_marked_as_read_and_what_came_meanwhile_is_not(client, person, now):
    shown = told(person, "shown", now=now - timedelta(minutes=2))
    page = client.get(PAGE).content.decode()
    assert page.count("<b>Nytt</b>") == 1
    told(person, "meanwhile", now=now - timedelta(minutes=1))
    assert client.post("/mitt/hant/last/", {"until": shown.created_at.isoformat()})["Location"] == PAGE
    assert client.get(PAGE).content.decode().count("<b>Nytt</b>") == 1
    # Never backwards, never into what has not come, and nonsense is nothing.
    for until in ((now - timedelta(days=1)).isoformat(), "igår", "2026-13-45T00:00", ""):
        client.post("/mitt/hant/last/", {"until": until})
    assert Rhythm.objects.get(person=person).read_until == shown.created_at
    client.post("/mitt/hant/last/", {"until": (now + timedelta(days=400)).isoformat()})
    assert Rhythm.objects.get(person=person).read_until < now + timedelta(days=1)


def many(person, count, now):
    rows = [
        OutboxMail(
            kind="assignments/moved", recipient_id=person.pk, key=f"k{number}", urgency=2, due_at=now, created_at=now,
            message_id=message_id(f"k{number}", person.pk),
            params={"title": "T", "path": "/x/", "closes_on": "2026-12-01", "answer_by": "2026-12-15"},
        )
        for number in range(count)
    ]  # fmt: skip
    OutboxMail.objects.bulk_create(rows)


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_page_costs_the_same_whatever_has_happened(client, person, now, count):
    many(person, count, now)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(PAGE)
    assert page.content.decode().count("<article") == min(count, 20)
    assert len(queries) == 5


# --- what one wants to know -----------------------------------------------------------------------

USUAL = {
    "own_data": "daily", "application_news": "daily", "agreement_waits": "at_once", "agreement_news": "daily",
    "followed": "daily", "searches": "daily", "year": "at_once", "work_waits": "at_once", "work_news": "daily",
    "asked": "at_once", "work": "at_once", "group": "at_once", "group_notes": "daily", "invited": "at_once",
    "group_letters": "daily",
    "hour": "7", "weekday": "0",
}  # fmt: skip


def test_one_chooses_and_it_is_kept(client, person):
    page = client.get(CHOOSE).content.decode()
    assert page.count("<select") == 17
    assert "Den som anmäler sig har rätt till svar." in page
    answer = client.post(CHOOSE, USUAL | {"followed": "never", "hour": "18", "weekday": "4"})
    assert answer["Location"] == CHOOSE
    rhythm = Rhythm.objects.get(person=person)
    assert (rhythm.hour, rhythm.weekday) == (18, 4)
    assert dict(Wish.objects.filter(person=person).values_list("topic", "pace")) == {
        key: value for key, value in USUAL.items() if key not in {"hour", "weekday"}
    } | {"followed": "never"}
    client.post(CHOOSE, USUAL | {"followed": "never", "hour": "18", "weekday": "4"})
    assert Wish.objects.count() == 15


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("agreement_waits", "never"),
        ("followed", "hourly"),
        ("hour", "3"),
        ("hour", "x"),
        ("weekday", "7"),
        ("hour", ""),
    ],
)
def test_what_is_not_offered_is_told_beside_the_field_and_changes_nothing(client, person, field, value):
    answer = client.post(CHOOSE, USUAL | {"searches": "weekly"} | {field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in page
    assert '<option value="weekly" selected>' in page
    assert not Wish.objects.exists()


def test_the_digest_is_ended_and_got_again_on_the_page(client, person):
    client.post("/konto/mejl/samlat/", {"digest": "stop"})
    page = client.get(CHOOSE).content.decode()
    assert "Du har tackat nej till samlingsmejlet" in page
    client.post("/konto/mejl/samlat/", {"digest": "begin"})
    assert "Du har tackat nej" not in client.get(CHOOSE).content.decode()
    assert client.post("/konto/mejl/samlat/", {"digest": "nonsense"}).status_code == 302
    assert Rhythm.objects.get(person=person).stopped_at is None


def test_a_mail_says_where_one_chooses_but_not_where_there_is_no_choice(person, now):
    from samskapa.ground.core.domain import Recipient
    from samskapa.ground.core.services.mail import written

    to = Recipient("asta@example.se", "Asta", "sv")
    address = settings.SITE_URL + reverse("notices:choose")
    assert address in written(told(person, now=now), to, now=now).body
    received = queue_mail(
        "assignments/answered_not_chosen", to=person.pk, key="x", now=now, title="T", path="/x/", reason="Så"
    )
    assert address not in written(received, to, now=now).body


def test_the_pages_are_in_english_too(client, person, now):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    told(person, now=now)
    assert "The last day to apply has been moved" in client.get(PAGE).content.decode()
    assert "What always comes at once" in client.get(CHOOSE).content.decode()
