"""Work that has begun, and what one does with it in a test."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from samskapa.cocreate.assignments.models import Agreement
from samskapa.cocreate.underway.domain import Side
from samskapa.cocreate.underway.models import Confirmation, Contribution, TimeNote, Work
from samskapa.cocreate.underway.services import closing, contributing, timing
from samskapa.cocreate.underway.services.beginning import begin_work
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import OutboxMail

from .assignments import host_of, make_agreeing, representative_of
from .bulk import copy_of
from .standing import LATER, settle

#: When the work of `under_way` begins.
BEGUN = LATER


def mails(kind: str) -> list[OutboxMail]:
    """Of the work, in order."""
    return list(OutboxMail.objects.filter(kind=f"underway/{kind}").order_by("pk"))


def under_way(representatives: int = 1, **fields: Any) -> list[Agreement]:
    """An assignment whose work has begun: its agreements, all of them settled. `fields` as for `make_agreeing`."""
    assignment = make_agreeing(representatives=representatives, **fields)
    found = Agreement.objects.filter(root=assignment).select_related("root__unit", "root__area", "application__person")
    for agreement in found.order_by("pk"):
        settle(agreement)
    assert begin_work(assignment.pk, by=SYSTEM, now=BEGUN)
    return list(found.order_by("pk"))


def work_of(agreement: Agreement) -> Work:
    return Work.objects.select_related("assignment__unit", "assignment__area").get(assignment=agreement.root_id)


def contribute(
    agreement: Agreement, text: str = "Skriv vem man ringer.", *, by: Actor | None = None, now: datetime = BEGUN
) -> Contribution:
    return contributing.add_contribution(
        work_of(agreement),
        agreement=agreement,
        text=text,
        side=Side.PERSON if by is None else Side.HOST,
        by=by or representative_of(agreement),
        now=now,
    )


def answer(
    contribution: Contribution, became: str = "taken_in", reason: str = "Det står i nya kallelsen.", **more: Any
):
    values = {"based_on": None, "by": host_of(contribution.work.assignment), "now": BEGUN + timedelta(days=1)}
    return contributing.say_outcome(contribution, became=became, reason=reason, **(values | more))


def tell(agreement: Agreement, text: str = "Kallelsen är omskriven.", **more: Any):
    values = {"kind": "closing", "by": host_of(agreement.root), "now": BEGUN + timedelta(days=30)}
    return closing.tell_what_it_led_to(work_of(agreement), text=text, **(values | more))


def confirm(agreement: Agreement, said: str = "yes", word: str = "", **more: Any) -> Confirmation:
    values = {"by": representative_of(agreement), "now": BEGUN + timedelta(days=31)}
    asked = Confirmation.objects.filter(agreement=agreement).order_by("-pk").first()
    assert asked is not None
    return closing.confirm_telling(asked, answer=said, word=word, **(values | more))


def note(agreement: Agreement, what: str = "meeting", quarters: int = 6, **more: Any) -> TimeNote:
    values = {"day": BEGUN.date(), "by": representative_of(agreement), "now": BEGUN}
    return timing.note_time(agreement, what=what, quarters=quarters, **(values | more))


def grow(agreement: Agreement, count: int) -> None:
    """So many more contributions, with what became of them; made cheaply, for counting queries."""
    first = Contribution.objects.filter(agreement=agreement).first() or contribute(agreement)
    if not first.outcomes.exists():
        answer(first)
    outcome = first.outcomes.get()
    rows = Contribution.objects.bulk_create(
        copy_of(first, work=first.work, agreement=agreement, text=f"Bidrag {n}") for n in range(count)
    )
    type(outcome).objects.bulk_create(copy_of(outcome, contribution=row) for row in rows)
