"""An assignment from need to agreement, the parts it is described in, and what was said about them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person

from ..domain import ConflictMatter, Contribution, Door, Form, Influence, Pay, Phase, State


def one_of(enum) -> list[tuple[str, str]]:
    """Choices for a column; the wording on the page is the form's."""
    return [(member.value, member.value) for member in enum]


class Assignment(models.Model):
    """A piece of work in which lived experience is wanted, from the first need to the agreements.

    The answers to its questions are columns, so that the database can check and filter them. Each question
    ("part") has its own version in `Part`, so that two people can write in different parts at once.
    """

    state = models.CharField(max_length=16, choices=one_of(State), default=State.NEED)
    #: The region or municipality whose coordinator helps.
    area = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="assignments_in_area")
    #: The unit that has the need; not known yet where somebody else raised it.
    unit = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_as = models.CharField(max_length=24, blank=True)  # the role; "" is oneself
    #: By which door the need came, and in a few words from whom, where a coordinator typed it in.
    came_by = models.CharField(max_length=8, choices=one_of(Door), default=Door.WEB)
    came_note = models.CharField(max_length=200, blank=True)
    #: From the form that made it: a double click makes one need.
    form_key = models.CharField(max_length=36, null=True, blank=True, unique=True)
    #: Set where a member, a patient organisation or a council raised the need: they co-own the text.
    raised_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="needs_raised")
    raised_for = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_standing = models.BooleanField(default=False)

    # The answers, part by part (domain.PARTS).
    title = models.CharField(_("title"), max_length=120, blank=True)
    why = models.TextField(blank=True)
    expected = models.TextField(blank=True)
    influence = models.CharField(max_length=16, choices=one_of(Influence), blank=True)
    influence_how = models.TextField(blank=True)
    #: Where the level is information alone: why it is an assignment all the same.
    influence_reason = models.TextField(blank=True)
    phase = models.CharField(max_length=16, choices=one_of(Phase), blank=True)
    contribution = models.CharField(max_length=24, choices=one_of(Contribution), blank=True)
    sources_present = models.JSONField(default=list)  # values of domain.Source
    sources_note = models.TextField(blank=True)
    harm = models.TextField(blank=True)
    harm_action = models.TextField(blank=True)
    people_wanted = models.PositiveSmallIntegerField(null=True, blank=True)
    experience = models.TextField(blank=True)
    occasions = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes_each = models.PositiveSmallIntegerField(null=True, blank=True)
    reading_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    when_text = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    form = models.CharField(max_length=8, choices=one_of(Form), blank=True)
    place = models.CharField(max_length=200, blank=True)
    municipality = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    access = models.TextField(blank=True)
    pay = models.CharField(max_length=12, choices=one_of(Pay), blank=True)
    pay_each_ore = models.PositiveIntegerField(null=True, blank=True)  # per occasion, in öre
    pay_reading_ore = models.PositiveIntegerField(null=True, blank=True)
    pay_note = models.TextField(blank=True)
    budget_yes = models.BooleanField(default=False)
    budget_holder = models.CharField(max_length=150, blank=True)
    contact_name = models.CharField(max_length=150, blank=True)
    contact_title = models.CharField(max_length=150, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_hours = models.CharField(max_length=150, blank=True)
    result_use = models.TextField(blank=True)
    told_back_on = models.DateField(null=True, blank=True)
    conflict_matter = models.CharField(max_length=16, choices=one_of(ConflictMatter), blank=True)

    # The way through the house.
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_reason = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)  # the last day one can apply
    answer_by = models.DateField(null=True, blank=True)  # the day everybody has been promised an answer
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.TextField(blank=True)
    #: When it had been told back, and every representative had answered or been asked twice.
    done_at = models.DateTimeField(null=True, blank=True)
    #: The contact person's details, and from whom a need came, are gone: the work is over since long.
    contact_blanked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_has_a_unit_before_it_is_published",
                condition=Q(unit__isnull=False) | Q(state__in=[State.NEED, State.SENT, State.CANCELLED]),
            ),
            models.CheckConstraint(
                name="assignment_open_or_later_was_published",
                condition=Q(state__in=[State.NEED, State.SENT, State.CANCELLED])
                | Q(published_at__isnull=False, closes_on__isnull=False, answer_by__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_answers_after_it_closes",
                condition=Q(answer_by=None) | Q(closes_on=None) | Q(answer_by__gte=F("closes_on")),
            ),
            models.CheckConstraint(
                name="assignment_cancelled_with_time_and_reason",
                condition=(Q(state=State.CANCELLED, cancelled_at__isnull=False) & ~Q(cancelled_reason=""))
                | (~Q(state=State.CANCELLED) & Q(cancelled_at=None, cancelled_reason="")),
            ),
            models.CheckConstraint(
                name="assignment_done_with_time",
                condition=Q(state=State.DONE, done_at__isnull=False) | (~Q(state=State.DONE) & Q(done_at=None)),
            ),
            models.CheckConstraint(
                name="assignment_wants_at_least_one",
                condition=Q(people_wanted=None) | Q(people_wanted__gte=1),
            ),
            models.CheckConstraint(
                name="assignment_known_state", condition=Q(state__in=[state.value for state in State])
            ),
        ]
        indexes = [
            # In order, and how many. With the number last: on one day hundreds may close.
            models.Index(fields=["state", "closes_on", "id"], name="assignment_open_list"),
            models.Index(  # what one can filter it by, from the index alone
                fields=["state", "closes_on", "area", "municipality", "contribution"], name="assignment_filters"
            ),
            models.Index(fields=["state", "published_at", "id"], name="assignment_newest"),  # the Atom feed
            # The desk's order and its counts by stage, from the index alone: the rows are long.
            models.Index(
                fields=["area", "unit", "state", "answer_by", "sent_at", "created_at"], name="assignment_desk"
            ),
        ]

    def __str__(self) -> str:
        return f"Assignment {self.pk}"


