"""The population, what a group measures, and what was told of it each month."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samskapa.cocreate.pool.models import Group
from samskapa.ground.core.models import AppendOnly

from .domain import COLUMNS, Sex
from .domain.population import FIRST_YEAR, LAST_YEAR


class PopulationTable(models.Model):
    """A table of the population of one year, taken in as a whole. A newer year is used before an older one, and of the
    same year what was taken in later."""

    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)  # as it is shown
    #: "" for a table of all areas; else the code of the county or municipality for which a coordinator took it in.
    within = models.CharField(max_length=4, blank=True)
    #: Of what was taken in: the same once more is no new table.
    digest = models.CharField(max_length=64)
    taken_in_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "within", "digest"], name="population_table_once"),
            models.CheckConstraint(
                name="population_table_of_a_year", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)
            ),
            models.CheckConstraint(name="population_table_names_its_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"PopulationTable {self.year}"


class PopulationFact(models.Model):
    """So many people live in an area, of these ages and that sex."""

    table = models.ForeignKey(PopulationTable, on_delete=models.CASCADE, related_name="facts")
    area_code = models.CharField(max_length=4)  # SCB's: two digits a county, four a municipality
    youngest = models.PositiveSmallIntegerField()
    oldest = models.PositiveSmallIntegerField(null=True)  # null: and older
    sex = models.CharField(max_length=8, blank=True)  # "" for everybody
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "area_code", "sex", "youngest"], name="population_fact_once"),
            models.CheckConstraint(
                name="population_fact_ages_in_order", condition=Q(oldest=None) | Q(oldest__gte=F("youngest"))
            ),
            models.CheckConstraint(name="population_fact_known_sex", condition=Q(sex__in=[each.value for each in Sex])),
            models.CheckConstraint(name="population_fact_of_an_area", condition=~Q(area_code="")),
        ]
        indexes = [models.Index(fields=["area_code", "table"], name="population_of_area")]

    def __str__(self) -> str:
        return f"PopulationFact {self.pk}"


class Measured(models.Model):
    """What a group has chosen to measure beside age, sex and municipality."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="measured")
    features = models.JSONField(default=list)  # of domain.MEASURABLE
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Measured {self.pk}"


class Snapshot(AppendOnly):
    """What others than the coordinators are told of a group, as it stood once in that month."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="coverage")
    month = models.DateField()  # its first day
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "month"], name="coverage_once_a_month")]

    def __str__(self) -> str:
        return f"Snapshot of {self.group_id}"


class Told(AppendOnly):
    """A count that is told: in which five it is, so that 1 is 5 to 9. What is not told has no row, and no row can hold
    an exact count."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="told")
    column = models.CharField(max_length=8)
    feature = models.CharField(max_length=16, blank=True)
    part = models.CharField(max_length=16, blank=True)
    fives = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "column", "feature", "part"], name="told_once_per_cell"),
            models.CheckConstraint(name="told_five_at_least", condition=Q(fives__gte=1)),
            models.CheckConstraint(name="told_of_a_column", condition=Q(column__in=COLUMNS)),
        ]

    def __str__(self) -> str:
        return f"Told {self.pk}"
