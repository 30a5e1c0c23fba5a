"""Is the need clear enough to publish? Names what is missing or vague, so that it can be mended.

Every rule can be explained to the one who wrote: a word list, a count of words, a comparison of dates. Nothing
here guesses at meaning. What is certainly missing or wrong blocks; what only might be vague is advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from samskapa.ground.language.domain import unexplained, vague_phrase, words_in
from samskapa.ground.language.domain.plain import all_capitals

from .parts import IMPORTANT, PARTS, Answers
from .words import Contribution, Form, Influence, Pay, Source

#: A text with fewer words than this seldom tells a stranger enough.
FEW_WORDS = 6
#: More questions than this make people stop answering.
MANY_QUESTIONS = 5

#: Whole answers that say nothing. Compared in lower case without punctuation.
SAYS_NOTHING = frozenset(
    phrase.strip()
    for phrase in """
    x, xx, xxx, test, ok, ja, nej, vet ej, vet inte, oklart, kommer, kommer senare, senare, se ovan, se nedan,
    se bilaga, diverse, övrigt, annat, löpande, vid behov, efter behov, enligt plan, enligt överenskommelse, enligt ök,
    ska fyllas i, fylls i senare, inget, inget särskilt, ingenting, n a, samma, som vanligt, m m, etc, allt möjligt,
    lite av varje, tbd, tba, na, unknown, later, none, various, see above
    """.split(",")  # noqa: SIM905 (a list to be read)
)
#: "Nobody": the usual, kindly questioned, answer to who might lose.
NOBODY = frozenset({"ingen", "inga", "ingen alls", "nej", "nej ingen", "ingen risk", "inga risker", "nobody", "no one"})


class Severity(StrEnum):
    BLOCKING = "blocking"  # must be mended before the assignment is published
    ADVICE = "advice"  # worth a thought


@dataclass(frozen=True, slots=True)
class Finding:
    """Something missing, wrong or vague. `code` has a wording of what and a suggestion of how (forms.wording)."""

    part: str
    code: str
    severity: Severity = Severity.BLOCKING
    params: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far the need has come.

    answered, important: "7 of 9 important questions are answered".
    findings: everything found, in the order of the questions.
    """

    answered: int
    important: int
    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.BLOCKING)

    @property
    def advice(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.ADVICE)

    @property
    def is_ready(self) -> bool:
        return not self.blocking

    def of(self, key: str) -> tuple[Finding, ...]:
        """What was found in one part."""
        return tuple(f for f in self.findings if f.part == key)


def plain(text: str) -> str:
    """The text in lower case with single spaces and no punctuation, to be compared with a list."""
    return " ".join(words_in(text)).casefold()


def says_nothing(text: str) -> bool:
    """Whether the whole text is a filler, or nothing but abbreviations."""
    words = words_in(text)
    return plain(text) in SAYS_NOTHING or not words or all(all_capitals(word) for word in words)


def check(answers: Answers, today: date) -> Readiness:
    """Look through the whole need. Pure: same answers and same day, same findings."""
    findings = tuple(_all_findings(answers, today))
    wrong = {f.part for f in findings if f.severity is Severity.BLOCKING}
    return Readiness(
        answered=sum(1 for key in IMPORTANT if key not in wrong), important=len(IMPORTANT), findings=findings
    )


def _all_findings(answers: Answers, today: date) -> Iterator[Finding]:
    if not answers.has_unit:
        yield Finding("unit", "no_unit")
    for question in PARTS:
        together = answers.together.get(question.key)
        if together is not None:
            yield from _together(question.key, together, answers, today)
        else:
            yield from _RULES[question.key](answers, today)


def _advice(part: str, code: str, **params: Any) -> Finding:
    return Finding(part, code, Severity.ADVICE, tuple(sorted(params.items())))


def _together(key: str, by: date, answers: Answers, today: date) -> Iterator[Finding]:
    starts_on = answers["starts_on"] if "time" not in answers.together else None
    if by < today:
        yield Finding(key, "together_past", params=(("day", by),))
    elif starts_on and by > starts_on:
        yield Finding(key, "together_late", params=(("day", by),))
    if key == "why":
        yield _advice("why", "why_together")


