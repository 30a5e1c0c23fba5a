"""What is proposed to be written to those one looks for. Always in Swedish on paper, for the coordinator to change."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..domain import Audience, Use


@dataclass(frozen=True, slots=True)
class Opening:
    """heading: large, on the poster. words: the first that is said to them."""

    heading: str | Promise
    words: str | Promise


OPENING: dict[Audience, Opening] = {
    Audience.YOUNG: Opening(
        _("What would you change?"),
        _(
            "Have you been to the youth clinic, the children's ward or the school nurse? Then you know things that "
            "adults in care do not. We want to hear them. You may come together with a friend."
        ),
    ),
    Audience.YOUNG_ADULTS: Opening(
        _("You know how it works in real life"),
        _(
            "Booking, waiting, telling the same thing again. You know how it is. Tell those who can change it: an hour "
            "now and then, often by video or in the evening."
        ),
    ),
    Audience.MIDDLE: Opening(
        _("Do you have an hour to make care better?"),
        _(
            "You who work, drive to appointments and keep it all together see what does not fit. We need you, also if "
            "you have little time. Much can be done in the evening or by video."
        ),
    ),
    Audience.OLDER: Opening(
        _("Your experience is needed"),
        _(
            "You have met care many times, when it went well and when it did not. Those who work there need to hear "
            "about both."
        ),
    ),
    Audience.OLDEST: Opening(
        _("Nobody knows care as you do"),
        _(
            "You who have turned 80 have seen much of health and social care. We would like to hear what you think. We "
            "can come home to you or talk by phone, and somebody you know may be with you."
        ),
    ),
    Audience.MEN: Opening(
        _("We need more men"),
        _(
            "Most of those who help care to get better are women. How is it to be a man in the waiting room, as a "
            "patient or as somebody's father, partner or son? Tell us."
        ),
    ),
    Audience.MUNICIPALITY: Opening(
        _("Do you live in %(place)s?"),
        _(
            "Care is not the same everywhere. How is it where you live: the way there, the times, what there is and "
            "what there is not? Few from %(place)s have been able to tell. Now you can."
        ),
    ),
    Audience.RELATIVES: Opening(
        _("Do you help somebody?"),
        _(
            "You who drive, call, remind and sit beside: you see what others miss, and you seldom get the question. We "
            "want to ask you."
        ),
    ),
    Audience.LANGUAGE: Opening(
        _("Your experience counts, in any language"),
        _(
            "Do you speak another language than Swedish? Then you know what it takes for care to be understood. We get "
            "an interpreter when you want one, and it costs you nothing."
        ),
    ),
    Audience.PSYCHIATRY: Opening(
        _("You know what helps"),
        _(
            "You who have met psychiatry know what a good meeting is, and what a bad one does. Those who work there "
            "need to learn it from you. You may rest when you need to, and come together with somebody."
        ),
    ),
    Audience.MUNICIPAL_CARE: Opening(
        _("How should help be, to be good help?"),
        _(
            "Do you have home care, live in a care home or have help from social services? You know how it is in "
            "everyday life. What you say does not change the help you have."
        ),
    ),
    Audience.DISABILITY: Opening(
        _("Nothing about us without us"),
        _(
            "You know what it takes for a place, a letter or a conversation to work for everybody. Tell us what you "
            "need to take part, and we arrange it."
        ),
    ),
    Audience.NO_EMAIL: Opening(
        _("Call us: we want to hear you"),
        _(
            "You need no computer and no e-mail to help care get better. Call, and we talk. We fill in the papers "
            "together."
        ),
    ),
    Audience.EVERYBODY: Opening(
        _("Have you been a patient or somebody's relative?"),
        _(
            "Then you know things that those who work in care need to learn. We ask you when something is to be made "
            "better."
        ),
    ),
}

#: What stands around the opening. A place for it: %(opening)s; %(group)s and %(place)s are names.
FRAME: dict[Use, str | Promise] = {
    Use.NOTICE: _("%(opening)s\n\nYou join %(group)s. When somebody needs your experience, you get a question."),
    Use.LETTER: _(
        "Hello!\n\n%(opening)s\n\nIn %(group)s there are people with experience of their own of care. When a clinic "
        "or a "
        "unit wants to change something, it asks one of them: how is this for you? It can be to read a letter, to talk "
        "for an hour, or to be part of a working group. You are told what it is about, how long it takes and what is "
        "paid. Then you say yes or no.\n\nWe would like to hear from you."
    ),
    Use.MEETING: _(
        "I work with %(group)s in %(place)s.\n\n%(opening)s\n\nIt works like this: you say that we may ask you. When "
        "somebody needs just your experience, you get a question.\n\nNow I am curious: what do you wish that care "
        "would "
        "ask you about?"
    ),
}

#: What is always said, whatever else is written. %(age)s only where one may join under eighteen.
ALWAYS: tuple[str | Promise, ...] = (
    _("It is voluntary. You can say no every time, and need not say why."),
    _("You need not tell any diagnosis."),
)
GUARDIAN = _("You are at least %(age)s years old. Under eighteen a guardian says yes too.")
PAID = _("You get paid. %(pay)s")
PAID_ASK = _("You get paid. Ask us how much.")
CALL = _("Do you wonder about something? Call %(name)s, %(phone)s.")
CALL_NAME = _("Do you wonder about something? Ask for %(name)s at %(place)s.")
CALL_PLACE = _("Do you wonder about something? Ask for the resource group's coordinator at %(place)s.")
