"""The starting text of a joining agreement: what stands in its points before anybody has changed them.

"You" is the member, "we" is the group. Always Swedish where it is stored; nothing in it names or places the member.
"""

from __future__ import annotations

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samskapa.ground.agreements.domain import MAX_TEXT
from samskapa.ground.people.models import display_name

from ..domain.agreement import HOUSE, Worded, in_order
from ..models import Member

#: The language of what is stored, whoever reads the page.
LANGUAGE = "sv"

HEADINGS: dict[str, str | Promise] = {
    "of_us": _("What you can expect of us"),
    "of_you": _("What we expect of you"),
    "together": _("Together"),
}

TEXTS: dict[str, str | Promise] = {
    "asked": _(
        "We ask you when your experience is needed. You can say no every time, without saying why. You are asked "
        "again another time all the same."
    ),
    "told": _(
        "Before you answer we tell you what it is about, how long it takes, how much you can influence, and what is "
        "paid."
    ),
    "introduction": _(
        "Before anybody asks you, you get an introduction: what it is all for, who does what, how care is run here, "
        "the words that are used, secrecy and pay."
    ),
    "contact": _(
        "You have a contact person, right now %(contact)s. You can turn there with anything. We are in touch now and "
        "then to hear how you are getting on."
    ),
    "minor": _(
        "You have a guide who is there for you alone, and an adult whom you know is with you at meetings. Your "
        "guardian has said yes."
    ),
    "access": _("We arrange what you need to be able to take part. You say what it is, and it is no trouble."),
    "pay": _(
        "We pay by the guideline that applies here. You know before you answer what it comes to and when you get it."
    ),
    "kept": _(
        "All that we keep about you stands on your page. What you have told you can change whenever you want, and when "
        "you leave it is removed."
    ),
    "secrecy": _(
        "What you hear about others you keep to yourself, in the group as well as in assignments. Of yourself you tell "
        "as much or as little as you want."
    ),
    "changes": _(
        "You tell us when something changes: how you are reached, what you have the strength for, if you want to rest."
    ),
    "answers": _("You answer when we ask, also when the answer is no."),
    "respect": _(
        "We listen to each other and respect each other's knowledge. If something does not feel right, we say so early."
    ),
    "ends": _(
        "Each of us can end this. You rest or leave whenever you want, without saying why. If we want to end it we "
        "talk with you first, and say why."
    ),
}


def heading(key: str) -> str:
    return str(HEADINGS[key])


#: What each point is about, as the coordinators' page names it.
POINTS: dict[str, str | Promise] = {
    "asked": _("When somebody is asked"),
    "told": _("What is told before"),
    "introduction": _("The introduction"),
    "contact": _("The contact person"),
    "minor": _("For those under eighteen"),
    "access": _("What is needed to take part"),
    "pay": _("What is paid"),
    "kept": _("What is kept"),
    "secrecy": _("Secrecy"),
    "changes": _("When something changes"),
    "answers": _("To answer"),
    "respect": _("Respect"),
    "ends": _("How it ends"),
    "own-1": _("A point of your own"),
    "own-2": _("A second point of your own"),
    "own-3": _("A third point of your own"),
    "own-4": _("A fourth point of your own"),
}


def contact_mark() -> str:
    """Stands in a starting text where the name of the contact person comes."""
    with translation.override(LANGUAGE):
        return str(_("[contact person]"))


def house_text() -> list[Worded]:
    """The house's own starting text, as it would be stored."""
    with translation.override(LANGUAGE):
        mark = contact_mark()
        points = [Worded(line.key, line.heading, str(TEXTS[line.key]) % {"contact": mark}) for line in HOUSE]
    return in_order(points)


def text_for(point: Worded, member: Member) -> str:
    """The point's wording for this member: who the contact person is, and what the group says of pay, stand in it."""
    contact = display_name(member.contact) if member.contact else ""
    text = point.text.replace(contact_mark(), contact)
    if point.key != "pay" or not member.group.pay:
        return text
    both = f"{text}\n\n{member.group.pay}"
    return both if len(both) <= MAX_TEXT else text
