"""A member of a resource group: what they have told, question by question, where they stand and how they came there."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from samskapa.ground.core.keys.fields import EncryptedTextField
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person

from ..domain import MOVES, Age, Answer, ConsentTo, Gender, Introduction, NoteKind, Reach, Status, Why, is_minor
from .group import Group


def one_of(enum) -> list[tuple[str, str]]:
    """Choices for a column; the wording on the page is `queries.wording`'s."""
    return [(each.value, each.value) for each in enum]


def _known(column: str, enum, *, blank: bool = True) -> Q:
    values = [each.value for each in enum]
    return Q(**{f"{column}__in": ["", *values] if blank else values})


class Consent(models.Model):
    """A yes to one thing, with the words that were said yes to. Taking it back ends the row; the words stay, to show
    what was asked."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=12, choices=one_of(ConsentTo))
    words = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person", "to"], condition=Q(ended_at=None), name="consent_given_once"
            ),
            models.CheckConstraint(name="consent_says_to_what", condition=~Q(words="") & _known("to", ConsentTo)),
            models.CheckConstraint(
                name="consent_ends_after_it_was_given", condition=Q(ended_at=None) | Q(ended_at__gte=F("given_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"Consent {self.pk}"


class Member(models.Model):
    """Somebody in a resource group, from the first answer in the form until they leave.

    The answers are columns, and a `Tag` for each choice of which there may be many. What somebody writes in their own
    words is encrypted: much of it is about health.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(max_length=12, choices=one_of(Status), default=Status.BEGUN)
    since = models.DateTimeField()
    begun_at = models.DateTimeField()
    #: The code of the poster or link that led here, where there was one. What it stands for another app says, by the
    #: slot "came_by_in_words".
    came_by = models.CharField(max_length=16, blank=True)
    #: Where one stood before one began to rest, and comes back to.
    rests_from = models.CharField(max_length=12, choices=one_of(Status), blank=True)
    #: When the member last said or did something themselves: from here the year counts.
    heard_at = models.DateTimeField()
    contact = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    next_check_in = models.DateField(null=True, blank=True)

    # The answers (domain.QUESTIONS).
    called = EncryptedTextField(bound_to="uid", blank=True)
    reach_by = models.CharField(max_length=8, choices=one_of(Reach), blank=True)
    reach_at = EncryptedTextField(bound_to="uid", blank=True)
    age = models.CharField(max_length=8, choices=one_of(Age), blank=True)
    municipality = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    gender = models.CharField(max_length=12, choices=one_of(Gender), blank=True)
    experience = EncryptedTextField(bound_to="uid", blank=True)
    #: Null where nothing is told. There is none without a yes of its own.
    diagnosis = EncryptedTextField(bound_to="uid", null=True, blank=True)
    diagnosis_consent = models.OneToOneField(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contribute_more = EncryptedTextField(bound_to="uid", blank=True)
    languages_more = EncryptedTextField(bound_to="uid", blank=True)
    needs_more = EncryptedTextField(bound_to="uid", blank=True)
    times_more = EncryptedTextField(bound_to="uid", blank=True)
    organisation = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation_name = EncryptedTextField(bound_to="uid", blank=True)
    training = EncryptedTextField(bound_to="uid", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="member_once_in_a_group"),
            models.CheckConstraint(
                name="member_known_words",
                condition=_known("status", Status, blank=False)
                & _known("age", Age)
                & _known("gender", Gender)
                & _known("reach_by", Reach),
            ),
            models.CheckConstraint(
                # Lists that are taken in often lack it; nobody is welcomed without.
                name="member_of_unknown_age_is_not_welcomed",
                condition=~Q(age="")
                | ~Q(status__in=[Status.WELCOMED, Status.ACTIVE]) & ~Q(rests_from__in=[Status.WELCOMED, Status.ACTIVE]),
            ),
            models.CheckConstraint(
                name="member_rests_from_somewhere",
                condition=Q(status=Status.RESTING) & ~Q(rests_from="") | ~Q(status=Status.RESTING) & Q(rests_from=""),
            ),
            models.CheckConstraint(
                name="member_welcomed_has_a_contact",
                condition=~Q(status__in=[Status.WELCOMED, Status.ACTIVE]) | Q(contact__isnull=False),
            ),
            models.CheckConstraint(
                name="member_diagnosis_by_a_yes",
                condition=Q(diagnosis__isnull=True, diagnosis_consent=None)
                | Q(diagnosis__isnull=False, diagnosis_consent__isnull=False),
            ),
            models.CheckConstraint(
                name="member_who_left_has_told_nothing",
                condition=~Q(status=Status.LEFT)
                | Q(
                    age="",
                    gender="",
                    reach_by="",
                    municipality=None,
                    organisation=None,
                    diagnosis__isnull=True,
                    came_by="",
                ),
            ),
        ]
        indexes = [
            # Whom to show is chosen from an index alone; PostgreSQL's has the id only where it is named.
            models.Index(fields=["group", "status", "since", "id"], name="member_list"),
            models.Index(fields=["status", "heard_at"], name="member_to_ask"),  # the yearly question
            models.Index(fields=["group", "status", "person", "age", "since", "id"], name="member_turn"),
            models.Index(
                fields=["group", "status", "municipality", "contact", "organisation", "gender", "reach_by", "id"],
                name="member_choices",
            ),
            models.Index(
                fields=["group", "next_check_in", "id"],
                condition=Q(next_check_in__isnull=False),
                name="member_check_in_due",
            ),
            # Whose guardian's yes is missing: they are few among many.
            models.Index(
                fields=["group", "status", "id"],
                condition=Q(age__in=[each.value for each in Age if is_minor(each)]),
                name="member_under_age",
            ),
        ]

    def __str__(self) -> str:
        return f"Member {self.pk}"


