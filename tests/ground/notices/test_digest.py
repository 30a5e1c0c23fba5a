"""The digest: gathered once, at the hour that was chosen, and nothing in it is mailed twice or lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.db import transaction

from samskapa.ground.core.domain import SYSTEM, Actor, Pace
from samskapa.ground.core.models import AuditEntry, MailState, OutboxMail
from samskapa.ground.core.services import drain, mail_in_words, queue_mail
from samskapa.ground.core.services.holding import drop_held_mail, hold_mail, release_mail
from samskapa.ground.notices.models import Rhythm, Wish
from samskapa.ground.notices.services import (
    NotOffered,
    begin_digest,
    choose,
    choose_for_matter,
    gather_due,
    stop_digest,
)
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.people.models import Person
from tests.factories.organisations import make_grant, make_node
from tests.factories.people import make_person
from tests.factories.protection import make_protected

pytestmark = pytest.mark.django_db
#: A Wednesday, ten in the morning in Stockholm.
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
NEXT = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)  # seven o'clock the day after
MONDAY = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path / 'mail'}"
    settings.SCHEDULE = ["samskapa.ground.notices.jobs.gather"]
    return tmp_path / "mail"


@pytest.fixture
def letters(folder: Path):
    """The mail that has left, the oldest first."""

    def read() -> list:
        found = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("*.eml")]
        return sorted(found, key=lambda letter: letter["Date"].datetime)

    return read


@pytest.fixture
def person() -> Person:
    return make_person("Asta Alm", email="asta@example.se")


def news(
    person: Person, key: str = "a", *, now=NOW, matter="assignments.assignment:1", title="Lugnare väntrum"
) -> OutboxMail:
    """Something that can wait: somebody has written in an agreement."""
    params = {"title": title, "path": "/uppdrag/avtal/1/"}
    return queue_mail("assignments/agreement_news", to=person.pk, key=key, now=now, matter=matter, **params)


def waits(person: Person, key: str = "w", *, now=NOW) -> OutboxMail:
    """Something that somebody waits for."""
    return queue_mail(
        "assignments/agreement_drafted", to=person.pk, key=key, now=now, title="Lugnare väntrum", path="/x/"
    )


def wish(person: Person, now=NOW, hour=7, weekday=0, **paces: Pace) -> None:
    choose(person, paces=paces, hour=hour, weekday=weekday, by=Actor(person_id=person.pk), now=now)


def state(mail: OutboxMail) -> str:
    return OutboxMail.objects.get(pk=mail.pk).state


def test_what_can_wait_comes_in_one_mail_at_seven_and_what_is_urgent_at_once(person, letters):
    first, second, urgent = news(person, "a"), news(person, "b", now=NOW + HOUR), waits(person)
    drain(NOW + HOUR)
    assert [letter["To"] for letter in letters()] == ["Asta Alm <asta@example.se>"]
    assert (state(first), state(second), state(urgent)) == ("waiting", "waiting", "sent")
    drain(NEXT - timedelta(seconds=1))
    assert len(letters()) == 1
    drain(NEXT)
    assert len(letters()) == 2
    assert (state(first), state(second)) == ("gathered", "gathered")
    digest = OutboxMail.objects.get(kind="core/digest")
    assert list(digest.gathered.order_by("pk")) == [first, second]
    assert (digest.recipient_id, digest.state, digest.sent_at) == (person.pk, "sent", NEXT)
    drain(NEXT + timedelta(days=3))
    assert len(letters()) == 2


def test_it_is_put_together_by_matter_the_newest_first(person, letters):
    news(person, "a", title="Äldst", matter="assignments.assignment:1")
    news(person, "b", title="Annat", matter="assignments.assignment:2", now=NOW + HOUR)
    news(person, "c", title="Äldst", matter="assignments.assignment:1", now=NOW + 2 * HOUR)
    drain(NEXT)
    text = letters()[-1].get_content()
    headings = [
        line for line, below in zip(text.splitlines(), text.splitlines()[1:], strict=False) if set(below) == {"="}
    ]
    assert headings == ["Äldst", "Annat"]
    assert text.count("* Det finns något nytt i din överenskommelse") == 3
    assert text.count("http") >= 6
    assert "\n-- \n" in text


def test_one_matter_stands_in_the_subject_and_many_are_counted(person, letters):
    other = make_person("Bo", email="bo@example.se")
    news(person, "a")
    news(other, "a")
    news(other, "b", matter="assignments.assignment:2", title="Annat")
    drain(NEXT)
    subjects = {letter["To"]: letter["Subject"] for letter in letters()}
    assert subjects == {
        "Asta Alm <asta@example.se>": "Nytt om Lugnare väntrum",
        "Bo <bo@example.se>": "2 nyheter till dig",
    }


def test_a_mail_program_can_end_it_with_one_press(person, letters, client):
    news(person)
    drain(NEXT)
    letter = letters()[0]
    address = letter["List-Unsubscribe"].strip("<> ")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in letter.get_content()
    path = "/" + address.split("/", 3)[3]
    assert client.get(path).status_code == 200
    assert not Rhythm.objects.filter(stopped_at__isnull=False).exists()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Rhythm.objects.get(person=person).stopped_at is not None
    assert AuditEntry.objects.filter(action="notices.digest_stopped", person_id=person.pk, strength=10).count() == 1
    later = news(person, "later", now=NEXT + HOUR)
    assert state(later) == "kept"
    assert state(waits(person, now=NEXT + HOUR)) == "waiting"


def test_a_link_that_is_not_ours_or_whose_account_is_closed_is_nothing(person, client):
    from samskapa.ground.notices.access import stop_token

    path = f"/mejl/sluta/{stop_token(person.pk)}/"
    assert client.get(path).status_code == 200
    assert client.get(path[:-3] + "xx/").status_code == 404
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert client.post(path).status_code == 404


@pytest.mark.parametrize(
    ("pace", "due", "at_first"),
    [
        (Pace.AT_ONCE, NOW, "waiting"),
        (Pace.DAILY, NEXT, "waiting"),
        (Pace.WEEKLY, MONDAY, "waiting"),
        (Pace.NEVER, NOW, "kept"),
    ],
)
def test_each_person_chooses_for_each_topic(person, letters, pace, due, at_first):
    wish(person, agreement_news=pace)
    mail = news(person)
    assert (state(mail), mail.due_at) == (at_first, due)
    drain(due)
    assert len(letters()) == (0 if pace is Pace.NEVER else 1)
    assert state(mail) == {Pace.AT_ONCE: "sent", Pace.NEVER: "kept"}.get(pace, "gathered")


def test_and_for_one_matter_in_it(person):
    by = Actor(person_id=person.pk)
    choose_for_matter(person, "agreement_news", "assignments.assignment:1", Pace.NEVER, by=by, now=NOW)
    assert [state(news(person, "a")), state(news(person, "b", matter="assignments.assignment:2"))] == [
        "kept",
        "waiting",
    ]
    choose_for_matter(person, "agreement_news", "assignments.assignment:1", None, by=by, now=NOW)
    assert state(news(person, "c")) == "waiting"
    assert Wish.objects.count() == 0


def test_what_may_not_be_switched_off_is_not(person):
    with pytest.raises(NotOffered):
        wish(person, agreement_waits=Pace.NEVER)
    with pytest.raises(NotOffered):
        wish(person, account=Pace.DAILY)
    with pytest.raises(NotOffered):
        wish(person, nonsense=Pace.DAILY)
    assert not Wish.objects.exists()


def test_what_waits_follows_a_new_choice_at_once(person, letters):
    alone, kept = news(person, "a"), news(person, "b", matter="assignments.assignment:2")
    by = Actor(person_id=person.pk)
    choose_for_matter(person, "agreement_news", "assignments.assignment:1", Pace.AT_ONCE, by=by, now=NOW)
    choose_for_matter(person, "agreement_news", "assignments.assignment:2", Pace.NEVER, by=by, now=NOW)
    drain(NOW)
    assert (state(alone), state(kept), len(letters())) == ("sent", "kept", 1)


def test_a_new_hour_does_not_bring_two_digests_on_one_day(person, letters):
    wish(person, hour=11)
    news(person, "a")
    drain(NOW + 2 * HOUR)
    assert len(letters()) == 1
    wish(person, hour=15, now=NOW + 2 * HOUR)
    second = news(person, "b", now=NOW + 3 * HOUR)
    drain(NOW + 6 * HOUR)
    assert (len(letters()), state(second)) == (1, "waiting")
    drain(NOW + timedelta(days=1, hours=5))
    assert (len(letters()), state(second)) == (2, "gathered")


def test_a_worker_that_was_away_past_midnight_does_not_cost_the_next_day(person, letters):
    wish(person, hour=22)
    news(person, "a")
    drain(datetime(2026, 11, 25, 23, 30, tzinfo=UTC))  # half past midnight
    news(person, "b", now=datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    drain(datetime(2026, 11, 26, 21, 0, tzinfo=UTC))
    assert len(letters()) == 2


def test_killed_before_the_commit_nothing_has_happened_and_it_is_done_again(person, letters):
    mail = news(person)
    with transaction.atomic():
        assert gather_due(by=SYSTEM, now=NEXT) == 1
        transaction.set_rollback(True)
    assert (state(mail), OutboxMail.objects.count()) == ("waiting", 1)
    assert gather_due(by=SYSTEM, now=NEXT) == 1
    assert gather_due(by=SYSTEM, now=NEXT) == 0
    drain(NEXT)
    assert len(letters()) == 1


def test_one_whose_digest_fails_does_not_hold_up_the_others(person, letters):
    other = make_person("Bo")
    broken = news(person)
    news(other)
    # A person's choice that the table has never had: nothing of ours writes it.
    Wish.objects.bulk_create([Wish(person=person, topic="agreement_news", pace="daily")])
    OutboxMail.objects.filter(pk=broken.pk).update(kind="assignments/no_such_kind")
    drain(NEXT)
    assert [letter["To"] for letter in letters()] == [f"Bo <{other.email}>"]


def test_a_restored_house_gathers_nothing_until_somebody_says_so(person, letters):
    mail = news(person)
    hold_mail(now=NOW + HOUR)
    drain(NEXT)
    assert (state(mail), OutboxMail.objects.count()) == ("waiting", 1)
    release_mail(by=SYSTEM, now=NEXT)
    drain(NEXT + timedelta(days=1))
    assert (state(mail), len(letters())) == ("gathered", 1)


def test_what_waited_at_a_restore_can_be_dropped_and_is_in_no_digest(person, letters):
    old = news(person, "old")
    hold_mail(now=NOW + HOUR)
    new = news(person, "new", now=NOW + 2 * HOUR)
    assert drop_held_mail(by=SYSTEM, now=NOW + 2 * HOUR) == 1
    release_mail(by=SYSTEM, now=NOW + 2 * HOUR)
    drain(NEXT)
    assert (state(old), state(new), len(letters())) == ("stopped", "gathered", 1)


def test_more_than_forty_are_told_in_part_and_counted(person, letters):
    for number in range(43):
        news(person, f"k{number}", now=NOW + timedelta(minutes=number))
    drain(NEXT)
    text = letters()[0].get_content()
    assert text.count("\n* ") == 40
    assert "3 saker till" in text
    assert OutboxMail.objects.filter(state="gathered").count() == 43


def test_somebody_without_an_address_gets_one_letter_a_week_through_a_coordinator(letters):
    bo = Person.objects.create_user(email=None, name="Bo Berg")
    mails = [news(bo, "a"), news(bo, "b", now=NOW + HOUR)]
    drain(NEXT)
    assert [state(mail) for mail in mails] == ["waiting", "waiting"]
    drain(MONDAY)
    digest = OutboxMail.objects.get(kind="core/digest")
    assert (digest.state, digest.last_error) == ("stopped", "no address")
    assert [state(mail) for mail in mails] == ["gathered", "gathered"]
    assert letters() == []


def test_the_dead_the_closed_and_the_forgotten_get_none(person, letters):
    mail = news(person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    drain(NEXT)
    later = news(person, "later", now=NEXT)
    drain(NEXT + timedelta(days=1))
    assert (state(mail), state(later), letters()) == ("stopped", "stopped", [])
    assert not OutboxMail.objects.filter(kind="core/digest").exists()


def test_a_digest_is_begun_again_for_what_comes_from_then_on(person, letters):
    by = Actor(person_id=person.pk)
    stop_digest(person, by=by, now=NOW)
    before = news(person, "before")
    begin_digest(person, by=by, now=NOW + HOUR)
    begin_digest(person, by=by, now=NOW + HOUR)
    after = news(person, "after", now=NOW + 2 * HOUR)
    drain(NEXT)
    assert (state(before), state(after), len(letters())) == ("kept", "gathered", 1)
    assert AuditEntry.objects.filter(action="notices.digest_begun").count() == 1


def test_a_code_and_a_mail_to_an_address_never_wait(person):
    wish(person, work_waits=Pace.DAILY)
    asked = {"kind": "assignments/question_asked", "now": NOW, "title": "T", "path": "/x/", "text": "Hej"}
    assert queue_mail(to=person.pk, key="s", secret=True, **asked).urgency == 1
    assert queue_mail(to=person.pk, key="o", **asked).urgency == 2
    assert queue_mail(to="nobody@example.se", key="o", **asked).urgency == 1
    assert MailState.KEPT not in set(OutboxMail.objects.values_list("state", flat=True))


def test_a_protected_person_gets_a_subject_that_says_nothing(letters):
    coordinator = make_grant(None, Role.COORDINATOR, make_node(Kind.REGION))
    hidden = make_protected(coordinator.node, coordinator=coordinator.person, now=NOW)
    news(hidden)
    drain(NEXT)
    letter = next(each for each in letters() if "Det här har hänt" in each.get_content())
    assert letter["Subject"] == "Nytt till dig"
    assert str(letter["To"]).count("@") == 1
    assert "<" not in letter["To"]
    assert hidden.name not in letter.as_string()


def test_a_letter_to_post_has_everything_in_it():
    bo = Person.objects.create_user(email=None, name="Bo Berg")
    news(bo, "a")
    news(bo, "b", now=NOW + HOUR, title="Annat", matter="assignments.assignment:2")
    drain(MONDAY)
    digest = OutboxMail.objects.get(kind="core/digest")
    subject, body = mail_in_words(digest, name="Bo Berg", language="sv", now=MONDAY)
    assert subject == "2 nyheter till dig"
    assert body.index("Annat") < body.index("Lugnare väntrum")
