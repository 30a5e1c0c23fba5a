"""What one chooses among, and the states an assignment goes through, as they read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samskapa.cocreate.pool.queries.wording import CONTRIBUTION as CONTRIBUTION
from samskapa.ground.design.forms import HintedChoice

from ...domain import ConflictMatter, Door, Form, Influence, Pay, Phase, Source, State
from .questions import Text

INFLUENCE: dict[str, HintedChoice] = {
    Influence.INFORMATION: HintedChoice(
        _("Information"), _("We tell what has been decided. For example: a lecture about the new building.")
    ),
    Influence.CONSULTATION: HintedChoice(
        _("Consultation"), _("We ask, and decide ourselves. For example: you say what you think of two drafts.")
    ),
    Influence.DIALOGUE: HintedChoice(
        _("Dialogue"),
        _("We think aloud together before we decide. For example: three talks about how the rounds could be done."),
    ),
    Influence.INFLUENCE: HintedChoice(
        _("Influence"),
        _("We work it out together, and explain what is changed. For example: we write the letter side by side."),
    ),
    Influence.CODECISION: HintedChoice(
        _("Joint decision"),
        _("You decide together with us. For example: you have a vote in the group that chooses the new bed."),
    ),
}

PHASE: dict[str, HintedChoice] = {
    Phase.IDEA: HintedChoice(_("Idea"), _("Nothing is decided. We look for what the problem is.")),
    Phase.PLANNING: HintedChoice(_("Planning"), _("We know what we want to change, but not yet how.")),
    Phase.DOING: HintedChoice(_("Doing"), _("The work is going on and can still be adjusted.")),
    Phase.FOLLOWING_UP: HintedChoice(_("Following up"), _("It is done. We want to know how it turned out.")),
}

SOURCE: dict[str, HintedChoice] = {
    Source.PATIENT: HintedChoice(
        _("The patients' own reality"), _("What it is like to live with it, as a patient or close to somebody.")
    ),
    Source.SYSTEM: HintedChoice(
        _("The care system's reality"), _("Rules, resources, statistics and how the parts hang together.")
    ),
    Source.EVIDENCE: HintedChoice(_("Evidence and proven experience"), _("What research and guidelines say.")),
    Source.PROFESSION: HintedChoice(_("The professionals' own reality"), _("What those who work there see every day.")),
}

FORM: dict[str, Text] = {
    Form.PLACE: _("At a place"),
    Form.DIGITAL: _("Digitally"),
    Form.BOTH: _("Both: one chooses"),
}

PAY: dict[str, HintedChoice] = {
    Pay.FEE: HintedChoice(_("A fee"), _("An amount for each occasion. Travel is paid too.")),
    Pay.EXPENSES: HintedChoice(_("Costs only"), _("Travel, care of a relative or the like, but no fee.")),
    Pay.NONE: HintedChoice(_("Nothing"), _("Then you need to write why, so that nobody has to guess.")),
}

CONFLICT: dict[str, Text] = {
    "": _("No, it does not matter here"),
    ConflictMatter.GUIDELINES: _("Yes: it concerns guidelines or recommendations"),
    ConflictMatter.PROCUREMENT: _("Yes: something is to be bought"),
    ConflictMatter.RESEARCH: _("Yes: it is research"),
    ConflictMatter.JURY: _("Yes: somebody is to be given a prize or money"),
}

DOOR: dict[str, Text] = {
    Door.WEB: _("On this page"),
    Door.PHONE: _("By phone"),
    Door.PAPER: _("On paper"),
    Door.MEETING: _("At a meeting"),
}

#: The state in a list and on the page, as a sentence.
STATES: dict[str, Text] = {
    State.NEED: _("Being described"),
    State.SENT: _("With the coordinator"),
    State.OPEN: _("Open: one can apply"),
    State.CHOOSING: _("Closed for applications: everybody is being answered"),
    State.AGREEING: _("The agreements are being confirmed"),
    State.AGREED: _("Agreed"),
    State.DONE: _("Done and told back"),
    State.CANCELLED: _("Called off"),
}

MONTHS: tuple[Text, ...] = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)

#: In which capacity somebody wrote, behind their name. As oneself: nothing.
ROLES: dict[str, Text] = {
    "host": _("the unit"),
    "coordinator": _("coordinator"),
    "member": _("member of the resource group"),
    "organisation": _("patient organisation"),
    "council": _("council"),
}
