"""What is missing, wrong or vague, as it reads: what was found, and how it can be mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ...domain import Finding
from .choices import SOURCE
from .questions import Text, name_of

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
    "more_days": (
        _("There are %(count)s fixed days, and fewer occasions."),
        _("Change the number of occasions, or take away a day."),
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
