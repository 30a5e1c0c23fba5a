"""Sets of questions, rounds of asking, who is asked, and what was answered: by somebody, or by nobody known."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samskapa.ground.core.keys.fields import EncryptedJSONField
from samskapa.ground.core.models import AppendOnly
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person

from .domain import LEAST, REMIND_AFTER_DAYS, REMINDERS_MOST, Kind, Mode

MODE_LABELS = {
    Mode.NAMED: _("With names: we see who answered what"),
    Mode.ANONYMOUS: _("Anonymous: nobody can see who answered what"),
}


class QuestionSet(models.Model):
    """A set of questions through all its versions."""

    key = models.CharField(max_length=40, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class SetVersion(AppendOnly):
    """A set as it was written once. Nothing in it changes; what is written anew is a new version."""

    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    #: Of everything in it, by which the same words are known again.
    digest = models.CharField(max_length=64)
    #: [side, {language: what the side is called}], in order; one side, "", where all are asked alike. A list of pairs:
    #: PostgreSQL keeps no order of keys.
    named_sides = models.JSONField(default=list)
    fixed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question_set", "number"], name="set_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="set_versions_begin_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.question_set_id} {self.number}"

    @property
    def sides(self) -> dict[str, dict[str, str]]:
        """side -> language -> what it is called, in order."""
        return dict(self.named_sides)


class Question(AppendOnly):
    """A question in a version of a set. `key` is who it is, through all versions; `number` is its own version."""

    set_version = models.ForeignKey(SetVersion, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.name) for kind in Kind])
    options = models.JSONField(default=list)
    has_dont_know = models.BooleanField()
    #: Who is asked it; [] is everybody.
    sides = models.JSONField(default=list)
    shown_if_key = models.CharField(max_length=40, blank=True)
    shown_if_values = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["set_version", "key"], name="question_once_in_a_version"),
            models.UniqueConstraint(fields=["set_version", "position"], name="question_position_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="question_versions_begin_at_one"),
        ]

    def __str__(self) -> str:
        return self.key


class Wording(AppendOnly):
    """The words of a question, or of the set itself (question null), for a side ("" is all) and a language."""

    set_version = models.ForeignKey(SetVersion, on_delete=models.PROTECT, related_name="wordings")
    question = models.ForeignKey(Question, null=True, on_delete=models.PROTECT, related_name="wordings")
    side = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=8)
    is_easy = models.BooleanField(default=False)
    text = models.TextField()
    help = models.TextField(blank=True)
    labels = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["set_version", "question", "side", "language", "is_easy"],
                condition=Q(question__isnull=False),
                name="wording_of_a_question_once",
            ),
            models.UniqueConstraint(
                fields=["set_version", "side", "language", "is_easy"],
                condition=Q(question=None),
                name="wording_of_a_set_once",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="wording_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.side}".rstrip()


class Asking(models.Model):
    """A round: these questions, about this, of these people, until then.

    key: what it is for ("assignments.closing:12"): the same asks once. thing: what it is about, as "app.model:id"; ""
    where it is about nothing that stands here. node: whose round it is.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True)
    set_version = models.ForeignKey(SetVersion, on_delete=models.PROTECT, related_name="askings")
    thing = models.CharField(max_length=100, blank=True)
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("what it is about"), max_length=200)
    why = models.TextField(_("why you ask"), blank=True)
    mode = models.CharField(max_length=12, choices=[(mode.value, MODE_LABELS[mode]) for mode in Mode])
    threshold = models.PositiveSmallIntegerField(default=LEAST)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)
    remind_after_days = models.PositiveSmallIntegerField(default=REMIND_AFTER_DAYS)
    reminders_most = models.PositiveSmallIntegerField(default=REMINDERS_MOST)
    #: Sheets that came on paper and were typed in.
    papers = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField(null=True)  # a person's id; null: the system
    closed_at = models.DateTimeField(null=True)
    #: What may be shown (domain.Results), made once when it closes: no later look differs from it.
    results = models.JSONField(null=True)
    told_at = models.DateTimeField(null=True)
    #: What those who asked say of the answers, and do about them.
    told_words = models.TextField(blank=True)
    blanked_at = models.DateTimeField(null=True)  # what was written in own words without a name is gone

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(threshold__gte=LEAST), name="asking_shows_nothing_of_few"),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")), name="asking_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, results=None) | Q(closed_at__isnull=False, results__isnull=False),
                name="asking_has_results_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(closed_at__isnull=False), name="asking_is_told_when_closed"
            ),
            models.CheckConstraint(
                condition=Q(blanked_at=None) | Q(closed_at__isnull=False), name="asking_is_blanked_when_closed"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="asking_has_a_title"),
        ]
        indexes = [
            models.Index(fields=["thing", "id"], name="asking_of_a_thing", condition=~Q(thing="")),
            models.Index(fields=["closes_at", "id"], name="asking_open", condition=Q(closed_at=None)),
            models.Index(fields=["node", "created_at", "id"], name="asking_of_a_node"),
        ]

    def __str__(self) -> str:
        return f"Asking {self.pk}"


class Asked(models.Model):
    """Somebody who is asked: a person, or an address. Of an anonymous round it says only that there is an answer."""

    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="asked")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=254, blank=True)
    side = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    has_answered = models.BooleanField(default=False)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    blanked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asking", "person"], condition=Q(person__isnull=False), name="asked_once_as_a_person"
            ),
            models.UniqueConstraint(fields=["asking", "address"], condition=~Q(address=""), name="asked_once_by_mail"),
            models.CheckConstraint(
                condition=Q(person=None) & ~Q(address="")
                | Q(person__isnull=False, address="")
                | Q(blanked_at__isnull=False, address=""),
                name="asked_is_a_person_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(reminders=0, reminded_at=None) | Q(reminders__gte=1, reminded_at__isnull=False),
                name="asked_reminded_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["asking", "side", "id"], name="asked_of_a_round"),
            models.Index(fields=["address", "id"], name="asked_at_an_address", condition=~Q(address="")),
        ]

    def __str__(self) -> str:
        return f"Asked {self.pk}"


class AskedLink(models.Model):
    """A personal link. Its token is never stored, only the digest; every mail has a link of its own, and all work."""

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"AskedLink {self.pk}"


class Sheet(models.Model):
    """What somebody has answered, by name: kept as one goes, and handed in."""

    asked = models.OneToOneField(Asked, on_delete=models.PROTECT, related_name="sheet")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answers = EncryptedJSONField(default=dict, bound_to="uid")  # domain.Answers
    is_paper = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Sheet {self.pk}"


class AnonymousDraft(models.Model):
    """An anonymous sheet on its way. Found and opened by the link's token alone, which is stored nowhere."""

    key = models.CharField(max_length=64, primary_key=True)
    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="+")
    #: base64 of nonce and ciphertext, under a key made from the token.
    box = models.TextField()

    def __str__(self) -> str:
        return "AnonymousDraft"


class Urn(models.Model):
    """All anonymous sheets of one side, in one text without order: written anew, in another order, with each sheet."""

    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="urns")
    side = models.CharField(max_length=40, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sheets = EncryptedJSONField(default=list, bound_to="uid")  # a list of domain.Answers

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asking", "side"], name="urn_once_a_side")]

    def __str__(self) -> str:
        return f"Urn {self.pk}"


class PaperTyped(models.Model):
    """That a sheet on paper was typed in, so that a double press types it once. Not when, and not which."""

    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return f"PaperTyped {self.pk}"
