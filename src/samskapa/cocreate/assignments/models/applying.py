"""Who applied or was nominated, what they answered, and what they were answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person

from ..domain import ApplicationState, Assessment, Mandate
from .asking import ApplicantQuestion
from .need import Assignment, one_of

ANSWERED = [ApplicationState.CHOSEN, ApplicationState.NOT_CHOSEN]
#: Proposed by an organisation, and never said yes to.
ONLY_NOMINATED = [ApplicationState.NOMINATED, ApplicationState.DECLINED, ApplicationState.LAPSED]


class Application(models.Model):
    """A representative's wish to take part, or an organisation's nomination with the person's consent."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=12, choices=one_of(ApplicationState), default=ApplicationState.APPLIED)
    #: Chosen to a standing assignment as deputy (ersättare), who steps in when an ordinary one cannot come.
    is_deputy = models.BooleanField(default=False)
    #: "Applicant 3": what the host calls somebody whose name is not shown. Given once, never reused.
    number = models.PositiveIntegerField(null=True, blank=True)
    #: Grows with every change, so that of two answers given at once the second is refused, not lost in silence.
    version = models.PositiveIntegerField(default=1)
    #: Not known only while a nominated person has not yet opened the invitation.
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="applications")
    mandate = models.CharField(max_length=12, choices=one_of(Mandate), default=Mandate.INDIVIDUAL)
    organisation = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT, related_name="nominations")
    nominated_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField(null=True, blank=True)
    #: The coordinator who wrote it in the person's name, where the person was helped; the latest of them.
    helped_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nomination_reason = models.TextField(blank=True)  # why the organisation thinks of this person; shown to the person
    nominee_email = models.EmailField(blank=True)  # blanked when the person has answered
    nominee_name = models.CharField(max_length=150, blank=True)
    experience = models.TextField(blank=True)
    access_needs = models.TextField(blank=True)  # shown to the host only once the person is chosen
    applied_at = models.DateTimeField(null=True, blank=True)
    #: When the person said yes to being presented by name to the host; before that the host sees no identity.
    presented_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: What the person wrote is gone: they took back their yes, asked to be forgotten, or its time had run out.
    blanked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # How often somebody has been chosen lately.
            models.Index(fields=["person", "answered_at"], condition=Q(state="chosen"), name="application_taken")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "person"],
                condition=Q(person__isnull=False) & ~Q(state__in=ONLY_NOMINATED),
                name="application_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["assignment", "number"],
                condition=Q(number__isnull=False),
                name="application_number_once_per_assignment",
            ),
            models.UniqueConstraint(
                "assignment",
                "organisation",
                Lower("nominee_email"),
                condition=Q(state=ApplicationState.NOMINATED),
                name="application_nominated_once_by_an_organisation",
            ),
            models.CheckConstraint(
                name="application_has_person_number_and_time_unless_nominated",
                condition=Q(person__isnull=False, number__isnull=False, applied_at__isnull=False)
                | Q(state__in=ONLY_NOMINATED),
            ),
            models.CheckConstraint(
                name="application_nominee_known_only_until_answered",
                condition=Q(state=ApplicationState.NOMINATED) | Q(nominee_email="", nominee_name=""),
            ),
            models.CheckConstraint(
                name="application_answered_with_reason_time_and_person_or_not",
                condition=(
                    Q(state__in=ANSWERED, answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer_reason="")
                )
                | (~Q(state__in=ANSWERED)),
            ),
            models.CheckConstraint(
                name="application_by_nomination_names_organisation",
                condition=Q(mandate=Mandate.INDIVIDUAL) | Q(organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="application_deputy_was_chosen",
                condition=Q(is_deputy=False) | Q(state__in=[ApplicationState.CHOSEN, ApplicationState.WITHDRAWN]),
            ),
            models.CheckConstraint(
                name="application_withdrawn_with_time",
                condition=Q(state=ApplicationState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(state=ApplicationState.WITHDRAWN) & Q(withdrawn_at=None)),
            ),
            models.CheckConstraint(
                name="application_blanked_says_nothing_and_waits_for_nothing",
                condition=Q(blanked_at=None)
                | Q(experience="", access_needs="", nomination_reason="") & ~Q(state__in=["applied", "nominated"]),
            ),
            models.CheckConstraint(
                name="application_known_state", condition=Q(state__in=[state.value for state in ApplicationState])
            ),
        ]

    def __str__(self) -> str:
        return f"Application {self.pk}"


class ApplicationAnswer(models.Model):
    """An applicant's answer to one of the host's questions."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(ApplicantQuestion, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="application_answer_once_per_question")
        ]

    def __str__(self) -> str:
        return f"ApplicationAnswer {self.pk}"


class ApplicationRevision(models.Model):
    """What an application said in each version. Never changed; goes when the person's data go."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    #: {"experience": str, "access_needs": str, "answers": {question id: str}, "has_conflict": bool|null,
    #: "conflict_text": str}
    values = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "version"], name="application_revision_once")]

    def __str__(self) -> str:
        return f"ApplicationRevision {self.version} of {self.application_id}"


class ConflictDeclaration(models.Model):
    """What an applicant says of conflicts of interest (jäv), and how the coordinator assessed it."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="conflict")
    has_conflict = models.BooleanField()
    text = models.TextField(blank=True)
    declared_at = models.DateTimeField()
    assessment = models.CharField(max_length=12, choices=one_of(Assessment), blank=True)
    assessment_text = models.TextField(blank=True)
    assessed_at = models.DateTimeField(null=True, blank=True)
    assessed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conflict_assessed_with_time_and_person_or_not",
                condition=Q(assessment="", assessed_at=None, assessed_by=None)
                | (~Q(assessment="") & Q(assessed_at__isnull=False, assessed_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"ConflictDeclaration {self.pk}"


class Choice(models.Model):
    """How the chosen were chosen, with a written reason. Never changed: a new choice is a new row, the newest counts.

    The way of choosing is a slot (config/slots.py).
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="choices")
    number = models.PositiveIntegerField(default=1)
    method = models.CharField(max_length=40)
    reason = models.TextField()
    chosen = models.ManyToManyField(Application, related_name="choices")
    #: Those of the chosen who are so as deputies.
    deputies = models.ManyToManyField(Application, related_name="+")
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    chosen_as = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="choice_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(fields=["assignment", "number"], name="choice_number_once_per_assignment"),
        ]

    def __str__(self) -> str:
        return f"Choice {self.number} for {self.assignment_id}"
