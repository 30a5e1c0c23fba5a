"""The words of a drafted point, from the answers of the need.

Content, not interface: it is stored and printed, so the caller writes it in Swedish whatever the reader's language
(`translation.override("sv")`). "You" is the representative, "we" the unit, in every point of every agreement.
What a lawyer must confirm of the points on secrecy, insurance, results and pay stands in `docs/law.md`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskapa.ground.agreements.domain import MAX_TEXT
from samskapa.ground.language.domain import write_day, write_kronor

from ..domain import Contribution, Form, Influence, Pay
from ..domain.days import DayAndHours
from ..models import Assignment, StandingTerms
from . import wording

#: So much of somebody's own text fits into a point beside our words. The whole stands on the assignment's page.
LONGEST_QUOTE = 700
HEADINGS: dict[str, Callable[[], str]] = {
    "doing": lambda: _("What we do together"),
    "terms": lambda: _("Time, pay and what you need"),
    "rules": lambda: _("Secrecy and results"),
    "after": lambda: _("Along the way and afterwards"),
}


@dataclass(frozen=True, slots=True)
class Days:
    """The term of one representative. starts_on, ends_on: None where the first day is not known yet."""

    starts_on: date | None = None
    ends_on: date | None = None
    is_deputy: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """What the words are made from. together: part -> the day by which it is decided together. access_needs, days,
    is_young: what is so with the representative, for her own agreement alone; nothing for the common points. fixed: the
    days on which one meets."""

    assignment: Assignment
    today: date
    together: dict[str, date] = field(default_factory=dict)
    standing: StandingTerms | None = None
    access_needs: str = ""
    days: Days | None = None
    is_young: bool = False
    fixed: list[DayAndHours] = field(default_factory=list)

    @property
    def unit(self) -> str:
        return self.assignment.unit.name if self.assignment.unit else _("the unit")

    @property
    def is_once(self) -> bool:
        return self.assignment.occasions == 1

    @property
    def tells_own_story(self) -> bool:
        return self.assignment.contribution == Contribution.OWN_STORY

    def day(self, day: date) -> str:
        return write_day(day, language="sv", today=self.today)

    def kronor(self, ore: int) -> str:
        return write_kronor(ore, language="sv")


def heading(name: str) -> str:
    """The heading of a group of points."""
    return HEADINGS[name]()


def text_of(key: str, ground: Ground) -> str:
    """The words of the point called `key` (domain.drafting). Never empty, never longer than a point may be."""
    paragraphs = [" ".join(sentences) for sentences in _WORDS[key](ground)]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)[:MAX_TEXT].strip()


def _quote(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Somebody's own words as one paragraph, with a full stop; cut between words where they are too many."""
    text = " ".join(text.split())
    if len(text) > longest:
        text = text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " … " + _("(The rest stands in the assignment.)")
    return text if not text or text[-1] in '.!?…)”"' else f"{text}."


def _together(sentence: str, part: str, ground: Ground) -> list[str]:
    """ "That we decide together, by ... at the latest" is a full answer, and a promise."""
    by = ground.together.get(part)
    return [sentence % {"day": ground.day(by)}] if by else []


# --- one function per point: paragraphs of sentences -----------------------------------------------


def _role(ground: Ground) -> list[list[str]]:
    it = ground.assignment
    why = [_("Why you are needed: %(text)s") % {"text": _quote(it.why)}] if it.why else []
    why += _together(_("Why you are needed we write together, by %(day)s at the latest."), "why", ground)
    task = [_("What you do: %(text)s") % {"text": _quote(it.expected)}] if it.expected else []
    task += _together(_("What you do we decide together, by %(day)s at the latest."), "expected", ground)
    own = _("You contribute what you have lived through yourself. You never have to tell more than you want.")
    return [why, task, [own]]


