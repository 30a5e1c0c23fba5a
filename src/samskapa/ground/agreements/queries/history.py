"""The history of one agreement, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain import Verdict
from ..models import Tables
from . import words
from .ledger import Ledger, ledger


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened. The sentence says who and what; `quote` is the text written, `reason` why."""

    at: datetime
    sentence: str
    quote: str = ""
    reason: str = ""


def history(
    tables: Tables,
    agreement: Model,
    viewer: Model | None = None,
    *,
    name_of: words.Names,
    stranger: Any = words.STRANGER,
) -> list[Moment]:
    """What happened, oldest first; what happened in the same moment stands together as one sentence per act.

    Only what this agreement may know: reasons said in sister agreements are left out, and their parties
    unnamed.
    """
    book = ledger(tables, agreement.root_id, agreement_id=agreement.pk)  # type: ignore[attr-defined]
    parties = {pk: book.parties[pk] for pk in book.party_ids(agreement.pk)}
    cast = words.Cast(
        parties=parties, name_of=name_of, viewer=viewer.pk if viewer is not None else None, stranger=stranger
    )
    moments = [*_written(book, cast, agreement.pk), *_said(book, cast, agreement.pk)]
    for version in tables.version.objects.filter(agreement=agreement).order_by("number"):
        sentence = _("Everything was settled on %(day)s: version %(number)s of the agreement was fixed.") % {
            "day": words.day_of(version.fixed_at),
            "number": version.number,
        }
        moments.append(Moment(version.fixed_at, sentence))
    # A stable sort: what was written comes before what was said of it, and a version after both.
    return sorted(moments, key=lambda moment: moment.at)


def _written(book: Ledger, cast: words.Cast, agreement_id: int) -> Iterator[Moment]:
    drafted: dict[datetime, int] = {}
    for number, line in enumerate(book.lines_of(agreement_id), start=1):
        for revision in book.revisions[line.pk]:
            if revision.by_party_id is None and revision.number > 1:
                values = {"number": number, "day": words.day_of(revision.at)}
                sentence = _("A change to point %(number)s was drafted on %(day)s for everybody to confirm:") % values
                seen = revision.agreement_id in (None, agreement_id)
                yield Moment(revision.at, sentence, revision.text, revision.reason if seen else "")
                continue
            if revision.by_party_id is None:
                drafted[revision.at] = drafted.get(revision.at, 0) + 1
                continue
            values = {
                "who": cast.name(revision.by_party_id),
                "number": number,
                "day": words.day_of(revision.at),
            }
            if revision.removed:
                sentence = _("%(who)s proposed on %(day)s to remove point %(number)s.") % values
            elif revision.number == 1:
                sentence = _("%(who)s wrote point %(number)s on %(day)s:") % values
            else:
                sentence = _("%(who)s changed point %(number)s on %(day)s:") % values
            sentence += _helped(revision, revision.by_party_id, cast)
            seen = revision.agreement_id in (None, agreement_id)
            yield Moment(revision.at, words.begin(sentence), revision.text, revision.reason if seen else "")
    for at, count in drafted.items():
        sentence = ngettext(
            "%(count)s point was drafted on %(day)s.", "%(count)s points were drafted on %(day)s.", count
        ) % {"count": count, "day": words.day_of(at)}
        yield Moment(at, sentence)


def _said(book: Ledger, cast: words.Cast, agreement_id: int) -> Iterator[Moment]:
    """One sentence per act: what one party confirmed with one button is one act."""
    acts: dict[tuple, list[int]] = {}
    for number, line in enumerate(book.lines_of(agreement_id), start=1):
        authors = {r.pk: (r.by_party_id, r.at) for r in book.revisions[line.pk]}
        for said in book.statements.get(line.pk, ()):
            own_writing = said.verdict == Verdict.CONFIRMED and authors[said.revision_id] == (
                said.party_id,
                said.at,
            )
            from_elsewhere = said.agreement_id not in (None, agreement_id)
            not_ours = from_elsewhere and (said.verdict != Verdict.CONFIRMED or said.party_id not in cast.parties)
            if own_writing or not_ours:
                continue
            helped = _helped(said, said.party_id, cast)
            key = (said.at, said.party_id, said.verdict, "" if from_elsewhere else said.reason, helped)
            acts.setdefault(key, []).append(number)
    for (at, party, verdict, reason, helped), numbers in acts.items():
        values = {
            "who": cast.name(party),
            "points": ngettext("point %(numbers)s", "points %(numbers)s", len(numbers)) % {"numbers": _series(numbers)},
            "day": words.day_of(at),
        }
        if verdict == Verdict.CONFIRMED:
            sentence = _("%(who)s confirmed %(points)s on %(day)s.") % values
        elif verdict == Verdict.NOT_AGREED:
            sentence = _("%(who)s did not agree to %(points)s on %(day)s.") % values
        else:
            sentence = _("%(who)s chose on %(day)s to leave %(points)s open.") % values
        yield Moment(at, words.begin(sentence + helped), reason=reason)


def _helped(row: Any, party_id: int, cast: words.Cast) -> str:
    """Says so, where somebody else said or wrote it in the name of a party that is a person."""
    whose = getattr(cast.parties.get(party_id), "person_id", None)
    who = getattr(row, "person_id", None) or getattr(row, "by_person_id", None)
    is_person = whose is not None and getattr(cast.parties[party_id], "node_id", None) is None
    return " " + _("A coordinator helped with it.") if is_person and who is not None and who != whose else ""


def _series(numbers: list[int]) -> str:
    """ "3", "3 and 5", "1, 3 and 5", "1–13", "1–3 and 5": three or more in a row stand as a run."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run)
    if len(parts) == 1:
        return parts[0]
    return _("%(some)s and %(last)s") % {"some": ", ".join(parts[:-1]), "last": parts[-1]}