def _text(part: str, text: str, *, is_important: bool = True) -> Iterator[Finding]:
    """The rules of a free text: missing, says nothing, short, vague, abbreviations."""
    if not text:
        yield Finding(part, "missing") if is_important else _advice(part, "missing")
        return
    if says_nothing(text):
        yield Finding(part, "says_nothing") if is_important else _advice(part, "says_nothing")
        return
    if len(words_in(text)) < FEW_WORDS:
        yield _advice(part, "short")
    vague = vague_phrase(text)
    if vague:
        yield _advice(part, "vague", phrase=vague)
    yield from _capitals(part, text)


def _capitals(part: str, text: str) -> Iterator[Finding]:
    found = unexplained(text)
    if found:
        yield _advice(part, "abbreviation", words=", ".join(found[:5]))


def _title(answers: Answers, today: date) -> Iterator[Finding]:
    title = answers["title"]
    if not title or says_nothing(title):
        yield Finding("title", "missing" if not title else "says_nothing")
        return
    if len(words_in(title)) < 2:
        yield _advice("title", "short")
    yield from _capitals("title", title)


def _why(answers: Answers, today: date) -> Iterator[Finding]:
    yield from _text("why", answers["why"])


def _expected(answers: Answers, today: date) -> Iterator[Finding]:
    yield from _text("expected", answers["expected"])


def _phase(answers: Answers, today: date) -> Iterator[Finding]:
    if not answers["phase"]:
        yield _advice("phase", "missing")


def _contribution(answers: Answers, today: date) -> Iterator[Finding]:
    if not answers["contribution"]:
        yield _advice("contribution", "missing")


def _influence(answers: Answers, today: date) -> Iterator[Finding]:
    level = answers["influence"]
    if not level:
        yield Finding("influence", "missing")
        return
    if level == Influence.INFORMATION and (
        not answers["influence_reason"] or says_nothing(answers["influence_reason"])
    ):
        # SKR: where nothing can be influenced, inform instead of inviting (docs/sources.md).
        yield Finding("influence", "information_only")
    if not answers["influence_how"]:
        yield _advice("influence", "how_missing")


def _sources(answers: Answers, today: date) -> Iterator[Finding]:
    present = set(answers["sources_present"])
    if not present:
        yield _advice("sources", "missing")
        return
    if answers["sources_note"]:
        return
    if Source.PATIENT not in present:
        yield _advice("sources", "patient_missing")
    elif present != set(Source):
        missing = tuple(source.value for source in Source if source.value not in present)
        yield _advice("sources", "others_missing", sources=missing)


def _harm(answers: Answers, today: date) -> Iterator[Finding]:
    harm = answers["harm"]
    if plain(harm) in NOBODY:
        yield _advice("harm", "nobody")
        return
    yield from _text("harm", harm)
    if harm and not says_nothing(harm) and not answers["harm_action"]:
        yield _advice("harm", "action_missing")


def _people(answers: Answers, today: date) -> Iterator[Finding]:
    wanted = answers["people_wanted"]
    if wanted is None:
        yield _advice("people", "missing")
    elif wanted < 2:
        yield _advice("people", "alone")


def _experience(answers: Answers, today: date) -> Iterator[Finding]:
    yield from _text("experience", answers["experience"], is_important=False)


def _time(answers: Answers, today: date) -> Iterator[Finding]:
    occasions, minutes = answers["occasions"], answers["minutes_each"]
    if occasions is None and minutes is None:
        yield Finding("time", "missing")
    elif occasions is None:
        yield Finding("time", "occasions_missing")
    elif minutes is None:
        yield Finding("time", "minutes_missing")
    if answers["starts_on"] and answers["starts_on"] < today:
        yield Finding("time", "start_past", params=(("day", answers["starts_on"]),))
    if occasions is None and minutes is None:
        return
    if answers["reading_minutes"] is None:
        yield _advice("time", "reading_missing")
    when = answers["when_text"]
    if occasions is not None and len(answers["days"]) > occasions:
        yield _advice("time", "more_days", count=len(answers["days"]))
    if not when and not answers["starts_on"]:
        yield _advice("time", "when_missing")
    elif when and (vague := vague_phrase(when)):
        yield _advice("time", "vague", phrase=vague)


