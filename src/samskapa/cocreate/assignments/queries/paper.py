"""What an agreement says on paper, always in Swedish like the points themselves."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from samskapa.ground.agreements.domain import Outcome
from samskapa.ground.agreements.queries import paper as sheets
from samskapa.ground.agreements.queries.paper import LANGUAGE, Fixed, Head, Paper

from ..models import TABLES, Agreement, Term, Version, VersionLine
from . import agreements as queries
from .agreements import Seat
from .draft_words import whole_day


def fixed_version(agreement: Agreement, version: Version) -> Fixed:
    """The version with its points and who confirmed them, in a fixed number of queries."""
    return sheets.fixed_version(TABLES, agreement, version, name_of=queries.namer(agreement))


@translation.override(LANGUAGE)
def paper_of_version(agreement: Agreement, version: Version) -> Paper:
    """The paper of a fixed version: the same version is the same bytes, as long as nobody changes their name."""
    fixed = fixed_version(agreement, version)
    return sheets.version_on_paper(_head(agreement, term=_term_in(fixed)), fixed)


@translation.override(LANGUAGE)
def paper_of_draft(agreement: Agreement, now: datetime) -> Paper:
    """The paper of what is not settled yet, clearly marked."""
    head = _head(agreement, term=Term.objects.filter(agreement=agreement).order_by("-pk").first())
    return sheets.draft_on_paper(head, queries.sheet_for(agreement, Seat(None)), now)


def _term_in(fixed: Fixed) -> Term | None:
    """The term that a fixed version says, which never changes after it."""
    lines = VersionLine.objects.filter(version=fixed.version, outcome=Outcome.AGREED)
    return Term.objects.filter(revision__in=lines.values("revision")).order_by("-pk").first()


def _standing_facts(agreement: Agreement, term: Term | None) -> list[tuple[str, str]]:
    """As what one takes part in a standing assignment, and for how long."""
    if not agreement.root.is_standing:
        return []
    is_deputy = term.is_deputy if term else agreement.application.is_deputy
    facts = [(_("Takes part as"), _("Deputy") if is_deputy else _("Ordinary"))]
    if term:
        days = {"first": whole_day(term.starts_on), "last": whole_day(term.ends_on)}
        facts.append((_("Term"), _("From %(first)s to %(last)s") % days))
    return facts


def _head(agreement: Agreement, *, term: Term | None = None) -> Head:
    it, unit = agreement.root, agreement.root.unit
    contact = "\n".join(
        part
        for part in (
            ", ".join(part for part in (it.contact_name, it.contact_title) if part),
            ", ".join(part for part in (it.contact_phone, it.contact_hours) if part),
            it.contact_email,
        )
        if part
    )
    facts = [
        (_("Assignment"), it.title),
        (_("Patient representative"), queries.name_of_representative(agreement)),
        (_("The unit"), ", ".join(part for part in (unit.name if unit else "", it.area.name) if part)),
        *_standing_facts(agreement, term),
    ]
    if contact:
        facts.append((_("Contact person"), contact))
    return Head(about=it.title, lead=reading_key(agreement), facts=facts, role=_("Patient representative"))


def reading_key(agreement: Agreement) -> str:
    """Who "you" and "we" are in the points."""
    unit = agreement.root.unit
    return _("In the points, “you” is the patient representative and “we” is %(unit)s.") % {
        "unit": unit.name if unit else ""
    }
