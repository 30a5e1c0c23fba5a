"""`samskapa messages`: the catalogues follow the code, without gettext and without starting Django.

Each app, and config, has `locale/sv` and `locale/en`. A msgid is plain English; the English catalogue says the same,
the Swedish one is written by hand. Updating keeps what is translated, adds what is
new and drops what is gone.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

from samskapa.config.cli.compile import PACKAGE

LANGUAGES = ("sv", "en")
TEMPLATES = (".html", ".txt", ".xml")

_PLAIN: dict = dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop"))
_PLURAL: dict = dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2))
_CONTEXT: dict = dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2))
_BOTH: dict = dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3))
#: Which functions mark a text, and which of their arguments it is; Babel's notation.
KEYWORDS = {**DEFAULT_KEYWORDS, **_PLAIN, **_PLURAL, **_CONTEXT, **_BOTH}

#: %(name)s, %s, %d, and {name} for str.format.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


class Message(NamedTuple):
    """One text as the code says it; `context` and `plural` are "" where there is none."""

    context: str
    text: str
    plural: str


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("samskapa messages", description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing; name what is wrong and fail")
    asked = parser.parse_args(arguments)
    if not asked.check:
        update(PACKAGE)
        return 0
    faults = faults_in(PACKAGE)
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} faults in the translations." if faults else "Everything is translated.")
    return 1 if faults else 0


# --- what the code says ---------------------------------------------------------------------------
def apps_in(package: Path) -> list[Path]:
    """The folders of our apps: shelf/app; and config, whose menu people read."""
    return sorted(path.parent for pattern in ("*/apps.py", "*/*/apps.py") for path in package.glob(pattern))


def messages_in(app: Path) -> dict[Message, list[str]]:
    """Every text that `app` marks for translation, with the files that say it.

    Raises ValueError where one text is marked both with and without a plural, or with two plurals:
    a catalogue holds one entry for it.
    """
    found: dict[Message, list[str]] = {}
    for file in _files(app):
        name = file.relative_to(app).as_posix()
        for message in _messages_of(file):
            files = found.setdefault(message, [])
            if name not in files:
                files.append(name)
    # The same text alone and as a singular is one entry: the plural one serves both.
    for message in [m for m in found if m.plural]:
        alone = found.pop(message._replace(plural=""), [])
        found[message] = sorted({*found[message], *alone})
    seen: set[tuple[str, str]] = set()
    for message in found:
        if (message.context, message.text) in seen:
            raise ValueError(f"{app.name}: {message.text!r} has two different plurals")
        seen.add((message.context, message.text))
    return found


def _files(app: Path) -> list[Path]:
    python = [path for path in app.rglob("*.py") if "migrations" not in path.parts]
    templates = [path for path in app.glob("templates/**/*") if path.suffix in TEMPLATES]
    return sorted([*python, *templates])


def _messages_of(file: Path) -> Iterator[Message]:
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # What is not a call becomes XXX; its indentation would only confuse Python's tokenizer.
        source = "\n".join(line.strip() for line in templatize(source, str(file)).splitlines())
    for _line, text, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        singular, plural = (text[0], text[1]) if isinstance(text, tuple) else (text, "")
        if singular:
            yield Message(context or "", singular, plural)


# --- the catalogues -------------------------------------------------------------------------------
def catalogue_path(app: Path, language: str) -> Path:
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def update(package: Path) -> None:
    """Write every app's catalogues anew. An app without texts has none."""
    for app in apps_in(package):
        messages = messages_in(app)
        for language in LANGUAGES:
            path = catalogue_path(app, language)
            old = _entries(path)
            if not messages:
                path.unlink(missing_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            new = _catalogue(language, messages, old)
            text = str(new).rstrip() + "\n"
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
            missing = sum(not _is_translated(entry) for entry in new)
            gone = len(old.keys() - {(m.context, m.text) for m in messages})
            if missing or gone:
                print(f"{path.relative_to(package)}: {missing} to translate, {gone} dropped")


def _catalogue(language: str, messages: dict[Message, list[str]], old: dict) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "samskapa",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message, files in sorted(messages.items(), key=lambda item: (item[1][0], item[0])):
        entry = polib.POEntry(
            msgid=message.text,
            msgid_plural=message.plural,
            msgctxt=message.context or None,
            occurrences=[(file, "") for file in files],
        )
        before = old.get((message.context, message.text))
        forms = dict.fromkeys((0, 1), "")
        if before and before.msgid_plural == message.plural:
            entry.flags, entry.tcomment = before.flags, before.tcomment
            entry.msgstr, forms = before.msgstr, dict(before.msgstr_plural) or forms
        if language == "en":
            entry.flags, entry.msgstr, forms = [], message.text, {0: message.text, 1: message.plural}
        if message.plural:
            entry.msgstr, entry.msgstr_plural = "", forms
        catalogue.append(entry)
    return catalogue


def _entries(path: Path) -> dict[tuple[str, str], polib.POEntry]:
    """The living entries of a catalogue, by context and text."""
    if not path.exists():
        return {}
    return {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


# --- --check --------------------------------------------------------------------------------------
def faults_in(package: Path) -> list[str]:
    """One line for each text that is missing, untranslated, fuzzy, gone from the code, or translated with
    other placeholders than it has; and for one that two apps translate differently: only one would be shown.
    """
    faults: list[str] = []
    said: dict[tuple[str, str, str], tuple[str, tuple[str, ...]]] = {}
    for app in apps_in(package):
        messages = messages_in(app)
        for language in LANGUAGES:
            path = catalogue_path(app, language)
            where = path.relative_to(package).as_posix()
            entries = _entries(path)
            faults += [
                f"{where}: not in the code any more: {text!r}"
                for _, text in entries.keys() - {(m.context, m.text) for m in messages}
            ]
            for message in messages:
                entry = entries.get((message.context, message.text))
                fault = _fault(message, entry)
                if fault or entry is None:
                    faults.append(f"{where}: {fault}: {message.text!r}")
                    continue
                forms = tuple(_forms(entry))
                first, others = said.setdefault((language, message.context, message.text), (where, forms))
                if forms[0] != others[0]:
                    faults.append(f"{where}: translated differently in {first}: {message.text!r}")
    return sorted(faults)


def _fault(message: Message, entry: polib.POEntry | None) -> str:
    if entry is None:
        return "missing"
    if entry.msgid_plural != message.plural:
        return "another plural in the code"
    if entry.fuzzy:
        return "fuzzy"
    if not _is_translated(entry):
        return "not translated"
    own = [_placeholders(text) for text in (message.text, message.plural) if text]
    # "One person" may leave the number out, as the msgid's own singular does.
    if any(_placeholders(form) not in own for form in _forms(entry)):
        return "other placeholders"
    return ""


def _forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _is_translated(entry: polib.POEntry) -> bool:
    forms = _forms(entry)
    return all(forms) and len(forms) == (2 if entry.msgid_plural else 1)


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))
