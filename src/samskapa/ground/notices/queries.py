"""What a person has chosen, what there is to choose, and what they have been told. Never a write."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from samskapa.ground.core.domain import Pace, Plan, Topic
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.services import words_of
from samskapa.ground.people.domain.my_data import Fact, Row
from samskapa.ground.people.models import Person

from .domain import GATHERED, WHOLE_TOPIC, Wishes, next_digest
from .models import Rhythm, Wish

#: What a choice is called on pages.
PACES = {
    Pace.AT_ONCE: gettext_lazy("At once"),
    Pace.DAILY: gettext_lazy("Once a day"),
    Pace.WEEKLY: gettext_lazy("Once a week"),
    Pace.NEVER: gettext_lazy("Not by mail"),
}


#: So many people are asked about at a time: what an old SQLite takes in one question is about a thousand.
SOME = 900


def topics() -> list[Topic]:
    """The topics of config/notices.py, in its order."""
    return list(settings.TOPICS)


def topic_called(key: str) -> Topic | None:
    """The topic with that key."""
    return next((topic for topic in settings.TOPICS if topic.key == key), None)


def rhythm_of(person_id: int) -> Rhythm:
    """The person's rhythm, or the usual one, which is not stored. One query."""
    return Rhythm.objects.filter(person_id=person_id).first() or Rhythm(person_id=person_id)


def wishes_of(person_id: int) -> Wishes:
    """Everything that the person has chosen. Three queries."""
    rhythm = rhythm_of(person_id)
    reached = Person.objects.filter(pk=person_id).values_list("email", "protected_tag", "is_active").first()
    email, protected_tag, is_active = reached or (None, None, False)
    chosen = Wish.objects.filter(person_id=person_id).values_list("topic", "matter", "pace")
    return Wishes(
        hour=rhythm.hour,
        weekday=rhythm.weekday,
        is_stopped=rhythm.stopped_at is not None,
        has_address=bool(email or protected_tag),
        is_active=is_active,
        chosen={(topic, matter): Pace(pace) for topic, matter, pace in chosen},
    )


def plan_of(person_id: int, topic: Topic, matter: str, now: datetime) -> Plan:
    """What becomes of a mail that comes now. Fills the slot "mail_plan"."""
    wishes = wishes_of(person_id)
    pace = wishes.pace(topic, matter)
    return Plan(pace, next_digest(wishes, pace, timezone.localtime(now)) if pace in GATHERED else None)


@dataclass(frozen=True, slots=True)
class Ways:
    """How many of some people get mail of a topic which may wait: by mail (in a digest, unless they want it at once),
    on paper or by phone because they have no address or want it so, or on their page alone because they want no such
    mail."""

    digest: int
    paper: int
    page: int


def ways_of_people(person_ids: Iterable[int], topic_key: str, *, without_mail: Collection[int] = ()) -> Ways:
    """Count them, by the law of `Wishes`; accounts that are closed count as none. without_mail: those of them who want
    a call or a letter instead. Raises LookupError where there is no such topic. Three queries for each SOME of them."""
    topic = topic_called(topic_key)
    if topic is None:
        raise LookupError(topic_key)
    ids, digest, paper, page = list(person_ids), 0, 0, 0
    for start in range(0, len(ids), SOME):
        some = ids[start : start + SOME]
        rhythms = dict(Rhythm.objects.filter(person__in=some).values_list("person_id", "stopped_at"))
        chosen: dict[int, dict[tuple[str, str], Pace]] = {}
        wishes = Wish.objects.filter(person__in=some, topic=topic.key, matter=WHOLE_TOPIC)
        for person_id, pace in wishes.values_list("person_id", "pace"):
            chosen[person_id] = {(topic.key, WHOLE_TOPIC): Pace(pace)}
        people = Person.objects.filter(pk__in=some, is_active=True)
        for pk, email, protected_tag in people.values_list("pk", "email", "protected_tag"):
            has_address = bool(email or protected_tag) and pk not in without_mail
            theirs = Wishes(is_stopped=rhythms.get(pk) is not None, has_address=has_address, chosen=chosen.get(pk, {}))
            if theirs.pace(topic) is Pace.NEVER:
                page += 1
            elif has_address:
                digest += 1
            else:
                paper += 1
    return Ways(digest, paper, page)


# --- the page of what has happened ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences of a notice; or, where the mail has an address on a line of its own, a `path` of ours."""

    text: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person was told. title: of the matter, "" where it has none."""

    at: datetime
    title: str
    subject: str
    paragraphs: list[Paragraph]
    is_new: bool


def notices_in(mails: Iterable[OutboxMail], *, name: str, read_until: datetime | None) -> list[Notice]:
    """Mails as their reader's page tells them, in the reader's language. No query."""
    found = []
    for mail in mails:
        words = words_of(mail, name=name, language=get_language() or settings.LANGUAGE_CODE)
        found.append(
            Notice(
                at=mail.created_at,
                title=" ".join(str(mail.params.get("title") or "").split()),
                subject=words.subject,
                paragraphs=_paragraphs(words.text),
                is_new=read_until is None or mail.created_at > read_until,
            )
        )
    return found


def _paragraphs(text: str) -> list[Paragraph]:
    found: list[Paragraph] = []
    for part in text.split("\n\n"):
        sentences: list[str] = []
        for line in part.strip().split("\n"):
            if line.startswith(settings.SITE_URL + "/") and " " not in line.strip():
                if sentences:
                    found.append(Paragraph(text="\n".join(sentences)))
                    sentences = []
                address = urlsplit(line.strip())
                found.append(Paragraph(path=address.path + (f"#{address.fragment}" if address.fragment else "")))
            elif line.strip():
                sentences.append(line.strip())
        if sentences:
            found.append(Paragraph(text="\n".join(sentences)))
    return found


# --- a person's own data --------------------------------------------------------------------------


def choice_rows_of(person_id: int) -> list[Row]:
    """What the person has chosen, for what is held about them."""
    rows = [
        Row(
            gettext_lazy("When your digest comes"),
            (
                Fact("hour", gettext_lazy("Hour"), rhythm.hour),
                Fact("weekday", gettext_lazy("Day of the week (0 is Monday)"), rhythm.weekday),
                Fact("stopped_at", gettext_lazy("Ended since"), rhythm.stopped_at),
                Fact("read_until", gettext_lazy("Read until"), rhythm.read_until),
            ),
        )
        for rhythm in Rhythm.objects.filter(person_id=person_id)
    ]
    for choice in Wish.objects.filter(person_id=person_id).order_by("pk"):
        topic = topic_called(choice.topic)
        facts = (
            Fact("topic", gettext_lazy("About what"), str(topic.title) if topic else choice.topic),
            Fact("matter", gettext_lazy("Only about"), choice.matter),
            Fact("pace", gettext_lazy("How soon"), str(PACES[Pace(choice.pace)])),
        )
        rows.append(Row(gettext_lazy("How soon you want to know"), facts))
    return rows
