"""The main menu: one row per entry, with the capacities that see it. Read by `edge/pages/context.py`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVERYBODY = ("visitor", "oneself", "*")
SIGNED_IN = ("oneself", "*")
#: Those who take part, and those who work with them; who runs it all has a long menu without these.
TAKING_PART = ("oneself", "member", "organisation", "council")


@dataclass(frozen=True, slots=True)
class Entry:
    """label: what the menu says. url: the name of an address. seen_by: "visitor" (not logged in), "oneself",
    a role's value, or "*" for every role."""

    label: str | Promise
    url: str
    seen_by: tuple[str, ...]


NAVIGATION = [
    Entry(_("Assignments"), "assignments:open", EVERYBODY),
    Entry(_("Join"), "pool:groups", ("visitor", "oneself")),
    Entry(_("Resource group"), "pool:groups", ("member", "coordinator")),
    Entry(_("My involvement"), "pages:my_page", (*TAKING_PART, "host", "leadership")),
    Entry(_("The desk"), "pages:desk", ("coordinator",)),
    Entry(_("Help somebody"), "helping:desk", ("coordinator",)),
    Entry(_("People"), "protection:people", ("coordinator",)),
    Entry(_("Ask people"), "surveys:askings", ("coordinator", "host")),
    Entry(_("Our needs"), "pages:host", ("host", "leadership", "council", "organisation")),
    Entry(_("Our nominations"), "assignments:nominations", ("organisation",)),
    Entry(_("Patient organisations"), "organisations:directory", ("visitor", *TAKING_PART)),
    Entry(_("Knowledge"), "methods:home", EVERYBODY),
    Entry(_("Operation"), "pages:operations", ("operator",)),
    Entry(_("Log in"), "account_login", ("visitor",)),
    Entry(_("My profile"), "people:profile", SIGNED_IN),
    Entry(_("Log out"), "account_logout", SIGNED_IN),
]

FOOTER = [
    Entry(_("Help now"), "concerns:help_now", EVERYBODY),
    Entry(_("Figures of the work"), "statistics:home", EVERYBODY),
    Entry(_("Accessibility"), "pages:accessibility", EVERYBODY),
    Entry(_("Your data"), "pages:your_data", EVERYBODY),
    Entry(_("Everything about me"), "my_data:mine", SIGNED_IN),
    Entry(_("Building blocks"), "design:gallery", EVERYBODY),
]

#: What other apps put on the page of one's own details.
PROFILE = [
    Entry(_("My involvement"), "pages:my_page", SIGNED_IN),
    Entry(_("What has happened so far"), "notices:page", SIGNED_IN),
    Entry(_("What you get by mail"), "notices:choose", SIGNED_IN),
    Entry(_("What you follow"), "assignments:following", SIGNED_IN),
    Entry(_("Help you have had"), "helping:own", SIGNED_IN),
    Entry(_("Protected identity"), "protection:own", SIGNED_IN),
]

#: What else there is to read, on the first page of Knowledge. Pages that everybody reads.
KNOWLEDGE = [
    Entry(_("Patient organisations"), "organisations:directory", EVERYBODY),
    Entry(_("Figures of the work"), "statistics:home", EVERYBODY),
    Entry(_("Help now"), "concerns:help_now", EVERYBODY),
]