class StandingTerms(models.Model):
    """What a standing assignment (council, steering group, programme area) needs beyond the rest."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="standing_terms")
    term_months = models.PositiveSmallIntegerField(null=True, blank=True)
    deputies = models.PositiveSmallIntegerField(default=0)
    #: Whether organisations nominate, or anyone may apply.
    by_nomination = models.BooleanField(default=False)
    renewal = models.TextField(blank=True)  # may one continue, how many times, who asks
    hand_over = models.TextField(blank=True)  # how what was learnt reaches the successor
    told_back_month = models.PositiveSmallIntegerField(null=True, blank=True)  # 1-12: yearly telling back

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="standing_term_is_some_time", condition=Q(term_months=None) | Q(term_months__range=(1, 120))
            ),
            models.CheckConstraint(
                name="standing_told_back_in_a_month",
                condition=Q(told_back_month=None) | Q(told_back_month__range=(1, 12)),
            ),
        ]

    def __str__(self) -> str:
        return f"StandingTerms {self.pk}"


class Part(models.Model):
    """One question of the need: when it was last answered, and in which version."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="parts")
    key = models.CharField(max_length=24)  # domain.PARTS
    version = models.PositiveIntegerField(default=0)  # grows with every saving: the second of two sees the first
    #: "That we decide together, by this day at the latest" is a full answer.
    together_by = models.DateField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "key"], name="part_once_per_assignment")]

    def __str__(self) -> str:
        return f"Part {self.key} of {self.assignment_id}"


class PartRevision(models.Model):
    """What a part said after each saving. Never changed: who wrote what is never lost."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    values = models.JSONField()  # the part's columns as text, numbers and ISO dates
    together_by = models.DateField(null=True, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    saved_as = models.CharField(max_length=24, blank=True)  # the role; "" is oneself

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "version"], name="part_revision_once")]

    def __str__(self) -> str:
        return f"PartRevision {self.version} of {self.part_id}"


class PartComment(models.Model):
    """What the coordinator (or somebody who co-owns the text) says of a part; done when the part is mended."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="comments")
    key = models.CharField(max_length=24)
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_as = models.CharField(max_length=24, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="part_comment_done_by_somebody_or_not_at_all",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"PartComment {self.pk}"


class Clarification(models.Model):
    """Something in a part that was missing or vague, and when it became clear. Kept for learning."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="clarifications")
    key = models.CharField(max_length=24)
    code = models.CharField(max_length=40)  # domain.Finding.code
    found_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "key", "code"],
                condition=Q(cleared_at=None),
                name="clarification_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"Clarification {self.code} of {self.assignment_id}"
