"""Who is in a resource group, what they have told, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import HELD_AT, Role
from samskapa.ground.organisations.models import Node
from samskapa.ground.organisations.queries import nodes_below, people_with_role
from samskapa.ground.people.models import Named, Person, display_name
from samskapa.ground.people.queries import in_reader_order

from ..domain import QUESTIONS, SEEN, Introduction, Status
from ..domain.questions import HIDDEN, Question
from ..models import Group, Introduced, Member, Move, Note, NoteAnswer, Reply, Tag, Yearly
from .wording import INTRODUCTION, is_word, word
from .wording import QUESTIONS as WORDED


def groups() -> QuerySet[Group]:
    """Every group whose place is not closed, by the place's name."""
    return (
        Group.objects.filter(node__closed_at=None)
        .select_related("node")
        .order_by(in_reader_order("node__sort_key"), "pk")
    )


def places_for_groups() -> QuerySet[Node]:
    """Where there can be a group: where one can be a member."""
    kinds = [kind.value for kind in HELD_AT[Role.MEMBER]]
    return Node.objects.filter(kind__in=kinds, closed_at=None)


def coordinators_of(group: Group) -> list[Person]:
    """Who runs the group, in the reader's order."""
    return list(people_with_role(Role.COORDINATOR, group.node))


def who_answers_for(member: Member) -> list[int]:
    """Whom to write to of what waits with a member: the contact person, while she runs the group; else every
    coordinator."""
    coordinators = [each.pk for each in coordinators_of(member.group)]
    return [member.contact_id] if member.contact_id in coordinators else coordinators


def with_answers(members: QuerySet[Member]) -> QuerySet[Member]:
    """With all that a page shows of what somebody has told."""
    return members.select_related(
        "group__node", "person", "municipality", "organisation", "contact", "diagnosis_consent", "minor__consent"
    ).prefetch_related("tags")


def own_members(actor: Actor) -> QuerySet[Member]:
    """One's own part in each group, but where one has left."""
    return Member.objects.filter(person_id=actor.whose or 0).exclude(status=Status.LEFT)


def members_run_by(actor: Actor) -> QuerySet[Member]:
    """Whom a coordinator sees: all who have sent the form and not left, of the groups at her node and below it."""
    if not actor.acts_as(Role.COORDINATOR):
        return Member.objects.none()
    there = nodes_below(actor.node_path).values("pk")
    return Member.objects.filter(group__node__in=there, status__in=[status.value for status in SEEN])


def people_who_joined_in(path: str) -> QuerySet[Person]:
    """Everybody in a group at the node at `path` or below it. Fills a row of the slot "people_in_area"."""
    found = Member.objects.filter(group__node__in=nodes_below(path).values("pk"), status__in=[s.value for s in SEEN])
    return Person.objects.filter(pk__in=found.values("person_id"))


def called(member: Member) -> str:
    """What the member wants to be called; of a protected person the neutral name. `person` came with the row."""
    return name_of(member.called, member.person)


def name_of(own: str, person: Named) -> str:
    """The same of somebody who wants to be called `own`, which may be ""."""
    if person.protected_tag or person.forgotten_at:
        return display_name(person)
    return own or display_name(person)


# --- answers --------------------------------------------------------------------------------------


def questions_for(member: Member) -> list[Question]:
    """The questions that this member is asked: of a protected person nothing that names or places them."""
    return [each for each in QUESTIONS if not (member.person.protected_tag and each.key in HIDDEN)]


def values_of(member: Member, question: Question) -> dict[str, Any]:
    """What the member answers to a question now: column -> value, tag -> its values in order."""
    values: dict[str, Any] = {column: getattr(member, column) for column in question.columns}
    for kind in question.tags:
        values[kind] = sorted(tag.value for tag in member.tags.all() if tag.kind == kind)
    return values


def all_values(member: Member) -> dict[str, Any]:
    """The same for every question that this member is asked."""
    found: dict[str, Any] = {}
    for question in questions_for(member):
        found |= values_of(member, question)
    return found


def versions_of(member: Member) -> dict[str, Reply]:
    """Key -> in which version the question is answered, and by whom; those that nobody has answered are missing."""
    return {reply.key: reply for reply in Reply.objects.filter(member=member).select_related("saved_by")}


def lines(question: Question, values: Mapping[str, Any], *, places: Mapping[int, str]) -> list[str]:
    """An answer as a person reads it, a line a part. places: id of a node -> its name."""
    found = []
    for name in question.names:
        value = values.get(name)
        if not value:
            continue
        if name.endswith("_id"):
            found.append(places.get(value, ""))
        elif isinstance(value, list):
            found.append(", ".join(word(name, each) for each in value))
        else:
            found.append(word(name, value) if is_word(name) else str(value))
    return [line for line in found if line]


def places_of(members: Iterable[Member]) -> dict[int, str]:
    """The names of the nodes that answers point at. They came with the rows."""
    nodes = [node for member in members for node in (member.municipality, member.organisation) if node]
    return {node.pk: node.name for node in nodes}


