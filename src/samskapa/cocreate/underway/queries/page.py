"""The shared page: what the work is, what waits, what was contributed and became of it. A fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.models import Agreement
from samskapa.cocreate.assignments.queries.agreements import BEING_WRITTEN, called, name_of_representative
from samskapa.cocreate.assignments.queries.open import total_minutes
from samskapa.cocreate.pool.queries.minors import Young, young_people
from samskapa.ground.language.templatetags.reader import day

from ..domain import NO_ANSWER, Answer, Kind, Moment, Side, Stage, waited_for
from ..models import CheckIn, CheckInNote, Confirmation, Contribution, Credit, Outcome, Telling, Work
from . import all_fixed, kind_to_tell
from .closing import Experience, experience_of
from .timing import noted_minutes


@dataclass(frozen=True, slots=True)
class Reader:
    """As whom one reads. agreement: the representative's own. side: whose word one can say; None for a coordinator,
    who reads and steps in where nobody is host."""

    side: Side | None
    agreement: Agreement | None = None

    @property
    def is_representative(self) -> bool:
        return self.agreement is not None

    @property
    def is_host(self) -> bool:
        return self.side is Side.HOST

    @property
    def is_host_side(self) -> bool:
        return self.agreement is None


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for the reader: a sentence, and the address where it is done."""

    what: str
    url: str


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """outcome: what counts now; earlier: what was said before it, the newest first. who: "" is the reader."""

    contribution: Contribution
    who: str
    outcome: Outcome | None
    earlier: list[Outcome]
    by_host: bool
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """person, host: what each side noted. who: "" is the reader's own. waits: the reader can note it now."""

    check_in: CheckIn
    who: str
    person: CheckInNote | None
    host: CheckInNote | None
    waits: bool
    may_move: bool

    @property
    def is_call(self) -> bool:
        return self.check_in.moment == Moment.CALL


@dataclass(frozen=True, slots=True)
class Taking:
    """One who takes part, as the reader may see them. noted: minutes they have noted; 0 to other representatives, who
    are not told. young: of somebody under eighteen, to the host's side and to themselves alone."""

    agreement: Agreement
    who: str
    noted: int
    young: Young | None = None


@dataclass(frozen=True, slots=True)
class ToldRow:
    """What was told, and how many answered what. own: the reader's own confirmation."""

    telling: Telling
    counts: dict[str, int]
    answers: list[tuple[str, Confirmation]]
    own: Confirmation | None

    @property
    def is_later(self) -> bool:
        return self.telling.kind == Kind.LATER

    @property
    def is_missed(self) -> bool:
        """Closed as no answer, and still asked for; a year that is over is let be."""
        return self.own is not None and self.own.answer == NO_ANSWER and self.telling.kind != Kind.YEARLY


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the shared page shows to one reader. agreed: minutes, for each; noted, young: the reader's
    own."""

    work: Work
    reader: Reader
    todo: list[Todo]
    people: list[Taking]
    contributions: list[ContributionRow]
    check_ins: list[CheckInRow]
    told: list[ToldRow]
    agreed: int | None
    noted: int
    young: Young | None
    credit: Credit | None
    experience: Experience | None
    is_open: bool
    may_contribute: bool
    kind_to_tell: Kind | None

    @property
    def any_young(self) -> bool:
        """Whether the host's side has somebody under eighteen to plan for."""
        return self.reader.is_host_side and any(row.young for row in self.people)

    @property
    def shows_names_of(self) -> list[int]:
        """Ids of the persons whose names it shows to somebody on the host's side."""
        if self.reader.is_representative:
            return []
        ids = {row.agreement.application.person_id for row in self.people}
        return sorted(pk for pk in ids if pk is not None)


def who_is(agreement: Agreement, reader: Reader) -> str:
    """What the reader calls a representative: "" is the reader. Representatives are shown to each other without names:
    the yes they gave was to the unit."""
    if reader.agreement is not None:
        return "" if reader.agreement.pk == agreement.pk else _("Another representative")
    if agreement.application.state == "withdrawn":
        return _("%(number)s, who has withdrawn") % {"number": called(agreement.application)}
    return name_of_representative(agreement)


