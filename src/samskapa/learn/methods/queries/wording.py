"""What the methods bank says with words of its own."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samskapa.cocreate.assignments.queries.wording import CONTRIBUTION, INFLUENCE, duration

from ..domain import Aim, Fit, Reason, Wish, gives_less, nearest

Words = str | Promise

AIM: dict[Aim, Words] = {
    Aim.UNDERSTAND: _("Understand what it is like"),
    Aim.IDEAS: _("Get ideas"),
    Aim.CHOOSE: _("Choose what matters most"),
    Aim.MAKE: _("Change something together"),
    Aim.FOLLOW_UP: _("See whether it got better"),
    Aim.ADVISE: _("Get advice over time"),
    Aim.TEACH: _("Learn from each other's experience"),
    Aim.GATHER: _("Get a group going"),
}
_SERVES: dict[Aim, Words] = {
    Aim.UNDERSTAND: _("It helps you understand what it is like."),
    Aim.IDEAS: _("It brings ideas."),
    Aim.CHOOSE: _("It helps you choose what matters most."),
    Aim.MAKE: _("It helps you change something together."),
    Aim.FOLLOW_UP: _("It shows whether things got better."),
    Aim.ADVISE: _("It gives you advice over a long time."),
}
SOURCED: dict[str, Words] = {
    "purpose": _("what it is for"),
    "people": _("how many"),
    "time": _("how long"),
    "leads": _("who leads"),
    "steps": _("the steps"),
}


def reasons_of(fit: Fit, wish: Wish) -> list[Words]:
    """Why the method fits the need, a sentence each."""
    said: list[Words] = []
    for reason in fit.reasons:
        match reason:
            case Reason.AIM:
                said += [_SERVES[aim] for aim in fit.aims]
            case Reason.WAY if wish.way:
                said.append(gettext("It suits the way you have chosen: %(way)s.") % {"way": CONTRIBUTION[wish.way]})
            case Reason.INFLUENCE if wish.influence:
                said.append(
                    gettext("It gives as much influence as you have promised: %(level)s.")
                    % {"level": INFLUENCE[wish.influence]}
                )
            case Reason.PEOPLE if fit.method.least_people:
                least = fit.method.least_people
                text = ngettext("It works with %(least)d person.", "It works with %(least)d people.", least)
                said.append(text % {"least": least})
            case Reason.TIME if fit.method.least_minutes:
                said.append(
                    gettext("It fits in the time you have: it takes at least %(time)s for each.")
                    % {"time": duration(fit.method.least_minutes)}
                )
    return said


def misfits_of(fit: Fit, wish: Wish) -> list[Words]:
    """What of the need the method does not fit, a sentence each with what it would ask for."""
    said: list[Words] = []
    method = fit.method
    for misfit in fit.misfits:
        match misfit:
            case Reason.WAY if wish.way:
                said.append(
                    gettext("It is mostly used in other ways than the one you have chosen: %(way)s.")
                    % {"way": CONTRIBUTION[wish.way]}
                )
            case Reason.INFLUENCE if wish.influence:
                level = INFLUENCE[nearest(method, wish.influence)]
                text = (
                    gettext("It gives less influence than you have promised: %(level)s, not %(promised)s.")
                    if gives_less(method, wish.influence)
                    else gettext("It gives more influence than you have promised: %(level)s, not %(promised)s.")
                )
                said.append(text % {"level": level, "promised": INFLUENCE[wish.influence]})
            case Reason.PEOPLE if method.least_people:
                text = ngettext(
                    "It needs at least %(least)d person. You have said %(has)d.",
                    "It needs at least %(least)d people. You have said %(has)d.",
                    method.least_people,
                )
                said.append(text % {"least": method.least_people, "has": wish.people})
            case Reason.TIME if method.least_minutes:
                said.append(
                    gettext("It takes at least %(time)s for each. You have said %(has)s.")
                    % {"time": duration(method.least_minutes), "has": duration(wish.minutes)}
                )
    return said
