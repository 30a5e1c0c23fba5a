"""Who was asked to an assignment, in which wave, and what they answered; and who was asked to ask others."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.pool.models import Group, Member
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person

from .domain import GROUP_KINDS, ORGANISATION_KINDS, STANDS, Reply, Said

REPLIES = [reply.value for reply in Reply]


class Wave(models.Model):
    """Those of a group who were asked at the same time."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="waves")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="waves")
    number = models.PositiveIntegerField()
    answer_by = models.DateField()  # the last day to answer
    size = models.PositiveSmallIntegerField()  # how many were asked; the next one asks as many
    wanted = models.PositiveSmallIntegerField()  # how many yes are needed from here on
    #: Whether the next wave opens by itself when this one falls short.
    next_by_itself = models.BooleanField(default=False)
    #: What the coordinator looked for: {"as": [...], ...} of domain.SOUGHT, and "only": criteria that may not be
    #: "not met". The next wave looks for the same.
    sought = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # null: by the clock
    #: When the clock had gone through it: every invitation was answered or lapsed.
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="wave_number_once_per_assignment"),
            models.CheckConstraint(name="wave_asks_somebody", condition=Q(size__gte=1, wanted__gte=1, number__gte=1)),
            models.CheckConstraint(
                name="wave_settled_after_it_opened", condition=Q(settled_at=None) | Q(settled_at__gte=F("opened_at"))
            ),
        ]
        indexes = [models.Index(fields=["answer_by"], condition=Q(settled_at=None), name="wave_not_settled")]

    def __str__(self) -> str:
        return f"Wave {self.number} of {self.assignment_id}"


class Pair(models.Model):
    """Two of a wave who are asked together: it takes both to say yes. If one does not, the pair ends, and the other
    answers for themselves alone."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="pairs")
    #: Whether both have said that the other may know what they are called.
    named = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Pair {self.pk}"


class Invitation(models.Model):
    """Somebody was asked whether they want to take part in an assignment. There is no room for why they said no."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="invitations")
    #: The wave's and the member's, kept here so that the database itself refuses to ask somebody twice.
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="invitations")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True, choices=[(each, each) for each in REPLIES])
    answered_at = models.DateTimeField(null=True, blank=True)
    #: With whom they are asked together, and as which of the two.
    pair = models.ForeignKey(Pair, null=True, blank=True, on_delete=models.PROTECT, related_name="two")
    place = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pair", "place"], name="invitation_two_in_a_pair"),
            models.CheckConstraint(
                name="invitation_one_of_two",
                condition=Q(pair=None, place=None) | Q(pair__isnull=False, place__isnull=False, place__in=[1, 2]),
            ),
            models.UniqueConstraint(fields=["assignment", "member"], name="invitation_once_per_member"),
            models.UniqueConstraint(fields=["assignment", "person"], name="invitation_once_per_person"),
            models.CheckConstraint(
                name="invitation_answered_with_an_answer",
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=REPLIES, answered_at__isnull=False, answered_at__gte=F("asked_at")),
            ),
        ]
        indexes = [models.Index(fields=["person", "asked_at"], name="invitation_load")]  # how much one is asked

    def __str__(self) -> str:
        return f"Invitation {self.pk}"


class Enquiry(models.Model):
    """Another group was asked to ask its members, or a patient organisation or a section of one to nominate."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="enquiries")
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="+")
    #: The node's kind, kept here so that the database itself can tell a group from an organisation.
    node_kind = models.CharField(max_length=24, editable=False)
    #: The group at the node; None for an organisation.
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries")
    wanted = models.PositiveSmallIntegerField()  # how many one hopes for
    answer_by = models.DateField()  # the last day to answer
    message = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, blank=True, choices=[(each.value, each.value) for each in Said])
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: When the clock had gone through it, and who asked had been told how it stands in all.
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "node"], condition=Q(answer__in=STANDS), name="enquiry_once_while_it_stands"
            ),
            models.CheckConstraint(
                name="enquiry_to_a_group_or_an_organisation",
                condition=Q(group__isnull=False, node_kind__in=GROUP_KINDS)
                | Q(group=None, node_kind__in=ORGANISATION_KINDS),
            ),
            models.CheckConstraint(name="enquiry_wants_somebody", condition=Q(wanted__gte=1)),
            models.CheckConstraint(
                name="enquiry_answered_by_somebody_or_lapsed",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | Q(answer=Said.LAPSED.value, answered_at__gte=F("sent_at"), answered_by=None)
                | Q(
                    answer__in=[each.value for each in (Said.YES, Said.NO, Said.TAKEN_BACK)],
                    answered_at__gte=F("sent_at"),
                    answered_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="enquiry_settled_with_an_answer",
                condition=Q(settled_at=None) | ~Q(answer="") & Q(settled_at__gte=F("sent_at")),
            ),
        ]
        indexes = [models.Index(fields=["answer_by"], condition=Q(settled_at=None), name="enquiry_not_settled")]

    def __str__(self) -> str:
        return f"Enquiry {self.pk}"