def page_of(work: Work, reader: Reader, today: date, *, person_id: int | None = None) -> Page:
    """`assignment` came with the work. person_id: who reads."""
    agreements = {each.pk: each for each in all_fixed(work.assignment_id)}
    people = [each for each in agreements.values() if each.application.state == ApplicationState.CHOSEN]
    shown = [each.pk for each in people] if reader.agreement is None else [reader.agreement.pk]
    noted = noted_minutes(shown)
    is_open = work.assignment.state in BEING_WRITTEN and work.stage != Stage.DONE
    young = _young(people, set(shown)) if is_open else {}
    contributions = _contributions(work, reader, agreements)
    check_ins = _check_ins(work, reader, today, agreements, is_open=is_open)
    told = _told(work, reader, agreements)
    to_tell = kind_to_tell(work, today=today) if reader.is_host_side else None
    return Page(
        work=work,
        reader=reader,
        todo=_todo(work, reader, contributions, check_ins, told, to_tell, today),
        people=[
            Taking(
                agreement,
                who_is(agreement, reader),
                noted.get(agreement.pk, 0),
                young.get(agreement.pk),
            )
            for agreement in people
        ],
        contributions=contributions,
        check_ins=check_ins,
        told=told,
        agreed=total_minutes(work.assignment),
        noted=noted.get(reader.agreement.pk, 0) if reader.agreement else 0,
        young=young.get(reader.agreement.pk) if reader.agreement else None,
        credit=Credit.objects.filter(agreement=reader.agreement).first() if reader.agreement else None,
        experience=experience_of(
            work,
            reader=person_id,
            side=reader.side,
            who_is=lambda agreement: who_is(agreement, reader),
            language=get_language() or "sv",
        ),
        is_open=is_open,
        may_contribute=is_open
        and reader.side is not None
        and (reader.agreement is None or not reader.agreement.ended_at),
        kind_to_tell=to_tell,
    )


def _young(people: list[Agreement], shown: set[int]) -> dict[int, Young]:
    """Agreement -> who is with the one under eighteen whom it is with, where that is the reader's to know and they
    still meet. One query."""
    meeting = {each.pk: each.application.person_id for each in people if each.pk in shown and not each.ended_at}
    found = young_people(meeting.values())
    return {pk: found[person] for pk, person in meeting.items() if person in found}


#: Agreements of the work, by id, with who each is with: read once for everything that leads to them.
Agreements = dict[int, Agreement]


def _known(row: Contribution | CheckIn | Confirmation, agreements: Agreements) -> None:
    found = agreements.get(row.agreement_id)
    if found is not None:
        row.agreement = found


def _contributions(work: Work, reader: Reader, agreements: Agreements) -> list[ContributionRow]:
    found = (
        Contribution.objects.filter(work=work)
        .prefetch_related(Prefetch("outcomes", Outcome.objects.order_by("-pk")))
        .order_by("-added_at", "-pk")
    )
    rows = []
    for each in found:
        said = list(each.outcomes.all())
        _known(each, agreements)
        rows.append(
            ContributionRow(
                contribution=each,
                who=who_is(each.agreement, reader),
                outcome=said[0] if said else None,
                earlier=said[1:],
                by_host=each.added_side == Side.HOST,
                may_take_back=bool(
                    reader.agreement and reader.agreement.pk == each.agreement_id and not each.taken_back_at
                ),
            )
        )
    return rows


def _check_ins(work: Work, reader: Reader, today: date, agreements: Agreements, *, is_open: bool) -> list[CheckInRow]:
    """One's own for a representative, all for the host's side: each is a talk between two."""
    whose = Q(agreement__root=work.assignment_id) if reader.agreement is None else Q(agreement=reader.agreement)
    found = CheckIn.objects.filter(whose)
    rows = []
    for each in found.prefetch_related("notes").order_by("due_on", "pk"):
        notes = {note.side: note for note in each.notes.all()}
        _known(each, agreements)
        goes_on = is_open and each.agreement.ended_at is None and each.agreement.application.state == "chosen"
        if not goes_on and not notes:
            continue  # a talk that will not be is nothing to look at
        rows.append(
            CheckInRow(
                check_in=each,
                who=who_is(each.agreement, reader),
                person=notes.get(Side.PERSON),
                host=notes.get(Side.HOST),
                waits=bool(goes_on and reader.side in waited_for(each.moment) - notes.keys() and each.due_on <= today),
                may_move=bool(goes_on and reader.side and not notes),
            )
        )
    return rows


