"""A person's own data in resource groups: all that was told and noted; and when its time is out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.ground.people.domain.my_data import GOES_ON, Consent, Due, Fact, Matter, Row
from samskapa.ground.people.models import display_name

from ..domain import Status
from ..models import Consent as Given
from ..models import Member
from .agreement import points_of
from .came_by import came_by_in_words
from .labels import labels_on
from .members import answer_rows, introduction_of, moments_of, note_rows, with_answers
from .wording import word


def member_rows_of(person_id: int) -> list[Row]:
    """Each group one is or was in, with answers, yeses, notes, introduction, yearly answers and every move."""
    rows = []
    yeses = Given.objects.filter(person=person_id).order_by("pk")
    for member in with_answers(Member.objects.filter(person_id=person_id)).order_by("pk"):
        title = f"{member.group.name}, {member.group.node.name}"
        minor = getattr(member, "minor", None)
        facts = [
            Fact("status", gettext_lazy("Where you stand"), word("status", member.status)),
            Fact("since", gettext_lazy("Since"), member.since),
            Fact("begun_at", gettext_lazy("Begun"), member.begun_at),
            Fact("came_by", gettext_lazy("The poster or link that you came by"), came_by_in_words(member)),
            Fact("contact", gettext_lazy("Contact person"), display_name(member.contact) if member.contact else ""),
            Fact("next_check_in", gettext_lazy("Next check-in"), member.next_check_in),
        ]
        facts += [Fact(f"answer_{row.key}", row.name, row.lines) for row in answer_rows(member)]
        if minor:
            facts.append(Fact("guardian", gettext_lazy("Guardian"), minor.guardian))
            facts.append(Fact("guide", gettext_lazy("Your guide"), minor.guide))
            facts.append(Fact("adult", gettext_lazy("Known adult at meetings"), minor.adult))
            facts.append(
                Fact("taken_back_on", gettext_lazy("When the guardian's yes was taken back"), minor.taken_back_on)
            )
            facts.append(Fact("taken_back_by", gettext_lazy("Who said so"), minor.taken_back_by or ""))
        facts += [
            Fact("consents", gettext_lazy("What you have said yes to"), [
                f"{given.given_at:%Y-%m-%d} {given.words}" for given in yeses.filter(group=member.group_id)
            ]),
            Fact("notes", gettext_lazy("Notes"), [
                f"{row.note.on_day:%Y-%m-%d} {row.who}: {row.note.text}" for row in note_rows(member)
            ]),
            Fact("answers", gettext_lazy("What you answered to notes"), [
                f"{answer.at:%Y-%m-%d} {answer.text}" for row in note_rows(member) for answer in row.answers
            ]),
            Fact("labels", gettext_lazy("Words that the group describes you with"), [
                f"{row.at:%Y-%m-%d} {row.label.name}" for row in labels_on(member)
            ]),
            Fact("agreement", gettext_lazy("The agreement"), points_of(member)),
            Fact("introduction", gettext_lazy("Introduction"), [
                f"{row.done.at:%Y-%m-%d} {row.words}" for row in introduction_of(member) if row.done
            ]),
            Fact("yearly", gettext_lazy("Whether you still want to be asked"), [
                f"{asked.asked_at:%Y-%m-%d} {word('answer', asked.answer)}" for asked in member.yearly.order_by("pk")
            ]),
            Fact("moments", gettext_lazy("What has happened"), [
                f"{moment.at:%Y-%m-%d} {moment.what}" for moment in moments_of(member)
            ]),
        ]  # fmt: skip
        rows.append(Row(title, tuple(facts)))
    return rows


def matters_of(person_id: int) -> list[Matter]:
    """The groups that one leaves when one is forgotten."""
    found = Member.objects.filter(person_id=person_id).exclude(status=Status.LEFT).select_related("group__node")
    return [
        Matter(
            _("You are in “%(group)s”. You leave it, and what you had told is removed.") % {"group": member.group.name},
            reverse("pool:mine", args=[member.group.node_id]),
        )
        for member in found.order_by("pk")
    ]


def consents_of(person_id: int) -> list[Consent]:
    """The yes to keep a diagnosis."""
    found = Member.objects.filter(person_id=person_id, diagnosis_consent__isnull=False)
    return [
        Consent(
            "diagnosis",
            member.pk,
            member.group.name,
            _("The coordinators of the group may keep the diagnosis you have told, and read it."),
            _("The diagnosis is removed. You stay in the group."),
            member.diagnosis_consent.given_at if member.diagnosis_consent else None,
        )
        for member in found.select_related("group", "diagnosis_consent").order_by("pk")
    ]


def last_memberships(person_ids: Iterable[int]) -> dict[int, datetime | None]:
    """GOES_ON while one is in a group and can be asked; else when one last did something in any."""
    moments: dict[int, datetime | None] = {}
    found = Member.objects.filter(person_id__in=list(person_ids)).order_by("person_id", "since")
    for person_id, status, since in found.values_list("person_id", "status", "since"):
        goes_on = status not in (Status.BEGUN, Status.RESTING, Status.LEFT)
        if goes_on or moments.get(person_id, since) is GOES_ON:
            moments[person_id] = GOES_ON
        else:
            moments[person_id] = since
    return moments


def members_past(limit: datetime) -> list[Due]:
    """Who began to rest, or to fill in the form, at or before `limit`, and has said nothing since."""
    found = Member.objects.filter(status__in=[Status.BEGUN, Status.RESTING], since__lte=limit, heard_at__lte=limit)
    return [
        Due(member.pk, member.person_id, max(member.since, member.heard_at), member.group.name)
        for member in found.select_related("group").order_by("pk")
    ]