def _place(answers: Answers, today: date) -> Iterator[Finding]:
    if not answers["form"]:
        yield _advice("place", "missing")
    elif answers["form"] in (Form.PLACE, Form.BOTH) and not answers["place"]:
        yield _advice("place", "where_missing")


def _access(answers: Answers, today: date) -> Iterator[Finding]:
    if not answers["access"] or says_nothing(answers["access"]):
        yield _advice("access", "missing")


def _pay(answers: Answers, today: date) -> Iterator[Finding]:
    pay, note = answers["pay"], answers["pay_note"]
    if not pay:
        yield Finding("pay", "missing")
    elif pay == Pay.FEE and answers["pay_each_ore"] is None:
        if not note or says_nothing(note):
            yield Finding("pay", "amount_missing")
        else:
            yield _advice("pay", "amount_in_words")
    elif pay == Pay.NONE:
        if not note or says_nothing(note):
            yield Finding("pay", "none_without_reason")
        else:
            yield _advice("pay", "none")


def _budget(answers: Answers, today: date) -> Iterator[Finding]:
    if not answers["budget_yes"]:
        yield Finding("budget", "missing")
    elif not answers["budget_holder"]:
        yield Finding("budget", "holder_missing")


def _contact(answers: Answers, today: date) -> Iterator[Finding]:
    if not answers["contact_name"]:
        yield Finding("contact", "missing")
    elif not answers["contact_phone"] and not answers["contact_email"]:
        yield Finding("contact", "unreachable")
    elif not answers["contact_hours"] and answers["contact_phone"]:
        yield _advice("contact", "hours_missing")


#: Ways of taking part where what is said may be weighed against other interests.
_OFTEN_CONFLICT = {Contribution.RESEARCH, Contribution.JURY, Contribution.GOVERNANCE}


def _conflict(answers: Answers, today: date) -> Iterator[Finding]:
    if answers["contribution"] in _OFTEN_CONFLICT and not answers["conflict_matter"]:
        yield _advice("conflict", "perhaps")


def _questions(answers: Answers, today: date) -> Iterator[Finding]:
    if len(answers["questions"]) > MANY_QUESTIONS:
        yield _advice("questions", "many", count=len(answers["questions"]))


def _standing(answers: Answers, today: date) -> Iterator[Finding]:
    if not answers["is_standing"]:
        return
    if not answers["term_months"]:
        yield Finding("standing", "term_missing")
    for column in ("renewal", "hand_over", "told_back_month"):
        if not answers[column]:
            yield _advice("standing", f"{column}_missing")


def _result(answers: Answers, today: date) -> Iterator[Finding]:
    told, starts_on = answers["told_back_on"], answers["starts_on"]
    if not answers["result_use"]:
        yield _advice("result", "missing")
    if told is None:
        yield _advice("result", "told_back_missing")
    elif told < today:
        yield Finding("result", "told_back_past", params=(("day", told),))
    elif starts_on and told < starts_on and "time" not in answers.together:
        yield Finding("result", "told_back_early", params=(("day", told),))


_RULES = {
    "title": _title,
    "why": _why,
    "expected": _expected,
    "phase": _phase,
    "contribution": _contribution,
    "influence": _influence,
    "sources": _sources,
    "harm": _harm,
    "people": _people,
    "experience": _experience,
    "time": _time,
    "place": _place,
    "access": _access,
    "pay": _pay,
    "budget": _budget,
    "contact": _contact,
    "conflict": _conflict,
    "questions": _questions,
    "standing": _standing,
    "result": _result,
}


def codes_of(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """(part, code) of each: what a clarification is kept by."""
    return {(finding.part, finding.code) for finding in findings}
