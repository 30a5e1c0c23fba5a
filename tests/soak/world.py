"""The world of the access tests, with assignments that have come further: closed, chosen, with agreements."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain.parts import BY_KEY
from samskapa.cocreate.assignments.models import Application
from tests.access.table import rows
from tests.access.world import World
from tests.factories.people import PASSWORD, make_person
from tests.factories.stages import make_agreeing, make_closed, make_sent

CHOOSING = ("choose", "answer_applicant", "applicants", "applicant", "finish_choosing", "extend", "call_off")
WITH_AGREEMENT = ("agreement", "agreement_answer", "agreement_history", "agreement_pdf")


class FarWorld(World):
    """`doors()` lists (name, role, address) for every address that somebody may open."""

    def __init__(self) -> None:
        super().__init__()
        now, side = timezone.now(), self.own_side
        host, coordinator = side.actor("host"), side.actor("coordinator")
        at = {"unit": side.unit, "host": host, "now": now}
        person = side.people[""][0]
        person.set_password(PASSWORD)
        person.save()
        self.sent = make_sent(**at)
        self.closed = make_closed(
            [person, make_person(), make_person()],
            coordinator=coordinator,
            conflict={"conflict_matter": "guideline"},
            **at,
        )
        chosen = make_closed([person, make_person(), make_person()], coordinator=coordinator, **at)
        self.agreements = make_agreeing(chosen, chosen=2, coordinator=coordinator, now=now)
        self.agreeing = chosen

    def doors(self) -> list[tuple[str, str, str]]:
        found = []
        for row in rows():
            for role, cell in row.may.items():
                if cell == "nej":
                    continue
                try:
                    found.append((row.name, role, reverse(row.name, kwargs=self.own(row.name, role))))
                except (NoReverseMatch, KeyError):
                    continue
        return [*found, *self._further()]

    def _further(self) -> list[tuple[str, str, str]]:
        found = []

        def add(role, short, *args):
            found.append((f"assignments:{short}", role, reverse(f"assignments:{short}", args=args)))

        need = self.own_side.needs["unit"]
        for key in BY_KEY:
            add("host", "need_part", need.pk, key)
            add("coordinator", "need_part", self.sent.pk, key)
        for short in ("need_publish", "need_send_back", "need_unit", "need_cancel"):
            add("coordinator", short, self.sent.pk)
        applicant = Application.objects.filter(assignment=self.closed).order_by("number").first()
        for role in ("host", "coordinator"):
            for short in CHOOSING:
                if role == "host" and short == "extend":
                    continue
                args = (
                    [self.closed.pk, applicant.pk] if short in ("answer_applicant", "applicant") else [self.closed.pk]
                )
                add(role, short, *args)
            add(role, "agreements", self.agreeing.pk)
        add("coordinator", "assess_conflict", self.closed.pk, applicant.pk)
        for role in ("", "host", "coordinator"):
            for short in WITH_AGREEMENT:
                if not (role == "coordinator" and short == "agreement_answer"):
                    add(role, short, self.agreements[0].pk)
        return found