def _told(work: Work, reader: Reader, agreements: Agreements) -> list[ToldRow]:
    found = (
        Telling.objects.filter(work=work)
        .select_related("told_back")
        .prefetch_related(Prefetch("confirmations", Confirmation.objects.order_by("agreement__application__number")))
    )
    rows = []
    for telling in found.order_by("-told_at", "-pk"):
        given = list(telling.confirmations.all())
        for confirmation in given:
            _known(confirmation, agreements)
        own = next((c for c in given if reader.agreement and c.agreement_id == reader.agreement.pk), None)
        answers = [(who_is(c.agreement, reader), c) for c in given] if reader.is_host_side else []
        rows.append(ToldRow(telling, counts_of(given), answers, own))
    return rows


def counts_of(confirmations: list[Confirmation]) -> dict[str, int]:
    """How many said what: yes, partly, no, no_answer, and waits. Of those who have withdrawn, what they did say."""
    counts = dict.fromkeys([*(answer.value for answer in Answer), NO_ANSWER, "waits"], 0)
    for confirmation in confirmations:
        if confirmation.answer:
            counts[confirmation.answer] += 1
        elif confirmation.agreement.application.state == "chosen":
            counts["waits"] += 1
    return counts


def _todo(
    work: Work,
    reader: Reader,
    contributions: list[ContributionRow],
    check_ins: list[CheckInRow],
    told: list[ToldRow],
    to_tell: Kind | None,
    today: date,
) -> list[Todo]:
    """What waits for the reader, the most urgent first."""
    if work.assignment.cancelled_at:
        return []
    found = []
    own = [row.own for row in told if row.own and (row.own.answer == "" or row.is_missed)]
    for confirmation in own:
        said = _("Is it as the unit has told? Say yes, partly or no.")
        found.append(Todo(said, reverse("underway:confirm", args=[confirmation.pk])))
    if reader.agreement is not None and reader.agreement.person_owes:
        waits = ngettext(
            "%(n)s point in the agreement waits for your answer.",
            "%(n)s points in the agreement wait for your answer.",
            reader.agreement.person_owes,
        ) % {"n": reader.agreement.person_owes}
        found.append(Todo(waits, reverse("assignments:agreement", args=[reader.agreement.pk])))
    found += [
        Todo(
            _("Call %(who)s and ask how it feels.") % {"who": row.who},
            reverse("underway:check_in", args=[row.check_in.pk]),
        )
        for row in check_ins
        if row.waits and row.is_call
    ]
    found += [
        Todo(
            _("Talk, and note how it goes: the check-in with %(who)s of %(day)s.")
            % {"day": day(row.check_in.due_on), "who": row.who or work.assignment.contact_name or _("the unit")},
            reverse("underway:check_in", args=[row.check_in.pk]),
        )
        for row in check_ins
        if row.waits and not row.is_call
    ]
    unanswered = [row for row in contributions if row.outcome is None and not row.contribution.taken_back_at]
    if reader.is_host and unanswered:
        waits = ngettext(
            "%(n)s contribution waits for what became of it.",
            "%(n)s contributions wait for what became of them.",
            len(unanswered),
        ) % {"n": len(unanswered)}
        found.append(Todo(waits, reverse("underway:outcome", args=[unanswered[-1].contribution.pk])))
    due = work.later_by if to_tell is Kind.LATER else work.tell_by
    if to_tell and due and due <= today:
        said = _("Tell what became of it in the long run.") if to_tell is Kind.LATER else _("Tell what it has led to.")
        found.append(Todo(said, reverse("underway:tell", args=[work.assignment_id])))
    return found
