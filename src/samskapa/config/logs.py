"""How a line of the log is written: where something failed, never what people wrote and never a link that lets in."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import format_tb

#: Addresses whose last part is a key: who reads a log must not be able to use it.
_KEYS = re.compile(r"(/konto/inbjudan/|/konto/losenord/nytt/|/konto/ta-over/)[^/\s]+")


class Discreet(logging.Formatter):
    """Leaves out the words of exceptions (a database quotes the row it refused, with name and address) and the keys
    in addresses."""

    def format(self, record: logging.LogRecord) -> str:
        return _KEYS.sub(r"\1...", super().format(record))

    def formatException(self, ei) -> str:  # noqa: N802  # logging's own name
        return "\n".join(_told(ei[1]))


#: What our own lines end with: "mail sent id=7 kind=people/code".
_FIELD = re.compile(r"\b([a-z_]+)=(\S+)")
_NUMBER = re.compile(r"\d{1,15}")


class JSONLines(Discreet):
    """One JSON object a line: time, level, logger, event, and a field for each name=value that the line ends with."""

    def format(self, record: logging.LogRecord) -> str:
        said = _KEYS.sub(r"\1...", record.getMessage())
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": said,
        }
        first = _FIELD.search(said)
        if first and record.name.startswith("samskapa."):
            line["event"] = said[: first.start()].strip()
            fields = {name: value for name, value in _FIELD.findall(said) if name not in line}
            line |= {name: int(value) if _NUMBER.fullmatch(value) else value for name, value in fields.items()}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _told(error: BaseException | None) -> Iterator[str]:
    """Each exception of the chain, the first one first: its frames and its class."""
    if error is None:
        return
    yield from _told(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
    yield "Traceback (most recent call last):"
    yield "".join(format_tb(error.__traceback__)).rstrip()
    yield f"{type(error).__module__}.{type(error).__qualname__}"
