"""The twenty questions of the need, as they read: the heading, why it is asked, examples."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ...domain import Group

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

NAMES_BESIDE: dict[str, Text] = {"unit": _("The unit")}


def name_of(key: str) -> Text:
    """The short name of a part."""
    return QUESTIONS[key].name if key in QUESTIONS else NAMES_BESIDE.get(key, key)
