"""A column of each kind that the backup knows, and rows that point at each other."""

from __future__ import annotations

from django.db import models


class Named(models.Model):
    """Its key is a text, which languages sort in their own ways."""

    name = models.CharField(max_length=40, primary_key=True)

    def __str__(self) -> str:
        return self.name


class Assorted(models.Model):
    text = models.TextField(blank=True)
    short = models.CharField(max_length=40, blank=True)
    number = models.IntegerField(null=True)
    big = models.BigIntegerField(null=True)
    real = models.FloatField(null=True)
    flag = models.BooleanField(null=True)
    moment = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    clock = models.TimeField(null=True)
    span = models.DurationField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    token = models.UUIDField(null=True)
    raw = models.BinaryField(null=True)
    facts = models.JSONField(null=True)
    above = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    named = models.ForeignKey(Named, on_delete=models.PROTECT, null=True)
    friends = models.ManyToManyField("self")
    doubled = models.GeneratedField(
        expression=models.F("number") * 2, output_field=models.BigIntegerField(), db_persist=True
    )

    def __str__(self) -> str:
        return f"Assorted {self.pk}"
