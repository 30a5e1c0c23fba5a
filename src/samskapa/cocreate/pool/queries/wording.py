"""The fixed answers and statuses in words; the questions of the form; what the introduction and the talk go through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import HintedChoice

from ..domain import (
    Age,
    Answer,
    As,
    Care,
    Contribution,
    Gender,
    Introduction,
    Language,
    Need,
    NoteKind,
    Reach,
    SpeaksFor,
    Status,
    When,
    Why,
)

Words = dict[str, str | Promise | HintedChoice]

#: The name that a new group is offered; each chooses its own.
DEFAULT_NAME = _("Resource group for care experience")

#: What joining means: said at the beginning, before it is sent, and in the agreement.
MEANS = _("You may ask me. I can say no every time, without saying why.")

#: What the coordinators do with it: said before it is told, and on one's own page.
SEARCHED = _(
    "To find somebody to ask, the coordinators can search in your answers, also in what you write in your own words. "
    "What you answer to the question about a diagnosis is never searched."
)

STATUS: Words = {
    Status.BEGUN: _("Is filling in the form"),
    Status.INTERESTED: _("Wants to join"),
    Status.TALKED: _("Has been talked with"),
    Status.WELCOMED: _("Is welcome, and is being introduced"),
    Status.ACTIVE: _("Can be asked"),
    Status.RESTING: _("Is resting"),
    Status.LEFT: _("Has left the group"),
}
#: The same, said to the member.
STATUS_TO_YOU: Words = {
    Status.BEGUN: _("You have not sent your answers yet."),
    Status.INTERESTED: _("Your answers have arrived. A coordinator gets in touch with you for a talk."),
    Status.TALKED: _("You have talked with a coordinator. You soon hear how it goes on."),
    Status.WELCOMED: _("You are welcome in the group. Now you learn how it works here, before anybody asks you."),
    Status.ACTIVE: _("You can be asked. You can say no every time."),
    Status.RESTING: _("You are resting. Nobody asks you until you say so."),
    Status.LEFT: _("You have left the group. What you had told is removed."),
}
WHY: Words = {
    Why.SENT: _("the answers were sent"),
    Why.IMPORTED: _("was on a list that a coordinator took in"),
    Why.TALKED: _("there was a talk"),
    Why.WELCOMED: _("a coordinator said welcome"),
    Why.INTRODUCED: _("the introduction is done"),
    Why.OWN_WISH: _("own wish"),
    Why.BACK: _("wants to be asked again"),
    Why.NO_ANSWER: _("no answer to the yearly question"),
    Why.NOT_WELCOMED: _("a coordinator said no"),
    Why.AGAIN: _("joins again"),
    Why.TIME: _("a long time had gone, and it was told before"),
    Why.ENDED: _("the account ended"),
}
AGE: Words = {
    Age.FROM_13: _("13 to 15 years"),
    Age.FROM_16: _("16 or 17 years"),
    Age.FROM_18: _("18 to 29 years"),
    Age.FROM_30: _("30 to 49 years"),
    Age.FROM_50: _("50 to 64 years"),
    Age.FROM_65: _("65 to 79 years"),
    Age.FROM_80: _("80 years or older"),
}
GENDER: Words = {
    Gender.WOMAN: _("Woman"),
    Gender.MAN: _("Man"),
    Gender.OTHER: _("Other"),
    Gender.NOT_SAID: _("I would rather not say"),
}
REACH: Words = {Reach.EMAIL: _("By e-mail"), Reach.PHONE: _("By phone"), Reach.LETTER: _("By letter")}
AS: Words = {
    As.PATIENT: _("Patient"),
    As.RELATIVE: HintedChoice(_("Relative"), _("Anybody who is close to somebody who needs care or support.")),
    As.SERVICE_USER: HintedChoice(_("Service user"), _("With support from social services, for example.")),
}
CARE: Words = {
    Care.PRIMARY: _("Health centre"),
    Care.HOSPITAL: _("Hospital"),
    Care.EMERGENCY: _("Emergency care or ambulance"),
    Care.PSYCHIATRY: _("Psychiatry"),
    Care.CHILDREN: _("Care of children and young people"),
    Care.MATERNITY: _("Pregnancy and childbirth"),
    Care.CANCER: _("Cancer care"),
    Care.REHABILITATION: _("Rehabilitation"),
    Care.HOME: _("Care at home"),
    Care.CARE_HOME: _("A home for the elderly"),
    Care.SOCIAL: _("Social services"),
    Care.DISABILITY: _("Support for people with disabilities"),
    Care.DENTAL: _("Dental care"),
    Care.DIGITAL: _("Digital care"),
    Care.PALLIATIVE: _("Care at the end of life"),
}
CONTRIBUTION: Words = {
    Contribution.IMPROVEMENT_TEAM: _("Improvement team"),
    Contribution.RESEARCH: _("Research"),
    Contribution.WORKSHOP: _("Workshop, seminar or conference"),
    Contribution.EDUCATION: _("Education"),
    Contribution.OWN_STORY: _("Telling one's own story"),
    Contribution.JURY: _("Jury for a quality award"),
    Contribution.GOVERNANCE: _("Governance and steering"),
    Contribution.AI_DIGITAL: _("AI and digital services"),
    Contribution.OTHER: _("Something else"),
}
LANGUAGE: Words = {
    Language.SWEDISH: _("Swedish"),
    Language.FINNISH: _("Finnish"),
    Language.MEANKIELI: _("Meänkieli"),
    Language.SAMI: _("Sami"),
    Language.ROMANI: _("Romani"),
    Language.YIDDISH: _("Yiddish"),
    Language.SIGN: _("Swedish sign language"),
    Language.ENGLISH: _("English"),
    Language.ARABIC: _("Arabic"),
    Language.DARI: _("Dari"),
    Language.PERSIAN: _("Persian"),
    Language.KURDISH: _("Kurdish"),
    Language.SOMALI: _("Somali"),
    Language.TIGRINYA: _("Tigrinya"),
    Language.UKRAINIAN: _("Ukrainian"),
    Language.POLISH: _("Polish"),
    Language.BCS: _("Bosnian, Croatian or Serbian"),
    Language.SPANISH: _("Spanish"),
    Language.TURKISH: _("Turkish"),
}
NEED: Words = {
    Need.HEARING_LOOP: _("Hearing loop"),
    Need.INTERPRETER: _("Interpreter"),
    Need.SIGN_INTERPRETER: _("Sign language interpreter"),
    Need.BREAKS: _("Breaks"),
    Need.COMPANION: _("Somebody with me"),
    Need.LARGE_PRINT: _("Large print"),
    Need.EASY_READ: _("Easy-to-read texts"),
    Need.IN_ADVANCE: _("Papers well in advance"),
    Need.REMOTE: _("To take part from home, by screen or phone"),
    Need.WHEELCHAIR: _("Room for a wheelchair or a walking frame"),
    Need.CALM: _("A calm room, few people at a time"),
    Need.TRAVEL: _("Help with the journey"),
}
WHEN: Words = {
    When.DAYTIME: _("Daytime on weekdays"),
    When.EVENING: _("Evenings"),
    When.WEEKEND: _("Weekends"),
    When.SHORT_NOTICE: _("At short notice too"),
}
SPEAKS_FOR: Words = {
    SpeaksFor.ONESELF: HintedChoice(_("For myself"), _("Out of my own experience.")),
    SpeaksFor.MANDATE: HintedChoice(
        _("For an organisation"), _("It has asked me to speak for it, and I bring what is said back to it.")
    ),
}
NOTE: Words = {NoteKind.TALK: _("Talk"), NoteKind.CHECK_IN: _("Check-in"), NoteKind.NOTE: _("Note")}
ANSWER: Words = {
    "": _("No answer yet"),
    Answer.YES: _("Yes, go on asking me"),
    Answer.REST: _("Wanted to rest"),
    Answer.LEAVE: _("Wanted to leave"),
    Answer.NO_ANSWER: _("No answer"),
}

INTRODUCTION: dict[str, HintedChoice] = {
    Introduction.PURPOSE: HintedChoice(
        _("What it is for"), _("Why care needs people with experience of their own, and what has come of it.")
    ),
    Introduction.ROLES: HintedChoice(
        _("Roles"), _("What a patient representative does and does not do, and whom one turns to.")
    ),
    Introduction.ORGANISATION: HintedChoice(
        _("How the organisation works"), _("Who decides what, and how long things take.")
    ),
    Introduction.WORDS: HintedChoice(
        _("The word list"), _("Words and abbreviations that come up, and that one always may ask.")
    ),
    Introduction.SECRECY: HintedChoice(
        _("Secrecy"), _("What may be told to others, what may not, and what becomes a public document.")
    ),
    Introduction.PAY: HintedChoice(_("Pay"), _("What is paid for, how much, when it comes, and how to ask for it.")),
}

#: What a first talk goes through. A help, not a form: nothing of it has to be noted.
GUIDE: tuple[str | Promise, ...] = (
    _("Begin with the person: how are they today, and do they have time now?"),
    _("What made you want to join? What would you like to change?"),
    _("Which of your experience would you like to use, and what do you want to leave out?"),
    _("What would make it good for you to take part? What would make it hard?"),
    _("How much time and strength do you have? Is this a good time, or is it better later?"),
    _("Tell how it goes: one is asked, one can say no every time, and one is paid by the region's rules."),
    _("Do you want to know anything? Say when and how you are in touch again."),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form. name: in a list. ask: the heading of its page. because: why it is asked and who sees
    the answer."""

    name: str | Promise
    ask: str | Promise
    because: str | Promise


