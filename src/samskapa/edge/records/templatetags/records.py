"""`{% load records %}`: how a document is handled, arose and was decided of, in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskapa.ground.documents.domain.records import Handling, Watch, Way
from samskapa.ground.language.templatetags.reader import day

from ..domain import Outcome
from ..models import DisposalDecision

register = template.Library()

_HANDLING = {
    Handling.REGISTERED: gettext_lazy("Registered in the diary (OSL 5 kap. 1 §)"),
    Handling.IN_ORDER: gettext_lazy("Kept in order here, without being registered (OSL 5 kap. 1 §)"),
}
_WAYS = {
    Way.IN: gettext_lazy("Came in"),
    Way.OUT: gettext_lazy("Was sent"),
    Way.MADE: gettext_lazy("Was drawn up"),
}
_WATCH = {
    Watch.HEALTH: gettext_lazy("Look for what is told of somebody's health."),
    Watch.NAME: gettext_lazy("Look for names, and how somebody is reached."),
    Watch.BOTH: gettext_lazy("Look for names, and for what is told of somebody's health."),
}
_OUTCOMES = {
    "": gettext_lazy("Not decided yet"),
    Outcome.WHOLE: gettext_lazy("Is handed out"),
    Outcome.PART: gettext_lazy("Is handed out in part"),
    Outcome.REFUSED: gettext_lazy("Is not handed out"),
}


@register.filter
def in_words(handling: str) -> str:
    """`{{ kind.handling|in_words }}`."""
    return str(_HANDLING[Handling(handling)])


@register.filter
def way_in_words(way: str) -> str:
    """`{{ record.way|way_in_words }}`: "Came in"."""
    return str(_WAYS[Way(way)])


@register.filter
def watch_in_words(watch: str) -> str:
    """`{{ passage.watch|watch_in_words }}`: where to look first."""
    return str(_WATCH[Watch(watch)])


@register.filter
def outcome_in_words(outcome: str) -> str:
    """`{{ document.outcome|outcome_in_words }}`: "Is handed out in part"."""
    return str(_OUTCOMES[Outcome(outcome) if outcome else ""])


@register.filter
def decision_in_words(decision: DisposalDecision) -> str:
    """`{{ decision|decision_in_words }}`: what was decided, when, and from when it applies."""
    facts = {
        "reference": decision.reference,
        "decided": day(decision.decided_on),
        "applies": day(decision.applies_from),
        "months": decision.keep_months,
    }
    if decision.keep_months is None:
        return _("Preserved. %(reference)s, decided %(decided)s, applies from %(applies)s.") % facts
    return (
        ngettext(
            "Disposed of after %(months)s month. %(reference)s, decided %(decided)s, applies from %(applies)s.",
            "Disposed of after %(months)s months. %(reference)s, decided %(decided)s, applies from %(applies)s.",
            decision.keep_months,
        )
        % facts
    )
