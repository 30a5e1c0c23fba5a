"""A group's recruitment plan, its posters and links, what is written on them, and how often each was opened."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samskapa.cocreate.pool.models import Group
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person

from .domain import Audience, Kind, Place, Use


def _known(column: str, enum, *, blank: bool = False) -> Q:
    values = [each.value for each in enum]
    return Q(**{f"{column}__in": ["", *values] if blank else values})


def _one_of(enum) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in enum]


def _place_goes_with_audience() -> Q:
    """A municipality is named where one looks for those who live in it, and only there."""
    return Q(audience=Audience.MUNICIPALITY, municipality__isnull=False) | ~Q(audience=Audience.MUNICIPALITY) & Q(
        municipality=None
    )


class Sought(models.Model):
    """One row of the plan: whom one looks for, where and how, who does it, by when. It says nothing of any member."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="sought")
    audience = models.CharField(max_length=16, choices=_one_of(Audience))
    municipality = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=24, choices=_one_of(Place), blank=True)  # "" where it is one's own
    how = models.TextField()
    doer = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_day = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)  # taken out of the plan; saved anew it is in it again
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sought_known_words", condition=_known("audience", Audience) & _known("place", Place, blank=True)
            ),
            models.CheckConstraint(name="sought_says_how", condition=~Q(how="")),
            models.CheckConstraint(name="sought_in_a_municipality", condition=_place_goes_with_audience()),
        ]
        indexes = [models.Index(fields=["group", "done_on", "by_day"], name="sought_plan")]

    def __str__(self) -> str:
        return f"Sought {self.pk}"


class Channel(models.Model):
    """A poster, letter or page with a short link of its own. It is never removed: the poster may still hang."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="channels")
    code = models.CharField(max_length=16, unique=True)  # domain.new_code; a member keeps it as `came_by`
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=_one_of(Kind))
    audience = models.CharField(max_length=16, choices=_one_of(Audience))
    municipality = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Whom one calls. Shown while they are a coordinator of the group; else another one is.
    contact = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Not put up any more. The link leads on as before.
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "name"], name="channel_name_once"),
            models.CheckConstraint(name="channel_has_name_and_code", condition=~Q(name="") & ~Q(code="")),
            models.CheckConstraint(
                name="channel_known_words", condition=_known("kind", Kind) & _known("audience", Audience)
            ),
            models.CheckConstraint(name="channel_in_a_municipality", condition=_place_goes_with_audience()),
        ]

    def __str__(self) -> str:
        return f"Channel {self.pk}"


class Text(models.Model):
    """What is written on a channel, once somebody has changed what is proposed."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="texts")
    use = models.CharField(max_length=8, choices=_one_of(Use))
    heading = models.CharField(max_length=80)
    body = models.TextField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "use"], name="text_once_per_use"),
            models.CheckConstraint(name="text_says_something", condition=~Q(heading="") & ~Q(body="")),
            models.CheckConstraint(name="text_known_use", condition=_known("use", Use)),
        ]

    def __str__(self) -> str:
        return f"Text {self.pk}"


class Opened(models.Model):
    """How many times a channel's link was opened on a day. No person, no address, no hour."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="opened")
    day = models.DateField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "day"], name="opened_once_per_day"),
            models.CheckConstraint(name="opened_at_least_once", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"Opened {self.pk}"
