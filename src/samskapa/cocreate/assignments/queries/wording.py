"""The words that the choices of an assignment have on a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samskapa.ground.language import domain as language

from ..domain import ApplicationState, Assessment, Contribution, Form, Influence, Pay, Phase
from ..domain.days import DayAndHours

#: One phrase each: "How much you can influence".
INFLUENCE = {
    Influence.INFORMATION: _("Information"),
    Influence.CONSULTATION: _("Consultation"),
    Influence.DIALOGUE: _("Dialogue"),
    Influence.INFLUENCE: _("Influence"),
    Influence.CODECISION: _("Joint decision"),
}
INFLUENCE_MEANS = {
    Influence.INFORMATION: _("You are told what has been decided."),
    Influence.CONSULTATION: _("You are asked what you think, and told what became of it."),
    Influence.DIALOGUE: _("You and the unit talk it through before anything is decided."),
    Influence.INFLUENCE: _("You take part in shaping the result, and hear why if something is changed."),
    Influence.CODECISION: _("You decide together with the unit."),
}
PHASE = {
    Phase.IDEA: _("From the beginning: it is still an idea."),
    Phase.PLANNING: _("While it is being planned."),
    Phase.DOING: _("While it is being done."),
    Phase.FOLLOWING_UP: _("When it is followed up."),
}
CONTRIBUTION = {
    Contribution.IMPROVEMENT_TEAM: _("Improvement team"),
    Contribution.RESEARCH: _("Research"),
    Contribution.WORKSHOP: _("Workshop, seminar or conference"),
    Contribution.EDUCATION: _("Education"),
    Contribution.OWN_STORY: _("Telling one's story"),
    Contribution.JURY: _("Jury of a quality award"),
    Contribution.GOVERNANCE: _("Governance and steering"),
    Contribution.AI_DIGITAL: _("AI and digital services"),
    Contribution.OTHER: _("Something else"),
}
FORM = {
    Form.PLACE: _("On site"),
    Form.DIGITAL: _("Digital"),
    Form.BOTH: _("On site or digital, as you choose"),
}
PAY = {
    Pay.FEE: _("A fee is paid."),
    Pay.EXPENSES: _("Your costs are paid, but no fee."),
    Pay.NONE: _("Nothing is paid."),
}
ASSESSMENT = {
    Assessment.NONE: _("No conflict of interest"),
    Assessment.MANAGEABLE: _("A conflict of interest that can be handled"),
    Assessment.EXCLUDES: _("A conflict of interest that makes it impossible to take part"),
}
#: What has become of an application, said to the applicant.
STATE_TO_APPLICANT = {
    ApplicationState.NOMINATED: _("You have been nominated and have not answered yet."),
    ApplicationState.DECLINED: _("You said no."),
    ApplicationState.LAPSED: _("The assignment closed before you had answered."),
    ApplicationState.APPLIED: _("Your application has arrived."),
    ApplicationState.WITHDRAWN: _("You have withdrawn your application."),
    ApplicationState.CHOSEN: _("You are chosen."),
    ApplicationState.NOT_CHOSEN: _("You were not chosen this time."),
}
#: The same, said to the organisation that nominated.
STATE_TO_ORGANISATION = {
    ApplicationState.NOMINATED: _("Has not answered yet"),
    ApplicationState.DECLINED: _("Said no"),
    ApplicationState.LAPSED: _("Did not answer before the assignment closed"),
    ApplicationState.APPLIED: _("Said yes and has applied"),
    ApplicationState.WITHDRAWN: _("Has withdrawn"),
    ApplicationState.CHOSEN: _("Is chosen"),
    ApplicationState.NOT_CHOSEN: _("Was not chosen this time"),
}
#: The same, said to host and coordinator.
STATE_TO_HOST = {
    ApplicationState.APPLIED: _("Waits for an answer"),
    ApplicationState.WITHDRAWN: _("Has withdrawn"),
    ApplicationState.CHOSEN: _("Has been told: chosen"),
    ApplicationState.NOT_CHOSEN: _("Has been told: not this time"),
}


def fixed_day(day: DayAndHours, *, with_year: bool = False) -> str:
    """A day and its hours in the reader's language: "torsdag 3 december kl. 13–15". with_year: whichever year it is."""
    lang = (get_language() or "sv").split("-")[0]
    return language.write_day_and_hours(
        day.day, day.starts, day.ends, language=lang, today=date.min if with_year else timezone.localdate()
    )


#: So many fixed days are named in the point about time: it must have room for the rest of what it says.
_MOST_DAYS = 20


def days_in_agreement(fixed: Sequence[DayAndHours], today: date) -> str:
    """The days in a sentence of an agreement, which is written in Swedish; of very many the first ones."""
    days = [
        language.write_day_and_hours(each.day, each.starts, each.ends, language="sv", today=today)
        for each in fixed[:_MOST_DAYS]
    ]
    if len(fixed) > _MOST_DAYS:
        days.append(gettext("and further days that stand in the assignment"))
    return ngettext("The day is %(days)s.", "The days are %(days)s.", len(days)) % {"days": ", ".join(days)}


def step_of(influence: str) -> int:
    """Which step of the ladder, 1 to 5; 0 when nothing is said."""
    steps = list(Influence)
    return steps.index(Influence(influence)) + 1 if influence else 0


def duration(minutes: int | None) -> str:
    """Time in hours and minutes, in the reader's language. From two hours on hours are counted: 90 minutes stays."""
    if minutes is None:
        return ""
    if minutes < 120 and minutes != 60:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours, rest = divmod(minutes, 60)
    in_hours = ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    if not rest:
        return in_hours
    in_minutes = ngettext("%(count)s minute", "%(count)s minutes", rest) % {"count": rest}
    return gettext("%(hours)s and %(minutes)s") % {"hours": in_hours, "minutes": in_minutes}