def _influence(ground: Ground) -> list[list[str]]:
    it, said = ground.assignment, []
    if it.influence:
        level = Influence(it.influence)
        said = [
            _("How much you can influence: %(level)s. %(meaning)s")
            % {"level": str(wording.INFLUENCE[level]).lower(), "meaning": wording.INFLUENCE_MEANS[level]},
            _quote(it.influence_how),
        ]
    said += _together(
        _("How much you can influence we decide together, by %(day)s at the latest."),
        "influence",
        ground,
    )
    said.append(_("If something does not turn out as you proposed, we tell you why."))
    return [[sentence for sentence in said if sentence]]


def _person_prepares(ground: Ground) -> list[list[str]]:
    it = ground.assignment
    if ground.is_once:
        said = [
            _("You read the material before we meet, and tell us if you do not have time or are prevented."),
            _("You tell us when something is unclear."),
        ]
    else:
        said = [
            _("You read the material before each time we meet, and tell us if you do not have time or are prevented."),
            _("You tell us when something is unclear."),
        ]
    if it.reading_minutes:
        said.append(_("Count on about %(time)s of reading in all.") % {"time": wording.duration(it.reading_minutes)})
    if ground.tells_own_story:
        said.append(_("You decide what you tell and where your limit goes. Nobody asks beyond it."))
    return [said, [_("You can stop whenever you want, without saying why.")]]


def _host_prepares(ground: Ground) -> list[list[str]]:
    said = [
        _("We at %(unit)s send the material at least seven days before, on paper to those who want it.")
        % {"unit": ground.unit},
        _("We explain words and abbreviations, and leave time for questions."),
        _("You are never left alone: somebody from us meets you and is with you the whole time."),
    ]
    if ground.tells_own_story:
        said.append(_("Before you tell, we go through together what you want to say and what you do not want to say."))
        said.append(_("Within two days afterwards your contact person calls you, to hear how you are."))
    return [said, _insured(ground) if ground.is_once else []]


def _insured(ground: Ground) -> list[str]:
    return [_("Before we start we tell you which insurance applies to you, and whom you turn to if something happens.")]


def _insurance(ground: Ground) -> list[list[str]]:
    return [_insured(ground)]


def _time_and_place(ground: Ground) -> list[list[str]]:
    return [_time(ground), _place(ground), [_("If a time has to be moved, we ask you first.")]]


def _time(ground: Ground) -> list[str]:
    it, said = ground.assignment, []
    if it.occasions and it.minutes_each:
        said.append(
            ngettext("We meet %(n)s time, for %(time)s.", "We meet %(n)s times, for %(time)s each time.", it.occasions)
            % {"n": it.occasions, "time": wording.duration(it.minutes_each)}
        )
    elif it.occasions:
        said.append(ngettext("We meet %(n)s time.", "We meet %(n)s times.", it.occasions) % {"n": it.occasions})
    if it.when_text:
        said.append(_("When: %(text)s") % {"text": _quote(it.when_text)})
    if ground.fixed:
        said.append(wording.days_in_agreement(ground.fixed, ground.today))
    elif it.starts_on:
        said.append(_("The first time is at the earliest %(day)s.") % {"day": ground.day(it.starts_on)})
    said += _together(_("The times we decide together, by %(day)s at the latest."), "time", ground)
    return said


def _place(ground: Ground) -> list[str]:
    it, said = ground.assignment, []
    where = ", ".join(part for part in (it.place, it.municipality.name if it.municipality else "") if part)
    if it.form == Form.DIGITAL:
        said.append(_("We meet digitally. You get the link, and help to try it beforehand if you want."))
    elif it.form == Form.PLACE:
        said.append(_("We meet on site: %(where)s.") % {"where": where} if where else _("We meet on site."))
    elif it.form == Form.BOTH:
        said.append(
            _("You choose between being on site (%(where)s) and being with us digitally.") % {"where": where}
            if where
            else _("You choose between being on site and being with us digitally.")
        )
    said += _together(_("Where we meet we decide together, by %(day)s at the latest."), "place", ground)
    return said


