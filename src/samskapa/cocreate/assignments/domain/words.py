"""The fixed words of an assignment: its states, and the choices in its questions."""

from __future__ import annotations

from enum import StrEnum

from samskapa.cocreate.pool.domain import Contribution as Contribution  # the same for a member as for an assignment


class State(StrEnum):
    """How far an assignment has come."""

    NEED = "need"  # being described
    SENT = "sent"  # with the coordinator, who sends back or publishes
    OPEN = "open"  # published; one can apply
    CHOOSING = "choosing"  # closed for applications; everybody gets an answer
    AGREEING = "agreeing"  # everybody has one; agreements are being confirmed
    AGREED = "agreed"  # every agreement has a fixed version; the work is under way (cocreate/underway)
    DONE = "done"  # told back, and answered by the representatives: nothing more is agreed on
    CANCELLED = "cancelled"  # called off, with a reason that everybody was told


#: Which state may follow which.
NEXT: dict[State, set[State]] = {
    State.NEED: {State.SENT, State.OPEN, State.CANCELLED},
    State.SENT: {State.NEED, State.OPEN, State.CANCELLED},
    State.OPEN: {State.CHOOSING, State.CANCELLED},
    State.CHOOSING: {State.OPEN, State.AGREEING, State.CANCELLED},
    State.AGREEING: {State.AGREED, State.DONE, State.CANCELLED},
    State.AGREED: {State.AGREEING, State.DONE, State.CANCELLED},
    State.DONE: set(),
    State.CANCELLED: set(),
}


class Influence(StrEnum):
    """Delaktighetstrappan in five steps (`docs/sources.md`), lowest first."""

    INFORMATION = "information"
    CONSULTATION = "consultation"
    DIALOGUE = "dialogue"
    INFLUENCE = "influence"
    CODECISION = "codecision"


class Phase(StrEnum):
    IDEA = "idea"
    PLANNING = "planning"
    DOING = "doing"
    FOLLOWING_UP = "following_up"


class Source(StrEnum):
    """The four knowledge sources."""

    PATIENT = "patient"  # the patient's lived reality
    SYSTEM = "system"  # the care system's
    EVIDENCE = "evidence"  # evidence and proven experience
    PROFESSION = "profession"  # the professionals' lived reality


class Form(StrEnum):
    PLACE = "place"
    DIGITAL = "digital"
    BOTH = "both"


class Pay(StrEnum):
    FEE = "fee"
    EXPENSES = "expenses"  # only costs are paid
    NONE = "none"


class Door(StrEnum):
    """How the need came to us: other doors than the page are as good (DESIGN 3.8)."""

    WEB = "web"
    PHONE = "phone"
    PAPER = "paper"
    MEETING = "meeting"


class ConflictMatter(StrEnum):
    """Where a conflict of interest (jäv) may matter; only then is it asked for."""

    GUIDELINES = "guidelines"
    PROCUREMENT = "procurement"
    RESEARCH = "research"
    JURY = "jury"


class ApplicationState(StrEnum):
    NOMINATED = "nominated"  # an organisation proposed the person, who has not said yes yet
    DECLINED = "declined"  # the nominated person said no
    LAPSED = "lapsed"  # nominated, but no longer open before the person had answered
    APPLIED = "applied"
    WITHDRAWN = "withdrawn"  # by the person, without giving a reason
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"


class Mandate(StrEnum):
    INDIVIDUAL = "individual"  # speaks for oneself
    ORGANISATION = "organisation"  # for an organisation


class Assessment(StrEnum):
    """What the coordinator found about a declared conflict of interest."""

    NONE = "none"
    MANAGEABLE = "manageable"
    EXCLUDES = "excludes"


#: A new assignment is open for this many days unless somebody says otherwise.
OPEN_DAYS = 14