class Tag(models.Model):
    """One of several choices in an answer, as a row, so that members can be found by it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=16)  # a tag of domain.QUESTIONS
    value = models.CharField(max_length=24)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind", "value"], name="tag_once")]
        indexes = [models.Index(fields=["kind", "value", "member"], name="tag_found_by")]

    def __str__(self) -> str:
        return f"Tag {self.kind} {self.value}"


class Reply(models.Model):
    """One question of the form: in which version it is answered, so that of two windows none overwrites the other."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="replies")
    key = models.CharField(max_length=16)  # domain.QUESTIONS
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="reply_once_per_question")]

    def __str__(self) -> str:
        return f"Reply {self.key} of {self.member_id}"


def _moves() -> Q:
    """MOVES as a condition on a row."""
    allowed = Q()
    for start, why, to in sorted(MOVES):
        allowed |= Q(from_status=start.value, why=why.value, to_status=to.value)
    return allowed


class Move(models.Model):
    """A member came from one status to another, and why. Never changed."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(max_length=12, choices=one_of(Status))
    why = models.CharField(max_length=16, choices=one_of(Why))
    to_status = models.CharField(max_length=12, choices=one_of(Status))
    at = models.DateTimeField()
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # null: by the clock

    class Meta:
        constraints = [models.CheckConstraint(name="move_with_a_reason", condition=_moves())]

    def __str__(self) -> str:
        return f"Move {self.pk}"


class Note(models.Model):
    """What a coordinator has noted. The member reads every one of them on their own page."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notes")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=one_of(NoteKind))
    text = EncryptedTextField(bound_to="uid")
    on_day = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="note_of_a_kind", condition=_known("kind", NoteKind, blank=False))]

    def __str__(self) -> str:
        return f"Note {self.pk}"


class NoteAnswer(models.Model):
    """What a member has answered to a note. Both sides read it."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="answers")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = EncryptedTextField(bound_to="uid")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")  # the member, or who helped

    def __str__(self) -> str:
        return f"NoteAnswer {self.pk}"


class Introduced(models.Model):
    """A point of the introduction that has been gone through."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="introduced")
    point = models.CharField(max_length=16, choices=one_of(Introduction))
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "point"], name="introduced_once"),
            models.CheckConstraint(name="introduced_to_a_point", condition=_known("point", Introduction, blank=False)),
        ]

    def __str__(self) -> str:
        return f"Introduced {self.pk}"


class Minor(models.Model):
    """What there must be for a member under eighteen: a guardian who has said yes, a guide of their own, and an adult
    they know at meetings."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="minor")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    guardian = EncryptedTextField(bound_to="uid")  # who, and how they are reached
    guide = EncryptedTextField(bound_to="uid")
    adult = EncryptedTextField(bound_to="uid")
    version = models.PositiveIntegerField(default=0)  # of two who write, the second sees what the first wrote
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="+")
    #: Where the yes is taken back (`consent` has ended): who said so, null where the member told it; and which day.
    taken_back_by = EncryptedTextField(bound_to="uid", null=True, blank=True)
    taken_back_on = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="minor_taken_back_on_a_day",
                condition=Q(taken_back_by__isnull=True) | Q(taken_back_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Minor {self.pk}"

    @property
    def has_yes(self) -> bool:
        """Whether the guardian's yes stands. `consent` came with the row."""
        return self.consent.ended_at is None


class Yearly(models.Model):
    """Once a year: do you still want to be asked?"""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="yearly")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=12, choices=one_of(Answer), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(answered_at=None), name="yearly_one_at_a_time"),
            models.CheckConstraint(
                name="yearly_answered_with_an_answer",
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=[each.value for each in Answer], answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="yearly_silent_only_after_a_reminder",
                condition=~Q(answer=Answer.NO_ANSWER) | Q(reminded_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(answered_at=None), name="yearly_waits")]

    def __str__(self) -> str:
        return f"Yearly {self.pk}"