def _pay(ground: Ground) -> list[list[str]]:
    it, said = ground.assignment, []
    if it.pay == Pay.FEE:
        said = _fee(ground)
    elif it.pay == Pay.EXPENSES:
        said = [
            _("You get no fee. What you lay out for the assignment, travel for example, we pay back."),
            _("The money comes at the latest 30 days after you have shown us the receipts."),
        ]
    elif it.pay == Pay.NONE:
        said = [_("Nothing is paid for this assignment.")]
    said += _together(_("The pay we decide together, by %(day)s at the latest."), "pay", ground)
    note = [_quote(it.pay_note)] if it.pay_note else []
    income = []
    if it.pay == Pay.FEE:
        income = [
            _("A fee counts as income, and as a rule tax is drawn before you get it."),
            _(
                "If you have benefits, ask whoever pays them what the fee means for you before you say yes. "
                "You may say no to the fee."
            ),
        ]
    return [said or [_("What you are paid we write here before we start.")], note, income]


def _fee(ground: Ground) -> list[str]:
    it = ground.assignment
    if not it.pay_each_ore:
        said = [_("You get a fee. The amount we write here before we start.")]
    elif it.pay_reading_ore:
        said = [
            _("You get %(each)s each time and %(reading)s for reading beforehand.")
            % {"each": ground.kronor(it.pay_each_ore), "reading": ground.kronor(it.pay_reading_ore)}
        ]
    else:
        said = [_("You get %(each)s each time.") % {"each": ground.kronor(it.pay_each_ore)}]
    return [*said, _("The money is paid at the latest 30 days after each time.")]


def _access(ground: Ground) -> list[list[str]]:
    it, said = ground.assignment, []
    if ground.access_needs:
        said.append(
            _("You have told us what you need: “%(text)s” We see to it.") % {"text": _quote(ground.access_needs)}
        )
    offered = [_("This we offer everybody: %(text)s") % {"text": _quote(it.access)}] if it.access else []
    offered += _together(
        _("What else makes it possible to take part we decide together, by %(day)s at the latest."),
        "access",
        ground,
    )
    young = _young(ground) if ground.is_young and ground.is_once else []
    return [said, *young, offered, [_("Tell us whenever you need something else in order to take part.")]]


def _young(_ground: Ground) -> list[list[str]]:
    """No names: they may change, and stand on the page of the work for those who need them."""
    return [
        [
            _("You are under eighteen. You have a guide who is there for you alone, and whom you can turn to."),
            _("An adult whom you know is with you each time we meet, and gets time and place when you do."),
            _("Your guardian may take their yes back at any time. Then we talk with you about how it should be."),
        ]
    ]


def _secrecy(ground: Ground) -> list[list[str]]:
    return [
        [
            _("What you learn about other people's health and lives you do not pass on, not afterwards either."),
            _(
                "Whoever has an assignment with a public authority may also be bound by secrecy under the law. "
                "Before we start we tell you whether that applies to you, and what it means."
            ),
        ],
        [
            _("It does not hinder you from telling what you have been through yourself, or what you think."),
            _(
                "What we write to each other may be a public document, which others can ask to read. "
                "Write nothing here about your health that you do not want others to know."
            ),
        ],
    ]


def _results(ground: Ground) -> list[list[str]]:
    return [
        [
            _("What we arrive at together both you and we may use."),
            _("Your name is shown only if you say yes."),
            _("What you tell of yourself is yours: we pass it on only if you say yes, and you can change your mind."),
        ]
    ]


def _contact(ground: Ground) -> list[list[str]]:
    it, said = ground.assignment, []
    if it.contact_name:
        who = ", ".join(part for part in (it.contact_name, it.contact_title) if part)
        said.append(_("Your contact person is %(who)s.") % {"who": who})
    reach = []
    if it.contact_phone and it.contact_hours:
        reach.append(_("Telephone %(number)s, %(hours)s.") % {"number": it.contact_phone, "hours": it.contact_hours})
    elif it.contact_phone:
        reach.append(_("Telephone %(number)s.") % {"number": it.contact_phone})
    if it.contact_email:
        reach.append(_("E-mail: %(address)s") % {"address": it.contact_email})
    area = it.area.name if it.area else _("the region")
    second = _("If you would rather talk with somebody else, the coordinator at %(area)s is there for you.")
    return [[*said, *reach, second % {"area": area}], [_("If somebody else takes over, we tell you who.")]]


