"""Whatever happens, in whatever order: each piece of news is mailed at most once, and once in the end where its reader
wants it by mail."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samskapa.ground.core.domain import SYSTEM, Actor, Pace
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.services import drain, queue_mail
from samskapa.ground.core.services.mail import _claim
from samskapa.ground.notices.services import begin_digest, choose, choose_for_matter, gather_due, stop_digest
from samskapa.ground.people.models import Person
from tests.factories.people import make_person

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
MATTERS = ["assignments.assignment:1", "assignments.assignment:2"]
PACES = st.sampled_from(list(Pace))

STEPS = st.one_of(
    st.tuples(st.just("news"), st.integers(0, 1), st.sampled_from(MATTERS)),
    st.tuples(st.just("again"), st.integers(0, 1), st.sampled_from(MATTERS)),  # the same news queued once more
    st.tuples(st.just("choose"), st.integers(0, 1), PACES, st.integers(5, 22), st.integers(0, 6)),
    st.tuples(st.just("choose_one"), st.integers(0, 1), st.sampled_from(MATTERS), st.one_of(st.none(), PACES)),
    st.tuples(st.just("stop"), st.integers(0, 1)),
    st.tuples(st.just("begin"), st.integers(0, 1)),
    st.tuples(st.just("wait"), st.integers(1, 60)),  # hours
    st.tuples(st.just("work")),
    st.tuples(st.just("gather_twice")),
    st.tuples(st.just("killed_gathering")),
    st.tuples(st.just("killed_sending")),
)


class House:
    """Two people, a clock, and what each piece of news became."""

    def __init__(self) -> None:
        self.now, self.count = START, 0
        self.people: list[Person] = [make_person("Asta"), make_person("Bo")]

    def run(self, step: tuple) -> None:
        name, *rest = step
        getattr(self, name)(*rest)

    def by(self, who: int) -> Actor:
        return Actor(person_id=self.people[who].pk)

    def news(self, who: int, matter: str) -> None:
        self.count += 1
        self._queue(who, matter)

    def again(self, who: int, matter: str) -> None:
        if self.count:
            self._queue(who, matter)

    def _queue(self, who: int, matter: str) -> None:
        queue_mail(
            "assignments/moved", to=self.people[who].pk, key=f"n{self.count}", now=self.now, matter=matter,
            title=f"nyhet-{self.count}-{who}.", path="/x/", closes_on="2026-12-01", answer_by="2026-12-15",
        )  # fmt: skip

    def choose(self, who: int, pace: Pace, hour: int, weekday: int) -> None:
        paces = {"application_news": pace}
        choose(self.people[who], paces=paces, hour=hour, weekday=weekday, by=self.by(who), now=self.now)

    def choose_one(self, who: int, matter: str, pace: Pace | None) -> None:
        choose_for_matter(self.people[who], "application_news", matter, pace, by=self.by(who), now=self.now)

    def stop(self, who: int) -> None:
        stop_digest(self.people[who], by=self.by(who), now=self.now)

    def begin(self, who: int) -> None:
        begin_digest(self.people[who], by=self.by(who), now=self.now)

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def work(self) -> None:
        drain(self.now)

    def gather_twice(self) -> None:
        gather_due(by=SYSTEM, now=self.now)
        assert gather_due(by=SYSTEM, now=self.now) == 0

    def killed_gathering(self) -> None:
        """The power goes before the commit."""
        with transaction.atomic():
            gather_due(by=SYSTEM, now=self.now)
            transaction.set_rollback(True)

    def killed_sending(self) -> None:
        """A worker takes a mail and is never heard of again."""
        _claim("dead", self.now)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(STEPS, max_size=25))
def test_each_piece_of_news_is_mailed_once_where_it_is_wanted_and_never_twice(steps):
    with TemporaryDirectory() as folder, transaction.atomic():
        schedule = ["samskapa.ground.notices.jobs.gather"]
        with override_settings(MAIL_URL=f"file://{folder}", SCHEDULE=schedule, MAIL_MOST_AN_HOUR=1000):
            house = House()
            for step in steps:
                house.run(step)
            for _day in range(10):  # longer than anybody's week
                house.wait(24)
                house.work()
        letters = [message_from_bytes(f.read_bytes(), policy=policy.default) for f in Path(folder).glob("*.eml")]
        said = Counter(
            mail.params["title"]
            for mail in OutboxMail.objects.filter(kind="assignments/moved")
            for letter in letters
            if mail.params["title"] in letter.get_content() and str(mail.recipient_id) in _to(letter)
        )
        rows = {mail.params["title"]: mail.state for mail in OutboxMail.objects.filter(kind="assignments/moved")}
        assert set(rows.values()) <= {"sent", "gathered", "kept"}, "in the end nothing waits"
        for title, state in rows.items():
            # A heading of its own and a sentence: in one letter, or in none.
            assert said[title] == (0 if state == "kept" else 1), (title, state, steps)
        digests = OutboxMail.objects.filter(kind="core/digest")
        assert set(digests.values_list("state", flat=True)) <= {"sent"}
        assert all(digest.gathered.exists() for digest in digests)
        transaction.set_rollback(True)


def _to(letter) -> set[str]:
    address = letter["To"].addresses[0].addr_spec
    return {str(pk) for pk in Person.objects.filter(email=address).values_list("pk", flat=True)}
