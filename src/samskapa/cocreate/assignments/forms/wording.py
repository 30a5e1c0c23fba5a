"""Every word a person reads about a need: questions, why they are asked, choices, findings. Swedish is in locale/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import HintedChoice

from ..domain import (
    ConflictMatter,
    Contribution,
    Door,
    Finding,
    Form,
    Group,
    Influence,
    Pay,
    Phase,
    Source,
    State,
)

Text = str | Promise

GROUPS: dict[Group, Text] = {
    Group.WHY_AND_WHAT: _("Why and what"),
    Group.INFLUENCE: _("Influence"),
    Group.WHO_AND_HOW: _("Who and how"),
    Group.TERMS: _("Terms"),
    Group.AFTERWARDS: _("Afterwards"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How one question reads. `name` is short, for lists; `ask` is the heading of its page."""

    name: Text
    ask: Text
    because: Text
    examples: tuple[Text, ...] = ()


QUESTIONS: dict[str, Wording] = {
    "title": Wording(
        _("Heading"),
        _("What shall the assignment be called?"),
        _("The heading is the first thing people read. A question makes it easy to see whether one can contribute."),
        (_("What should the letter before a hip operation say?"), _("How do we make the waiting room calmer?")),
    ),
    "why": Wording(
        _("Why"),
        _("Why do you need people with lived experience?"),
        _("Those who know why they are asked can prepare, and do not feel that they are there for show."),
        (
            _("Four out of ten call us about things that the letter already says. We think it is hard to read."),
            _("We know how the ward works for us at night, but not what it is like to lie there awake."),
        ),
    ),
    "expected": Wording(
        _("What you do"),
        _("What do you want them to contribute?"),
        _("A clear task is easier to say yes to, and to do well. Describe what one actually does."),
        (
            _("Read three drafts, say what is unclear and help to rewrite them."),
            _("Tell about your own first week at home, and answer questions for half an hour."),
        ),
    ),
    "phase": Wording(
        _("Where the work is"),
        _("How far has the work come?"),
        _("The earlier people come in, the more they can change. That should be said from the beginning."),
        (
            _("Planning: we have money for a new waiting room, but nobody has drawn it yet."),
            _("Following up: the new letter has been in use for a year. What became better, and what did not?"),
        ),
    ),
    "contribution": Wording(
        _("Way to contribute"),
        _("In what way does one contribute?"),
        _("People choose assignments by what suits them: some like to discuss, others to tell their story."),
        (
            _("Improvement team: you meet us three times and change the letter with us."),
            _("Telling one's own story: you come to our training day and talk for half an hour."),
            _("Governance and steering: you have a seat in the group that leads the work."),
        ),
    ),
    "influence": Wording(
        _("How much one can influence"),
        _("How much can they influence?"),
        _(
            "Higher is not always better, but it must be true. The most common disappointment is to have been promised"
            " more influence than there was."
        ),
        (
            _("Influence: we write the text together. The head of the clinic approves it, or explains why not."),
            _("Consultation: you say what you think of two drafts. We choose, and tell you which and why."),
        ),
    ),
    "sources": Wording(
        _("Whose knowledge is included"),
        _("Whose knowledge is already included?"),
        _("Good care builds on four kinds of knowledge. When you see which are missing, you know whom to ask."),
        (
            _("We have statistics, guidelines and nurses in the group. The patients come in through this assignment."),
            _("Patients and staff are with us. A researcher reads what we arrive at in May."),
        ),
    ),
    "harm": Wording(
        _("Who might lose"),
        _("Who might lose, or not be heard?"),
        _(
            "What is better for some can be worse for others. Those who have the least strength are seldom in the room."
            " It need not be solved now, only seen."
        ),
        (
            _("Those who do not read Swedish may find it even harder. We will try the text with three of them."),
            _("Those who have no e-identification. They can still call us."),
        ),
    ),
    "people": Wording(
        _("How many"),
        _("How many people do you want to include?"),
        _("At least two. It is hard to be alone among professionals, and two see more than one."),
        (
            _("Three: two come each time, even if one is ill."),
            _("Two from the town and one who lives far from the hospital."),
        ),
    ),
    "experience": Wording(
        _("Experience you seek"),
        _("What experience do you seek?"),
        _("Write what one has been through, not which diagnosis one has. Nobody needs to tell more than they wish."),
        (_("You have had the letter in the last two years, or are close to somebody who has."),),
    ),
    "time": Wording(
        _("Time"),
        _("How much time does it take, with reading?"),
        _("Reading and travelling take time too. People with little strength need to know before they say yes."),
        (
            _("Three Tuesdays in spring, 90 minutes each. About two hours of reading in all."),
            _("One afternoon, two hours with coffee. Nothing to read beforehand."),
        ),
    ),
    "place": Wording(
        _("Place"),
        _("Where do you meet?"),
        _("For some it is easier to come, for others to take part from home. Both is often possible."),
        (
            _("At a place: the library in town, five minutes from the bus. The door opens by itself."),
            _("Both: in our meeting room, or by link from home."),
        ),
    ),
    "access": Wording(
        _("If one needs it"),
        _("What can you arrange so that more people can take part?"),
        _("When you write what you can arrange, nobody has to ask for it."),
        (
            _("Captions, a break every half hour, material in large print or by post."),
            _("Interpreter, a companion, a quiet room, a step-free way in and a parking place nearby."),
        ),
    ),
    "pay": Wording(
        _("Pay"),
        _("What do they get in return?"),
        _("Those who work in care are paid for the hour. Clear pay shows that the contribution is worth as much."),
        (
            _("A fee: 533 kr each time and 296 kr for the reading. It is paid the month after."),
            _("Costs only: we pay your travel and a meal. The project has no money for fees."),
        ),
    ),
    "budget": Wording(
        _("The budget holder's yes"),
        _("Has the one who holds the budget said yes?"),
        _("Pay that is late or becomes nothing is a common reason to quit. So we ask before we publish."),
        (
            _("Yes, from the head of the clinic."),
            _("Not yet: we ask the head of operations on Monday. Leave the box empty until then."),
        ),
    ),
    "contact": Wording(
        _("Contact person"),
        _("Who is the contact person?"),
        _("One named person, with a phone number or an address, whom one can turn to before, during and after."),
        (_("Ulla, nurse, who answers on weekdays between 9 and 12."),),
    ),
    "conflict": Wording(
        _("Conflict of interest"),
        _("Can a conflict of interest matter?"),
        _(
            "Only tick it if what is decided can favour somebody. Then everybody who applies is asked, and the"
            " coordinator assesses the answers."
        ),
        (
            _("It matters: you choose between three suppliers, and somebody may work for one of them."),
            _("It does not matter: you read a letter and say what is unclear."),
        ),
    ),
    "questions": Wording(
        _("Questions to applicants"),
        _("What do you want to ask those who apply?"),
        _("A few questions are enough. Do not ask for diagnoses or other things that you do not need to know."),
        (
            _("What would you like to tell us about your experience?"),
            _("What would make it easy for you to take part?"),
        ),
    ),
    "standing": Wording(
        _("Standing assignment"),
        _("Is it a standing assignment?"),
        _("A council, a steering group or a programme area goes on for years. Then a few more things must be clear."),
        (
            _("The patient council: two years and one deputy. Organisations nominate. One can be asked again once."),
            _("Those who leave meet those who come. Every March we tell what the year led to."),
        ),
    ),
    "result": Wording(
        _("What happens afterwards"),
        _("What will you do with the result, and when do you tell?"),
        _("Most representatives never learn what their contribution led to. A day to tell it makes the difference."),
        (_("The new letter is used from March. In September we tell how many still call."),),
    ),
}

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
CONTRIBUTION: dict[str, Text] = {
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

#: (part, code) or code alone -> what was found, and what one can do about it.
FINDINGS: dict[tuple[str, str] | str, tuple[Text, Text]] = {
    "missing": (_("Is not answered yet."), _("Write an answer, or that you decide it together.")),
    ("title", "missing"): (_("The heading is missing."), _("Write a few words that say what it is about.")),
    ("phase", "missing"): (_("It does not say how far the work has come."), _("Choose one of four.")),
    ("contribution", "missing"): (
        _("It does not say in what way one contributes."),
        _("Choose what comes closest, so that the right people find it."),
    ),
    ("influence", "missing"): (
        _("It does not say how much one can influence."),
        _("Choose the step that is true today, even if it is low."),
    ),
    ("sources", "missing"): (
        _("It does not say whose knowledge is included."),
        _("Tick those you have today. Those you have not are often the reason to ask."),
    ),
    ("harm", "missing"): (
        _("It does not say who might lose."),
        _("Think of those who have the least strength, another language or no computer. One sentence is enough."),
    ),
    ("people", "missing"): (_("It does not say how many you seek."), _("Two or three is common in a team.")),
    ("experience", "missing"): (
        _("It does not say what experience you seek."),
        _("Write what one has been through, so that people recognise themselves."),
    ),
    ("time", "missing"): (
        _("It does not say how much time it takes."),
        _("Write how many occasions and how long each is. You may say that the rest is decided together."),
    ),
    ("place", "missing"): (_("It does not say where you meet."), _("Choose a place, digitally or both.")),
    ("access", "missing"): (
        _("It does not say what you can arrange."),
        _("Captions, breaks and large print cost little. Write what you can do, so that nobody has to ask."),
    ),
    ("pay", "missing"): (
        _("It does not say what one gets in return."),
        _("Choose a fee, costs only or nothing. Ask the coordinator what is usual in your region."),
    ),
    ("budget", "missing"): (
        _("The one who holds the budget has not said yes."),
        _("Ask, and tick the box when you have the answer. The coordinator can help you to ask."),
    ),
    ("contact", "missing"): (
        _("The contact person is missing."),
        _("Write the name of one person who has said yes to being called."),
    ),
    ("result", "missing"): (
        _("It does not say what you will do with the result."),
        _("Write who takes it further, and what can come of it."),
    ),
    "says_nothing": (
        _("The answer does not say anything to somebody from outside."),
        _("Write a sentence or two as if you told a neighbour, or that you decide it together."),
    ),
    "short": (
        _("The answer is very short."),
        _("Could somebody who does not know you understand it? One more sentence often helps."),
    ),
    "vague": (
        _("“%(phrase)s” can mean anything."),
        _("Write how often, how much or what: “one afternoon a month” is clearer."),
    ),
    "abbreviation": (
        _("Not everybody knows what %(words)s means."),
        _("Write the whole word, with the abbreviation in brackets the first time."),
    ),
    "why_together": (
        _("The reason is left to be decided together."),
        _("That is fine. One sentence on what made you think of it helps people to know whether to come."),
    ),
    "information_only": (
        _("Nothing can be influenced."),
        _(
            "Then it is better to inform: invite to a meeting for information, or write to those concerned. If it is"
            " an assignment all the same, write why."
        ),
    ),
    "how_missing": (
        _("It does not say how one will notice the influence."),
        _("Write what can be changed, who decides in the end, and how you explain if it turns out otherwise."),
    ),
    "patient_missing": (
        _("The patients' own knowledge is not included yet."),
        _("Write how it comes in: through this assignment, and perhaps in other ways too."),
    ),
    "others_missing": (
        _("Missing: %(sources)s."),
        _("Write how they come in, or why they are not needed."),
    ),
    "nobody": (
        _("“Nobody” is seldom the whole answer."),
        _(
            "Is there anybody who cannot come, does not read Swedish, has no computer, or gets less time when others"
            " get more? If you have thought of it and still mean nobody, let it stand."
        ),
    ),
    "action_missing": (
        _("It does not say what you do about it."),
        _("A small step is enough: ask one of them, or follow up afterwards."),
    ),
    "alone": (
        _("One person will be alone among professionals."),
        _("Two dare more, and one can be ill. Can you make room for one more?"),
    ),
    "occasions_missing": (_("The number of occasions is missing."), _("Write how many times you meet.")),
    "minutes_missing": (_("The length is missing."), _("Write how long each occasion is, with breaks.")),
    "start_past": (_("The first day, %(day)s, is past."), _("Write a day that is still to come.")),
    "reading_missing": (
        _("It does not say how much time the reading takes."),
        _("Write the time for all of it together, or 0 if there is nothing to read."),
    ),
    "when_missing": (
        _("It does not say when."),
        _("A month or a season is enough: “three Tuesdays in January and February”."),
    ),
    "where_missing": (_("The place is missing."), _("Write the address, and how one gets there.")),
    "amount_missing": (
        _("The amount is missing."),
        _("Write the amount for each occasion, or which guideline it follows."),
    ),
    "amount_in_words": (
        _("The amount is not written out."),
        _("Many hesitate to ask. Write the amount in kronor if you know it."),
    ),
    "none_without_reason": (
        _("It does not say why there is no pay."),
        _("Write the reason. Or ask the coordinator whether there is money for it."),
    ),
    "none": (
        _("No pay leaves some people out."),
        _("Can you at least pay for travel? Those with small means are missed otherwise."),
    ),
    "holder_missing": (
        _("It does not say who said yes."),
        _("Write the title or the name of the one who holds the budget."),
    ),
    "unreachable": (
        _("The contact person cannot be reached."),
        _("Write a phone number or an e-mail address. Both is best."),
    ),
    "hours_missing": (
        _("It does not say when one can call."),
        _("Write hours when somebody answers, for example weekdays 9–12."),
    ),
    "perhaps": (
        _("A conflict of interest might matter here."),
        _("Look once more whether what is decided can favour somebody."),
    ),
    "many": (
        _("There are %(count)s questions."),
        _("Many stop before they are done. Keep those you really need to choose by."),
    ),
    "term_missing": (_("The length of the term is missing."), _("Write how many months one is appointed for.")),
    "renewal_missing": (
        _("It does not say whether one can go on."),
        _("Write how many times one can be asked again, and who asks."),
    ),
    "hand_over_missing": (
        _("It does not say how the successor takes over."),
        _("A meeting with both, or a page of notes, is enough."),
    ),
    "told_back_month_missing": (
        _("It does not say when you tell back each year."),
        _("Choose a month in which you tell what the year led to."),
    ),
    "told_back_missing": (
        _("There is no day on which you tell what it led to."),
        _("Choose a day. It can be moved, but it should not be forgotten."),
    ),
    "told_back_past": (_("The day to tell, %(day)s, is past."), _("Write a day that is still to come.")),
    "told_back_early": (
        _("The day to tell, %(day)s, is before the work has begun."),
        _("Write a day after the last occasion."),
    ),
    "together_past": (
        _("The day on which you were to decide together, %(day)s, is past."),
        _("Write what you decided, or a new day."),
    ),
    "together_late": (
        _("You are to decide together by %(day)s, but the work begins before that."),
        _("Choose a day before the first occasion."),
    ),
    "no_unit": (
        _("The unit is not found yet."),
        _("The coordinator finds the unit that the need concerns."),
    ),
}
ANSWERS_TOO_EARLY = _("Choose a day after the last day to apply, and before the work begins.")

NAMES_BESIDE: dict[str, Text] = {"unit": _("The unit")}


def name_of(key: str) -> Text:
    """The short name of a part."""
    return QUESTIONS[key].name if key in QUESTIONS else NAMES_BESIDE.get(key, key)


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words."""

    part: str
    name: str
    what: str
    suggestion: str
    is_blocking: bool


def say(finding: Finding) -> Said:
    """What was found, and how it can be mended, in the reader's language."""
    what, suggestion = words_of(finding.part, finding.code)
    params = {name: _in_words(name, value) for name, value in finding.params}
    return Said(
        part=finding.part,
        name=str(name_of(finding.part)),
        what=str(what) % params if params else str(what),
        suggestion=str(suggestion),
        is_blocking=finding.severity == "blocking",
    )


def _in_words(name: str, value: Any) -> object:
    """A finding's value as it is read: a day, the knowledge sources by name, or as it is."""
    if name == "sources":
        return ", ".join(str(label) for source, label in SOURCE.items() if source in value)
    return date_format(value, "j F Y") if hasattr(value, "isoformat") else value


def words_of(part: str, code: str) -> tuple[Text, Text]:
    """The wording of a code in a part, or of the code in any part."""
    return FINDINGS.get((part, code)) or FINDINGS[code]


def what_was_unclear(part: str, code: str) -> str:
    """The same in short, for what became clear: without the values, which are not kept."""
    if code in _WITHOUT_VALUES:
        return str(_WITHOUT_VALUES[code])
    return str(words_of(part, code)[0])


_WITHOUT_VALUES: dict[str, Text] = {
    "others_missing": _("Some kinds of knowledge were missing."),
    "vague": _("Words that can mean anything."),
    "abbreviation": _("An abbreviation that not everybody knows."),
    "start_past": _("The first day was past."),
    "many": _("There were many questions."),
    "told_back_past": _("The day to tell was past."),
    "told_back_early": _("The day to tell was before the work had begun."),
    "together_past": _("The day on which you were to decide together was past."),
    "together_late": _("You were to decide together after the work had begun."),
}

#: In which capacity somebody wrote, behind their name. As oneself: nothing.
ROLES: dict[str, Text] = {
    "host": _("the unit"),
    "coordinator": _("coordinator"),
    "member": _("member of the resource group"),
    "organisation": _("patient organisation"),
    "council": _("council"),
}