def _check_ins(ground: Ground) -> list[list[str]]:
    if ground.assignment.occasions == 2:
        said = _("We ask each other how it is going after the first time.")
    else:
        said = _("We ask each other how it is going after the first time and then half-way.")
    return [[said, _("Both say what is good and what needs to change, and what we change we write here.")]]


def _telling_back(ground: Ground) -> list[list[str]]:
    it = ground.assignment
    use = [_("What we do with the result: %(text)s") % {"text": _quote(it.result_use)}] if it.result_use else []
    use += _together(_("What we do with the result we decide together, by %(day)s at the latest."), "result", ground)
    if ground.standing and ground.standing.told_back_month:
        month = date(ground.today.year, ground.standing.told_back_month, 1)
        said = _("Every year in %(month)s we tell you what it has led to.") % {"month": _month(month)}
    elif it.told_back_on:
        said = _("By %(day)s we tell you what it led to.") % {"day": ground.day(it.told_back_on)}
    else:
        said = _("Afterwards we tell you what it led to.")
    return [use, [said, _("We also tell you what did not happen, and why.")]]


def _month(day: date) -> str:
    """The month's name alone: "mars"."""
    return write_day(day, language="sv", today=day).rsplit(" ", 1)[-1]


def _term(ground: Ground) -> list[list[str]]:
    terms, days = ground.standing, ground.days or Days()
    said = []
    if days.is_deputy:
        said.append(_("You are a deputy: you step in when somebody who is ordinary cannot come."))
    elif terms and terms.deputies:
        said.append(_("You are ordinary. If you cannot come, a deputy steps in."))
    if days.starts_on and days.ends_on:
        values = {"first": whole_day(days.starts_on), "last": whole_day(days.ends_on)}
        said.append(_("Your term is from %(first)s to %(last)s.") % values)
    else:
        if terms and terms.term_months:
            said.append(
                ngettext("The term is %(n)s month.", "The term is %(n)s months.", terms.term_months)
                % {"n": terms.term_months}
            )
        said.append(_("The first and the last day we write here together."))
    renewal = [_quote(terms.renewal)] if terms and terms.renewal else []
    return [said, [*renewal, _("A new term applies only when both have confirmed it.")]]


def whole_day(day: date) -> str:
    """With the year always: a term is read for years."""
    return write_day(day, language="sv", today=day.replace(year=day.year - 1, day=1))


def _hand_over(ground: Ground) -> list[list[str]]:
    terms = ground.standing
    own = [_quote(terms.hand_over)] if terms and terms.hand_over else []
    return [
        own,
        [_("When somebody new takes over, you tell each other what you have learnt, and we give time for it.")],
    ]


def _joined(*parts: Callable[[Ground], list[list[str]]]) -> Callable[[Ground], list[list[str]]]:
    """Several points in one, for a single occasion."""
    return lambda ground: [paragraph for part in parts for paragraph in part(ground)]


def _short_contact(ground: Ground) -> list[list[str]]:
    return [*_contact(ground)[:1], [_("Afterwards we ask each other how it went.")]]


_WORDS: dict[str, Callable[[Ground], list[list[str]]]] = {
    "role": _role,
    "influence": _influence,
    "role_and_influence": _joined(_role, _influence),
    "person_prepares": _person_prepares,
    "host_prepares": _host_prepares,
    "time_and_place": _time_and_place,
    "pay": _pay,
    "access": _access,
    "young": _young,
    "insurance": _insurance,
    "secrecy": _secrecy,
    "results": _results,
    "secrecy_and_results": _joined(_secrecy, _results),
    "contact": _contact,
    "check_ins": _check_ins,
    "telling_back": _telling_back,
    "contact_and_telling_back": _joined(_short_contact, _telling_back),
    "term": _term,
    "hand_over": _hand_over,
}