QUESTIONS: dict[str, Asked] = {
    "name": Asked(
        _("Name"),
        _("What would you like to be called?"),
        _("Your name, or a name that you choose yourself. The coordinators see it."),
    ),
    "reach": Asked(
        _("Way of contact"),
        _("How would you like to be reached?"),
        _("So that the coordinator can get in touch. Nobody else is told without asking you first."),
    ),
    "age": Asked(
        _("Age"),
        _("How old are you?"),
        _("Roughly is enough. It helps us to see which ages are missing in the group."),
    ),
    "municipality": Asked(
        _("Municipality"),
        _("Where do you live?"),
        _("So that people from the whole area take part, and to reckon the journey. You may skip the question."),
    ),
    "gender": Asked(
        _("Woman, man or other"),
        _("Are you a woman, a man or other?"),
        _("It helps us to see who is missing in the group. You decide whether you answer."),
    ),
    "as": Asked(
        _("Experience as"),
        _("Whose experience do you have?"),
        _("Choose all that is true. It has to do with whom you are asked to speak as."),
    ),
    "experience": Asked(
        _("Experience"),
        _("What have you been through in care?"),
        _("Write what you want to use, in your own words. You do not need to tell which illness it is about."),
    ),
    "diagnosis": Asked(
        _("Diagnosis"),
        _("Would you like to tell a diagnosis?"),
        _(
            "You do not need to. Some like to be asked about their own illness, and then it helps. Others would rather "
            "not, and can be asked just as well."
        ),
    ),
    "contribute": Asked(
        _("Would like to do"),
        _("How would you like to contribute?"),
        _("Choose as many as you like. You are not bound by it."),
    ),
    "languages": Asked(
        _("Languages"),
        _("Which languages do you speak?"),
        _("All languages are of use. An interpreter can be arranged when it is needed."),
    ),
    "needs": Asked(
        _("Needs to take part"),
        _("What do you need to be able to take part?"),
        _("We arrange it. What you need is told only to those who arrange the meeting."),
    ),
    "times": Asked(
        _("Times"),
        _("When does it suit you?"),
        _("So that you are asked about what you can come to."),
    ),
    "organisation": Asked(
        _("Organisation"),
        _("Are you a member of an organisation?"),
        _("To speak for oneself and to speak for an organisation are two different things. You may do both."),
    ),
    "training": Asked(
        _("Earlier training"),
        _("Have you done this before, or taken a course in it?"),
        _("It is not needed. It helps us to know what you would like to learn."),
    ),
}

#: What one says yes to where a diagnosis is told. Kept word for word with the yes.
DIAGNOSIS_CONSENT = _(
    "Yes, the coordinators of the group may keep the diagnosis I have written, and read it when they look for somebody "
    "to ask. I can take my yes back whenever I want, and then it is removed."
)
#: What a guardian says yes to.
GUARDIAN_CONSENT = _(
    "Yes, the one I am guardian of may be a member of the group and be asked, and may say no every time. I know whom "
    "to turn to, and I can take my yes back whenever I want."
)

_TABLES: dict[str, Words] = {
    "status": STATUS,
    "to_you": STATUS_TO_YOU,
    "why": WHY,
    "age": AGE,
    "gender": GENDER,
    "reach_by": REACH,
    "as": AS,
    "care": CARE,
    "contribution": CONTRIBUTION,
    "language": LANGUAGE,
    "need": NEED,
    "when": WHEN,
    "speaks_for": SPEAKS_FOR,
    "note": NOTE,
    "answer": ANSWER,
    "point": dict(INTRODUCTION),
}


def word(table: str, value: Any) -> str:
    """A fixed answer as a person reads it; nothing for what is none."""
    return str(_TABLES[table].get(value, ""))


def is_word(table: str) -> bool:
    return table in _TABLES
