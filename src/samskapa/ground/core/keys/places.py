"""Every place in the database that depends on a key: found by walking the models, and named in config/slots.py."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.db.models import Count, F, JSONField, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast, StrIndex, Substr
from django.utils.module_loading import import_string

from .cipher import SCHEME, TOKEN, Closed, close, open_closed
from .fields import BlindIndexField, EncryptedTextField


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """An encrypted field of a model of ours."""

    model: type[Model]
    field: EncryptedTextField

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.field.column}"

    def count(self) -> Counter[str]:
        """Key id -> how many values it closes; "" for what no key closed."""
        return _count_ids(_raw(self.model, self.field.attname), after=f"{SCHEME}.", until=".")

    def not_under(self, key_id: str) -> QuerySet:
        """The rows that another key than `key_id` closed."""
        return _raw(self.model, self.field.attname).exclude(_raw__startswith=f"{SCHEME}.{key_id}.")

    def closed_again(self, row: Any) -> Closed | None:
        """The row's value under the newest key. Raises CannotOpen, UnknownKey."""
        return self.field.closed(Closed(row._raw), row)


@dataclass(frozen=True, slots=True)
class JSONPlace:
    """Texts that somebody else's model keeps within a JSON column; `close` and `open` are for its adapter."""

    label: str  # the model, "app.model"
    column: str

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @property
    def field(self) -> JSONField:
        return cast(JSONField, self.model._meta.get_field(self.column))

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def close(self, text: str) -> str:
        return close(text, place=str(self)).token

    def open(self, token: str) -> str:
        """Raises CannotOpen, UnknownKey."""
        return open_closed(Closed(token), place=str(self))

    def count(self) -> Counter[str]:
        """Key id -> how many rows have a text that it closes."""
        found: Counter[str] = Counter()
        for (text,) in self._rows().values_list("_raw").iterator(chunk_size=1000):
            found.update({token.key_id for token in _tokens(json.loads(text))})
        return found

    def not_under(self, key_id: str) -> QuerySet:
        """The rows that may hold a text that another key closed: what JSON holds is seen in Python."""
        return self._rows()

    def closed_again(self, row: Any) -> Any:
        """The row's JSON with every closed text under the newest key; None where there is nothing to do."""
        before = json.loads(row._raw)
        newest = TOKEN.fullmatch(self.close(""))[1]  # type: ignore[index]
        if {token.key_id for token in _tokens(before)} <= {newest}:
            return None
        return self._again(before, newest)

    def _again(self, value: Any, newest: str) -> Any:
        if isinstance(value, dict):
            return {name: self._again(each, newest) for name, each in value.items()}
        if isinstance(value, list):
            return [self._again(each, newest) for each in value]
        is_old = isinstance(value, str) and Closed(value).key_id not in ("", newest)
        return self.close(self.open(value)) if is_old else value

    def _rows(self) -> QuerySet:
        return _raw(self.model, self.column).filter(_raw__contains=f'"{SCHEME}.')


@dataclass(frozen=True, slots=True)
class TagPlace:
    """A column of blind indexes, ours or somebody else's."""

    label: str
    column: str

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def count(self) -> Counter[str]:
        """Index key id -> how many tags it made."""
        return _count_ids(_raw(self.model, self.column).exclude(_raw=""), after="", until=":")


def encrypted_places() -> list[FieldPlace | JSONPlace]:
    """Every place that holds encrypted texts, in the order of the models."""
    fields: list[FieldPlace | JSONPlace] = [
        FieldPlace(model, field)
        for model, field in _fields(EncryptedTextField)
        if isinstance(field, EncryptedTextField)
    ]
    return fields + [place for place in _named() if isinstance(place, JSONPlace)]


def tag_places() -> list[TagPlace]:
    """Every column of blind indexes."""
    fields = [TagPlace(model._meta.label, field.attname) for model, field in _fields(BlindIndexField)]
    return fields + [place for place in _named() if isinstance(place, TagPlace)]


def _fields(kind: type) -> Iterator[tuple[type[Model], Any]]:
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy and model._meta.managed:
            yield from ((model, field) for field in model._meta.local_fields if isinstance(field, kind))


def _named() -> list[Any]:
    return [import_string(path) for path in settings.SLOTS.get("encrypted_places", [])]


def _raw(model: type[Model], column: str) -> QuerySet:
    """The rows that have something there, with `_raw`: the column as the database holds it."""
    rows = model._base_manager.filter(**{f"{column}__isnull": False}).annotate(_raw=Cast(F(column), TextField()))
    return rows.order_by("pk")


def _count_ids(rows: QuerySet, *, after: str, until: str) -> Counter[str]:
    """How many values name each key id, which stands between `after` and `until`; "" for those that name none."""
    rest = Substr("_raw", len(after) + 1)
    named = rows.filter(_raw__regex=f"^{re.escape(after)}[a-z][0-9]+{re.escape(until)}").order_by()
    ids = named.annotate(_key=Substr(rest, 1, StrIndex(rest, Value(until)) - 1)).values_list("_key")
    found = Counter(dict(ids.annotate(Count("pk"))))
    return +(found + Counter({"": rows.count() - found.total()}))


def _tokens(value: Any) -> Iterator[Closed]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _tokens(each)
    elif isinstance(value, list):
        for each in value:
            yield from _tokens(each)
    elif isinstance(value, str) and TOKEN.fullmatch(value):
        yield Closed(value)
