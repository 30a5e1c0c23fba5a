"""The steps in words: what each is, why, and an example. Said to a coordinator who has never done it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..domain import Thought


@dataclass(frozen=True, slots=True)
class Said:
    """name: in a list. ask: the heading of the step's page. because: why. example: from somewhere it was done."""

    name: str | Promise
    ask: str | Promise
    because: str | Promise
    example: str | Promise


STEP: dict[str, Said] = {
    "purpose": Said(
        _("What it is for"),
        _("What is the group for?"),
        _(
            "Begin with what should get better, and for whom. How you work together comes later: a group that begins "
            "with meetings and forms often ends up looking for something to do."
        ),
        _("“Letters to patients should be so clear that nobody has to ring and ask. We begin with three clinics.”"),
    ),
    "together": Said(
        _("Who is in from the start"),
        _("Who is in from the start?"),
        _(
            "Those whom it is about should be in before anything is decided. Ask at least one person with experience "
            "of their own to make the group together with you. No names are needed here."
        ),
        _("“Two members of the stroke association, a son of somebody in home care, and the head of ward 3.”"),
    ),
    "relation": Said(
        _("An open relation"),
        _("How do we keep it open between us?"),
        _(
            "Members are to dare to say when something does not work, and so are you. It is easier when it is said "
            "from the start who one turns to and what happens then."
        ),
        _("“Everybody has the coordinator's number. We end each meeting with: what was good, what was not?”"),
    ),
    "respect": Said(
        _("Respect for each other's knowledge"),
        _("What does each of us know?"),
        _(
            "Some know how care is run, others what it is like to need it. Both are knowledge, and neither replaces "
            "the other. Say how it will be seen in what you do."
        ),
        _("“At meetings a member speaks first. Nobody is asked to speak for all patients.”"),
    ),
    "words": Said(
        _("Words that both understand"),
        _("What will the group's page say?"),
        _(
            "Everybody reads it, also somebody who has never heard of a resource group. Write as you would tell it to "
            "a neighbour. We look for hard words when you save."
        ),
        _(
            "“We are some people who have been patients or relatives. When a clinic wants to change something it asks "
            "one of us.”"
        ),
    ),
    "hosting": Said(
        _("To be a good host"),
        _("How do we receive members where you work?"),
        _(
            "Most meetings are on the professionals' own ground. Whoever comes there is a guest, and sees at once "
            "whether they were expected."
        ),
        _("“Somebody meets at the entrance. The chair has a name on it, there is coffee, and the break is kept.”"),
    ),
    "trying": Said(
        _("To try our way together"),
        _("What do we try first, and when do we look back?"),
        _(
            "It need not be right from the start. Try something small, look back together on a day that you have set, "
            "and change what did not work."
        ),
        _("“Three members read our letters in January. In March we sit down together and say how it was.”"),
    ),
    "pay": Said(
        _("What is paid"),
        _("What do you pay, and by which guideline?"),
        _(
            "Nobody should have to ask. Say it in short, with a link to your guideline if you have one. If nothing is "
            "decided yet, say when it will be."
        ),
        _("“A fee for each assignment, the journey, and what you lay out. The region's guideline applies.”"),
    ),
    "form": Said(
        _("The form of joining"),
        _("Who can join, and from when?"),
        _(
            "The form is ready: fourteen short questions, four of which must be answered. You choose the name of the "
            "group, the lowest age, and whether one can join at once."
        ),
        _("“Resource group for care experience, from 18 years. Closed until we have talked with the first five.”"),
    ),
    "need": Said(
        _("A first assignment"),
        _("What is the first thing that you need experience for?"),
        _(
            "A group with nothing to do loses its members. Write a few words now: it becomes a draft that you and the "
            "unit go on with."
        ),
        _("“What should the letter about hip surgery say? Four of ten ring about what it says already.”"),
    ),
}

THOUGHT: dict[str, str | Promise] = {
    Thought.NO_PATIENTS: _(
        "Nobody with experience of their own is in yet. Ask one person before you go on: it is easier to change things "
        "now than later."
    ),
    Thought.LEFT_OUT: _("Nothing is written here. Talk about it together, also if you write it later."),
    Thought.NO_LOOK_BACK: _("Set a day when you look back together, or it will not happen."),
    Thought.LATE_LOOK_BACK: _("It is more than half a year until you look back. Can you do it sooner?"),
    Thought.PAST_LOOK_BACK: _("The day when you look back has passed. Set a new one."),
    Thought.NOT_PLAIN: _("The text can be plainer. Open the step to see what was found."),
    Thought.NO_PAY: _("Say what is paid, or when it will be decided. It is among the first things people ask."),
}
