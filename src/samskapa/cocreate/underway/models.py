"""Tables of the work: what was contributed and became of it, the check-ins, promises, and what it led to."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q

from samskapa.cocreate.assignments.models import Agreement, Assignment, Line, ToldBack
from samskapa.ground.people.models import Person

from .domain import MOST_QUARTERS, NO_ANSWER, QUARTER, Answer, Became, Kind, Moment, Side, Spent, Stage


def one_of(words: type[StrEnum]) -> list[tuple[str, str]]:
    """Choices of a column."""
    return [(word.value, word.value) for word in words]


def _known(column: str, words: type[StrEnum], *more: str) -> Q:
    return Q(**{f"{column}__in": [*(word.value for word in words), *more]})


class Work(models.Model):
    """An assignment at work: begun when every agreement was settled the first time."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="work")
    stage = models.CharField(max_length=12, choices=one_of(Stage), default=Stage.UNDER_WAY)
    begun_at = models.DateTimeField()
    #: The day on which the host should have told; None where the assignment is standing.
    tell_by = models.DateField(null=True, blank=True)
    #: When the host told what it led to, and the representatives were asked.
    closing_at = models.DateTimeField(null=True, blank=True)
    #: The day on which the host is asked once more.
    later_by = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="work_known_stage", condition=_known("stage", Stage)),
            models.CheckConstraint(
                name="work_closing_has_moment_and_later_day",
                condition=Q(stage=Stage.UNDER_WAY, closing_at=None, later_by=None)
                | (~Q(stage=Stage.UNDER_WAY) & Q(closing_at__isnull=False, later_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="work_done_has_moment",
                condition=Q(stage=Stage.DONE, done_at__isnull=False) | (~Q(stage=Stage.DONE) & Q(done_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "tell_by", "id"], name="work_to_tell"),
            models.Index(fields=["later_by", "id"], name="work_to_tell_later"),
        ]

    def __str__(self) -> str:
        return f"Work {self.pk}"


class Contribution(models.Model):
    """Something a representative has contributed: a wording, an idea, an objection."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="contributions")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="contributions")
    text = models.TextField()
    added_at = models.DateTimeField()
    #: Who wrote it down: the representative, or the host for something that was said.
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_side = models.CharField(max_length=8, choices=one_of(Side))
    #: The representative took it back; the words are gone.
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="contribution_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="contribution_known_side", condition=_known("added_side", Side)),
        ]
        indexes = [models.Index(fields=["work", "added_at", "id"], name="contribution_in_order")]

    def __str__(self) -> str:
        return f"Contribution {self.pk}"


class Outcome(models.Model):
    """What became of a contribution, and why. The newest counts; none is ever changed."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="outcomes")
    became = models.CharField(max_length=16, choices=one_of(Became))
    reason = models.TextField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="outcome_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="outcome_known", condition=_known("became", Became)),
        ]

    def __str__(self) -> str:
        return f"Outcome {self.pk}"


class CheckIn(models.Model):
    """A short talk between a representative and the contact person."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="check_ins")
    moment = models.CharField(max_length=8, choices=one_of(Moment))
    due_on = models.DateField()
    planned_at = models.DateTimeField()
    #: Who put it in; None: it stands in the agreement.
    planned_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="check_in_known_moment", condition=_known("moment", Moment)),
            models.UniqueConstraint(
                fields=["agreement", "moment"],
                condition=~Q(moment=Moment.EXTRA),
                name="check_in_of_the_agreement_once",
            ),
            models.UniqueConstraint(fields=["agreement", "due_on"], name="check_in_one_a_day"),
        ]
        indexes = [models.Index(fields=["due_on", "id"], name="check_in_due")]

    def __str__(self) -> str:
        return f"CheckIn {self.pk}"


class CheckInNote(models.Model):
    """What one side noted of a check-in. Each notes once."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="notes")
    side = models.CharField(max_length=8, choices=one_of(Side))
    goes_well = models.CharField(max_length=8, choices=one_of(Answer))
    text = models.TextField(blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_in", "side"], name="check_in_noted_once_by_each"),
            models.CheckConstraint(name="check_in_note_known_side", condition=_known("side", Side)),
            models.CheckConstraint(name="check_in_note_known_answer", condition=_known("goes_well", Answer)),
        ]

    def __str__(self) -> str:
        return f"CheckInNote {self.pk}"


class Promise(models.Model):
    """What one side says of a point of the agreement: was it kept? The newest counts; none is ever changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="promises")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=one_of(Side))
    kept = models.CharField(max_length=8, choices=one_of(Answer))
    word = models.TextField(blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="promise_known_side", condition=_known("side", Side)),
            models.CheckConstraint(name="promise_known_answer", condition=_known("kept", Answer)),
        ]
        indexes = [models.Index(fields=["agreement", "line", "id"], name="promise_newest")]

    def __str__(self) -> str:
        return f"Promise {self.pk}"


class Telling(models.Model):
    """What the host told of what it led to: when the work closed, once more half a year later; and each year of a
    standing assignment. A year's words are those of `assignments.ToldBack` and are kept there alone."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="tellings")
    kind = models.CharField(max_length=8, choices=one_of(Kind))
    text = models.TextField(blank=True)
    told_back = models.OneToOneField(
        ToldBack, null=True, blank=True, on_delete=models.PROTECT, related_name="asked_about"
    )
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    told_as = models.CharField(max_length=24)  # the role: host, or coordinator in its place; "": a year's

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work", "kind"], condition=~Q(kind=Kind.YEARLY), name="telling_once"),
            models.CheckConstraint(
                name="telling_says_something_or_is_of_a_year",
                condition=Q(kind=Kind.YEARLY, text="", told_back__isnull=False)
                | (~Q(kind=Kind.YEARLY) & ~Q(text="") & Q(told_back=None)),
            ),
            models.CheckConstraint(name="telling_known_kind", condition=_known("kind", Kind)),
        ]

    def __str__(self) -> str:
        return f"Telling {self.pk}"

    @property
    def words(self) -> str:
        """What was told. `told_back` came with it where many are shown."""
        return self.told_back.text if self.told_back else self.text


