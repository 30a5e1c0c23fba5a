"""Holds what the house confirmed against what it has: `python -m tests.soak.journey_examine FILE` prints JSON."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import django

django.setup()

from django.db.models import Count, Q  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from samskapa.cocreate.assignments.models import (  # noqa: E402
    TABLES,
    Agreement,
    Application,
    Assignment,
    Choice,
    PartComment,
    PartRevision,
    PublicQuestion,
)
from samskapa.ground.core.models import AuditEntry, Event, OutboxMail  # noqa: E402
from samskapa.ground.core.services import is_unbroken  # noqa: E402
from tests.soak.examine import trail_faults  # noqa: E402

#: The acts that leave one row of the trail on the thing: act -> action, key of the thing.
TRAIL = {
    "need": ("assignments.need_created", "need"),
    "sent": ("assignments.need_sent", "need"),
    "published": ("assignments.published", "need"),
    "closed": ("assignments.closed", "need"),
    "choice": ("assignments.choice_made", "need"),
    "finished": ("assignments.choosing_finished", "need"),
    "withdrawn": ("assignments.application_withdrawn", "application"),
    "answered": ("assignments.applicant_answered", "application"),
    "presented": ("assignments.presented", "application"),
}


class Examination:
    def __init__(self, told: list[dict]) -> None:
        self.told, self.faults = told, []
        self.trail = Counter(AuditEntry.objects.values_list("action", "object_id"))
        self.mails = set(
            OutboxMail.objects.filter(Q(state="sent") | Q(gathered_in__state="sent")).values_list("key", "recipient_id")
        )

    def expect(self, found, wanted, act: dict) -> None:
        if found != wanted:
            self.faults.append(f"{act}: found {found}, wanted {wanted}")

    def run(self) -> list[str]:
        for act in self.told:
            if act["act"] in TRAIL:
                action, key = TRAIL[act["act"]]
                self.expect(self.trail[action, str(act[key])], 1, act)
            look = getattr(self, act["act"].replace(" ", "_"), None)
            if look:
                look(act)
        self.nothing_twice()
        return self.faults

    def need(self, act) -> None:
        self.expect(
            list(Assignment.objects.filter(title=act["title"]).values_list("pk", flat=True)), [act["need"]], act
        )

    def part(self, act) -> None:
        rows = PartRevision.objects.filter(part__assignment=act["need"], part__key=act["key"])
        self.expect(sum(act["text"] in json.dumps(row.values, ensure_ascii=False) for row in rows), 1, act)

    def comment(self, act) -> None:
        self.expect(PartComment.objects.filter(assignment=act["need"], text=act["text"]).count(), 1, act)

    def question(self, act) -> None:
        rows = list(PublicQuestion.objects.filter(assignment=act["need"], text=act["text"]))
        self.expect(len(rows), 1, act)
        for row in rows:
            self.expect(self.trail["assignments.question_asked", str(row.pk)], 1, act)
            self.expect((f"assignments.question-answered-{row.pk}", act["person"]) in self.mails, bool(row.answer), act)

    def answer(self, act) -> None:
        rows = list(PublicQuestion.objects.filter(answer=act["text"]))
        self.expect(len(rows), 1, act)
        for row in rows:
            self.expect(self.trail["assignments.question_answered", str(row.pk)], 1, act)

    def application(self, act) -> None:
        rows = list(Application.objects.filter(assignment=act["need"], person=act["person"]))
        self.expect([row.pk for row in rows], [act["application"]], act)
        self.expect(
            (f"assignments.application-received-{act['application']}-1", act["person"]) in self.mails, True, act
        )

    def withdrawn(self, act) -> None:
        key = f"assignments.withdrawn-{act['application']}-"
        self.expect(sum(k.startswith(key) and who == act["person"] for k, who in self.mails), 1, act)

    def applied_again(self, act) -> None:
        self.expect(self.trail["assignments.applied", str(act["application"])], 2, act)

    def choice(self, act) -> None:
        rows = list(Choice.objects.filter(assignment=act["need"]))
        self.expect(len(rows), 1, act)
        self.expect(sorted(str(a.pk) for row in rows for a in row.chosen.all()), sorted(act["chosen"]), act)

    def answered(self, act) -> None:
        row = Application.objects.get(pk=act["application"])
        self.expect((row.state, row.answer_reason), ("chosen" if act["chosen"] else "not_chosen", act["text"]), act)
        key = f"assignments.answered-{row.pk}-"
        self.expect(sum(k.startswith(key) for k, _ in self.mails), 1, act)

    def said(self, act) -> None:
        self.expect(TABLES.comment.objects.filter(text=act["text"]).count(), 1, act)

    def confirmed(self, act) -> None:
        agreement = Agreement.objects.get(pk=act["agreement"])
        self.expect(agreement.versions.count(), 1, act)
        self.expect(TABLES.statement.objects.filter(person=act["person"], verdict="confirmed").exists(), True, act)

    def nothing_twice(self) -> None:
        twice = (
            TABLES.statement.objects.values("revision", "party", "agreement", "verdict")
            .annotate(n=Count("pk"))
            .filter(n__gt=1)
        )
        self.faults += [f"said twice: {row}" for row in twice]
        twice = PartRevision.objects.values("part", "version").annotate(n=Count("pk")).filter(n__gt=1)
        self.faults += [f"saved twice: {row}" for row in twice]
        twice = (
            TABLES.line.objects.values("root", "agreement", "heading", "position")
            .annotate(n=Count("pk"))
            .filter(n__gt=1)
        )
        self.faults += [f"drafted twice: {row}" for row in twice]


def findings(told: list[dict]) -> dict:
    return {
        "faults": Examination(told).run(),
        "broken_seals": [entry.pk for entry in AuditEntry.objects.all() if not is_unbroken(entry)],
        "trail_faults": trail_faults(),
        "trail": AuditEntry.objects.count(),
        "unhandled": Event.objects.filter(handled_at=None).count(),
        "jobs": Counter(DBTaskResult.objects.values_list("status", flat=True)),
        "failed_jobs": [str(pk) for pk in DBTaskResult.objects.filter(status="FAILED").values_list("pk", flat=True)],
        "mails": Counter(OutboxMail.objects.values_list("state", flat=True)),
        "message_ids": sorted(OutboxMail.objects.filter(state="sent").values_list("message_id", flat=True)),
    }


if __name__ == "__main__":
    print(json.dumps(findings(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
