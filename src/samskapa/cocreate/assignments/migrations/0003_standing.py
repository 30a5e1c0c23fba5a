import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Standing assignments: deputies, terms, hand-over and the yearly telling back."""

    dependencies = [
        ("assignments", "0002_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="is_deputy",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=Q(("is_deputy", False), ("state__in", ["chosen", "withdrawn"]), _connector="OR"),
                name="application_deputy_was_chosen",
            ),
        ),
        migrations.AddField(
            model_name="choice",
            name="deputies",
            field=models.ManyToManyField(related_name="+", to="assignments.application"),
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_day", models.DateField()),
                ("what", models.TextField()),
                ("named_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_over",
                        to="assignments.agreement",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_over",
                        to="assignments.agreement",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(agreement=F("successor")), name="hand_over_to_somebody_else"
                    ),
                    models.CheckConstraint(condition=~Q(what=""), name="hand_over_says_what"),
                    models.CheckConstraint(
                        condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                        name="hand_over_done_by_somebody_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("is_deputy", models.BooleanField(default=False)),
                ("proposed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("ending_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="assignments.agreement"
                    ),
                ),
                (
                    "ending_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="term", to="assignments.revision"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="term_ends_after_it_starts"),
                    models.CheckConstraint(
                        condition=Q(ending_at=None, ending_by=None)
                        | Q(ending_at__isnull=False, ending_by__isnull=False, confirmed_at__isnull=False),
                        name="term_ending_said_by_somebody_of_a_confirmed_one_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ToldBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("told_at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told_back",
                        to="assignments.assignment",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["assignment", "year"], name="told_back_once_a_year"),
                    models.CheckConstraint(condition=~Q(text=""), name="told_back_says_something"),
                ],
            },
        ),
    ]