class Confirmation(models.Model):
    """Whether a representative finds that it is as the host told. "" while it is waited for."""

    telling = models.ForeignKey(Telling, on_delete=models.PROTECT, related_name="confirmations")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="confirmations")
    answer = models.CharField(max_length=12, blank=True, choices=[*one_of(Answer), (NO_ANSWER, NO_ANSWER)])
    word = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_again_at = models.DateTimeField(null=True, blank=True)
    #: When it was answered, or closed as no answer.
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["telling", "agreement"], name="confirmation_once"),
            models.CheckConstraint(name="confirmation_known", condition=_known("answer", Answer, NO_ANSWER, "")),
            models.CheckConstraint(
                name="confirmation_answered_at_a_moment_or_waits",
                condition=Q(answer="", word="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            # Nobody is closed as silent who was not asked twice, and silence says nothing.
            models.CheckConstraint(
                name="confirmation_no_answer_was_asked_twice",
                condition=~Q(answer=NO_ANSWER) | Q(word="", asked_again_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["answer", "asked_at", "id"], name="confirmation_waits")]

    def __str__(self) -> str:
        return f"Confirmation {self.pk}"


class Credit(models.Model):
    """A representative's yes to standing by name on the public page of what it led to; taken back at any time."""

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="credit")
    wants = models.BooleanField()
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Credit {self.pk}"


class TimeNote(models.Model):
    """Time that a representative spent on the work, as they noted it: one row a day for each kind, so that a button
    pressed twice makes no second one."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="time_notes")
    day = models.DateField()
    what = models.CharField(max_length=8, choices=one_of(Spent))
    quarters = models.PositiveSmallIntegerField()
    #: How often it was changed: a window that shows an older row does not write over a newer one.
    changes = models.PositiveIntegerField(default=0)
    noted_at = models.DateTimeField()
    #: Who wrote it: the representative, or somebody who helped them. Whose time it is, the agreement says.
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "day", "what"], name="time_note_one_a_day_and_kind"),
            models.CheckConstraint(name="time_note_known_kind", condition=_known("what", Spent)),
            models.CheckConstraint(
                name="time_note_up_to_twelve_hours", condition=Q(quarters__gte=1, quarters__lte=MOST_QUARTERS)
            ),
        ]

    def __str__(self) -> str:
        return f"TimeNote {self.pk}"

    @property
    def minutes(self) -> int:
        return self.quarters * QUARTER
