"""Agreements of the example app: a plan between Anna, the clinic (a party to every agreement) and perhaps
more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from samskapa.ground.agreements import services
from samskapa.ground.core.domain import Actor
from tests.factories.organisations import make_node
from tests.factories.people import make_person
from tests.ground.agreements.example.models import TABLES, Agreement, Party, Plan

NOW = datetime(2026, 11, 30, 8, 12, tzinfo=UTC)


@dataclass
class Table:
    """Who sits at one agreement: the parties, and who acts for them."""

    plan: Plan
    agreement: Agreement
    anna: Party
    clinic: Party
    anna_acts: Actor
    clinic_acts: Actor

    def add(self, text="We write the text at the meetings.", *, writer="clinic", now=NOW, **fields):
        """A line written by "clinic", "anna", or None for a draft. Returns its row."""
        party = getattr(self, writer) if writer else None
        fields.setdefault("owner_side", "both")
        done = services.add_line(
            TABLES,
            self.plan,
            agreement=fields.pop("agreement", self.agreement),
            text=text,
            party=party,
            by=self.acts(writer),
            now=now,
            **fields,
        )
        return done.line

    def acts(self, who):
        return self.anna_acts if who == "anna" else self.clinic_acts

    def said_by(self, who, now=NOW):
        """The keyword arguments of every service: party, by, now."""
        return {"party": getattr(self, who), "by": self.acts(who), "now": now}


def make_table(*, plan: Plan | None = None, clinic: Party | None = None, name="Anna") -> Table:
    """A new agreement between a person and the clinic; on `plan` and with `clinic` if given, a sister of
    another."""
    plan = plan or Plan.objects.create(title="Hip operation")
    agreement = Agreement.objects.create(root=plan, created_at=NOW)
    person = make_person(name)
    if clinic is None:
        clinic = Party.objects.create(
            root=plan, side="care", node=make_node("unit", "Höftmottagningen"), person=make_person("Bo")
        )
    anna = Party.objects.create(root=plan, agreement=agreement, side="person", person=person)
    return Table(
        plan=plan,
        agreement=agreement,
        anna=anna,
        clinic=clinic,
        anna_acts=Actor(person_id=person.pk),
        clinic_acts=Actor(person_id=clinic.person_id, role="host", node_id=clinic.node_id),
    )


def make_sister(table: Table, name="Cecilia") -> Table:
    """Another representative's agreement with the same clinic on the same plan."""
    return make_table(plan=table.plan, clinic=table.clinic, name=name)


def add_unit(table: Table, name="Vårdcentralen") -> tuple[Party, dict]:
    """A third party to the agreement, and its keyword arguments."""
    person = make_person("Disa")
    party = Party.objects.create(
        root=table.plan, agreement=table.agreement, side="care", node=make_node("unit", name), person=person
    )
    return party, {"party": party, "by": Actor(person_id=person.pk), "now": NOW}


def name_of(party: Party) -> str:
    """What the using app gives: the unit's name, or the person's."""
    return party.node.name if party.node_id else party.person.name