def names_of_nodes(values: Mapping[str, Any]) -> dict[int, str]:
    """The names of the nodes that an answer being written points at."""
    wanted = [value for name, value in values.items() if name.endswith("_id") and value]
    return dict(Node.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question, as lists show it."""

    key: str
    name: Any
    lines: list[str]
    must: bool


def answer_rows(member: Member) -> list[AnswerRow]:
    """All that the member has told, question by question."""
    places = places_of([member])
    return [
        AnswerRow(
            question.key,
            WORDED[question.key].name,
            lines(question, values_of(member, question), places=places),
            bool(question.must),
        )
        for question in questions_for(member)
    ]


def organisations_to_choose() -> QuerySet[Node]:
    """The patient organisations one may be a member of, in the reader's order."""
    return Node.objects.filter(kind="patient_organisation", closed_at=None).order_by(in_reader_order(), "pk")


# --- what has happened ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that has happened to a member, as a sentence. who: "" is oneself, or the clock."""

    at: datetime
    what: str
    who: str


def moments_of(member: Member) -> list[Moment]:
    """Every move with its reason, the latest first."""
    rows = Move.objects.filter(member=member).select_related("by", "member").order_by("-at", "-pk")
    return [
        Moment(
            row.at,
            _("%(status)s: %(why)s") % {"status": word("status", row.to_status), "why": word("why", row.why)},
            display_name(row.by) if row.by and row.by_id != member.person_id else "",
        )
        for row in rows
    ]


def notes_of(member: Member) -> QuerySet[Note]:
    """Every note of the member with its answers, the latest first. The member and the coordinators read the same."""
    answers = NoteAnswer.objects.select_related("written_by").order_by("pk")
    found = Note.objects.filter(member=member).select_related("written_by")
    return found.prefetch_related(Prefetch("answers", queryset=answers)).order_by("-on_day", "-pk")


def yearly_waiting(member: Member) -> Yearly | None:
    """The yearly question that waits for an answer."""
    return Yearly.objects.filter(member=member, answered_at=None).first()


@dataclass(frozen=True, slots=True)
class NoteAnswerRow:
    """What a member answered to a note. who: as the member is called; through: who wrote it down for them, or ""."""

    at: datetime
    text: str
    who: str
    through: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note with who wrote it, and what was answered, the first first."""

    note: Note
    who: str
    answers: list[NoteAnswerRow]


def note_rows(member: Member) -> list[NoteRow]:
    """Every note as both read it."""
    name = called(member)
    return [
        NoteRow(
            note,
            display_name(note.written_by),
            [
                NoteAnswerRow(
                    row.written_at,
                    row.text,
                    name,
                    display_name(row.written_by) if row.written_by_id != member.person_id else "",
                )
                for row in note.answers.all()
            ],
        )
        for note in notes_of(member)
    ]


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point of the introduction, and when it was gone through."""

    point: Introduction
    words: Any
    done: Introduced | None


def introduction_of(member: Member) -> list[PointRow]:
    """All points in their order."""
    done = {row.point: row for row in Introduced.objects.filter(member=member).select_related("by")}
    return [PointRow(point, INTRODUCTION[point], done.get(point.value)) for point in Introduction]


# --- the coordinator's list -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member on the coordinator's list."""

    member: Member
    name: str
    roles: list[str]
    contact: str


def member_list(group: Group, status: str = "") -> QuerySet[Member]:
    """The members that coordinators see, those who have waited longest first. A page of them is read by `listed`."""
    found = Member.objects.filter(group=group, status__in=[each.value for each in SEEN])
    if status in set(SEEN):
        found = found.filter(status=status)
    return found.order_by("since", "pk")


#: What the list says of a member: the rest of it is long, and encrypted.
_NAME = ("name", "email", "protected_tag", "forgotten_at")
_LISTED = (
    "uid", "called", "status", "since", "municipality", "organisation",
    *(f"{who}__{column}" for who in ("person", "contact") for column in _NAME),
)  # fmt: skip


def listed(ids: Iterable[int]) -> list[Member]:
    """Those members with what the list shows, in the order given. Two queries. The order is made of ids alone, which an
    index holds: of long rows only a page is read."""
    wanted = list(ids)
    tags = Tag.objects.filter(kind="as").order_by("value")
    rows = Member.objects.select_related("person", "contact").only(*_LISTED)
    found = rows.prefetch_related(Prefetch("tags", queryset=tags)).in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def all_in(group: Group) -> QuerySet[Member]:
    """The same, all of them with what they have told, in the order in which they began."""
    found = with_answers(Member.objects.filter(group=group, status__in=[each.value for each in SEEN]))
    return found.order_by("begun_at", "pk")


def counts_of(group: Group) -> dict[str, int]:
    """Status -> how many, of those that coordinators see."""
    found = Member.objects.filter(group=group, status__in=[each.value for each in SEEN])
    return dict(found.values_list("status").annotate(number=Count("pk")).order_by())


def member_row(member: Member) -> MemberRow:
    """What the list shows of a member."""
    roles = [word("as", tag.value) for tag in member.tags.all()]
    return MemberRow(member, called(member), roles, display_name(member.contact) if member.contact else "")
