"""Columns that the database cannot read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from ..domain import CannotOpen
from .cipher import OF_NOTHING, Closed, close, open_closed, open_each
from .holder import field_ring


class _OpenedWhenRead(DeferredAttribute):
    """Opens the text when somebody asks the row for it: only then are the row's other columns at hand."""

    field: EncryptedTextField

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Closed):
            value = instance.__dict__[self.field.attname] = self.field.opened(value, instance)
        return value

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class SaysNothing(models.Lookup):
    """Whether the text is "", by how long the closed one is: that much anybody who reads the column sees anyway."""

    lookup_name = "says_nothing"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} {'LIKE' if self.rhs else 'NOT LIKE'} %s", [*params, OF_NOTHING]


class EncryptedTextField(models.TextField):
    """A text, encrypted under the ring of keys, that opens in its own table and column only.

    bound_to: a unique column of the same row that never changes and is known before the row is stored (a uid): then
    it opens in its own row only. Nothing can be filtered by it but `isnull` and `says_nothing`; see `blind_index` for
    exact look-up.
    With `bound_to`, `values()` gives a Closed and `update()` is refused: read and save the row.
    Raises CannotOpen, UnknownKey when read.
    """

    descriptor_class = _OpenedWhenRead

    def __init__(self, *args, bound_to: str = "", **kwargs) -> None:
        self.bound_to = bound_to
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.bound_to:
            kwargs["bound_to"] = self.bound_to
        return name, path, args, kwargs

    # --- what is text and what is closed -----------------------------------------------------------

    def as_text(self, value: Any) -> str:
        return str(value)

    def from_text(self, text: str) -> Any:
        return text

    def place(self, instance: models.Model | None) -> str:
        """Where the text belongs: "table.column", and the row where it is bound to one."""
        return self.place_of(getattr(instance, self.bound_to, None) if self.bound_to else None)

    def place_of(self, bound: Any) -> str:
        """The same, by what the row has in the column that the text is bound to."""
        column = f"{self.model._meta.db_table}.{self.column}"
        if not self.bound_to:
            return column
        if not bound:
            raise CannotOpen(f"{column} is bound to {self.bound_to}: read and save the row itself")
        return f"{column}:{bound}"

    def opened(self, closed: Closed, instance: models.Model | None) -> Any:
        return self.from_text(open_closed(closed, place=self.place(instance)))

    def closed(self, value: Any, instance: models.Model | None) -> Closed:
        """`value` closed by the newest key; what is closed by it already stays as it is."""
        if isinstance(value, Closed):
            if value.key_id == field_ring().newest.id:
                return value
            value = self.opened(value, instance)
        return close(self.as_text(value), place=self.place(instance))

    # --- between Python and the database -----------------------------------------------------------

    def from_db_value(self, value, expression, connection):
        if value is None:
            return None
        return Closed(value) if self.bound_to else self.opened(Closed(value), None)

    def pre_save(self, model_instance, add):
        value = model_instance.__dict__.get(self.attname)
        return None if value is None else self.closed(value, model_instance)

    def get_prep_value(self, value):
        return value

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is None or hasattr(value, "as_sql"):
            return value
        return (value if isinstance(value, Closed) else self.closed(value, None)).token

    def to_python(self, value):
        return value if value is None or isinstance(value, Closed) else self.from_text(self.as_text(value))

    def value_to_string(self, obj):
        raise TypeError(f"{self}: what is encrypted is not written out in clear (dumpdata); use `samskapa backup`")

    # --- what it cannot do -------------------------------------------------------------------------

    def get_lookup(self, lookup_name):
        if lookup_name == SaysNothing.lookup_name:
            return SaysNothing
        if lookup_name != "isnull":
            raise FieldError(f"{self} is encrypted, {lookup_name} finds nothing: store a blind_index beside it")
        return super().get_lookup(lookup_name)

    def check(self, **kwargs):
        problems = super().check(**kwargs)
        if self.unique or getattr(self, "db_index", False):
            problems.append(checks.Error("the same text is another ciphertext each time", obj=self, id="core.E010"))
        if self.bound_to:
            try:
                is_unique = getattr(self.model._meta.get_field(self.bound_to), "unique", False)
            except FieldDoesNotExist:
                is_unique = False
            if not is_unique:
                problems.append(checks.Error("bound_to must name a unique field of the row", obj=self, id="core.E011"))
        return problems


class EncryptedJSONField(EncryptedTextField):
    """What JSON can hold, encrypted as EncryptedTextField is. Dates become ISO texts."""

    # What the type checker takes the values for.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def as_text(self, value: Any) -> str:
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))

    def from_text(self, text: str) -> Any:
        return json.loads(text)

    def to_python(self, value):
        return value


class BlindIndexField(models.CharField):
    """Holds what `blind_index` gives, so that `samskapa keys` counts it."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("max_length", 80)
        super().__init__(*args, **kwargs)


def opened_each(model: type[models.Model], column: str, closed: Iterable[tuple[Any, Closed]]) -> Iterator[str]:
    """The texts of many rows that `values_list` gave closed, each with what it is bound to, in the order given."""
    field = model._meta.get_field(column)
    if not isinstance(field, EncryptedTextField):
        raise TypeError(f"{field} is not encrypted")
    return map(field.from_text, open_each((each, field.place_of(bound)) for bound, each in closed))


def closed_each(model: type[models.Model], column: str, texts: Iterable[tuple[Any, Any]]) -> Iterator[Closed]:
    """Values as the column holds them, each bound to what stands first of the two: for `store_many`."""
    field = model._meta.get_field(column)
    if not isinstance(field, EncryptedTextField):
        raise TypeError(f"{field} is not encrypted")
    return (close(field.as_text(value), place=field.place_of(bound)) for bound, value in texts)


def closed_for(row: models.Model, column: str, value: Any) -> Closed:
    """`value` as `column` of that row may hold it: for `update()` of a column that is bound to its row."""
    field = row._meta.get_field(column)
    if not isinstance(field, EncryptedTextField):
        raise TypeError(f"{field} is not encrypted")
    return field.closed(value, row)
