"""Rows written with statements that are made once: the SQL depends on the table, and Django makes it anew each time.

What stands in the columns is what Django would put there; no signal is sent, and no id is read back.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, models

PLAIN: Final = frozenset({str, int, bool, type(None)})
Column = Callable[[Any], Any]
MANY: Final = 40  # rows in one statement: a long one is no faster, and a database takes so many values at a time


def insert(rows: Iterable[Any]) -> None:
    """Put new rows of one table in it."""
    every = list(rows)
    for start in range(0, len(every), MANY):
        some = every[start : start + MANY]
        model, vendor = type(some[0]), connection.vendor
        columns = _columns(model, vendor, _new(model))
        with connection.cursor() as cursor:
            cursor.execute(_insert_sql(model, vendor, len(some)), [column(row) for row in some for column in columns])
    for row in every:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def update(row: Any, *names: str) -> None:
    """Write these fields of a row that is there; all of them where none is named."""
    model, vendor = type(row), connection.vendor
    fields = tuple(model._meta.get_field(name) for name in names) if names else _changeable(model)
    columns = _columns(model, vendor, (*fields, model._meta.pk))
    with connection.cursor() as cursor:
        cursor.execute(_update_sql(model, vendor, fields), [column(row) for column in columns])
        if cursor.rowcount != 1:
            raise DatabaseError("the row that was to be written is not there")


def _new(model: type[models.Model]) -> tuple[Any, ...]:
    """The fields of a new row: the database makes a number for an id by itself."""
    return tuple(one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField))


def _changeable(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(one for one in model._meta.concrete_fields if not one.primary_key)


@lru_cache(maxsize=500)
def _insert_sql(model: type[models.Model], vendor: str, number: int) -> str:
    names = [one.column for one in _new(model)]
    group = f"({', '.join(['%s'] * len(names))})"
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({_listed(names)}) VALUES {', '.join([group] * number)}"  # noqa: S608  (names of our own tables)


@lru_cache(maxsize=500)
def _update_sql(model: type[models.Model], vendor: str, fields: Sequence[Any]) -> str:
    said = ", ".join(f"{_quoted(one.column)} = %s" for one in fields)
    return f"UPDATE {_quoted(model._meta.db_table)} SET {said} WHERE {_quoted(model._meta.pk.column)} = %s"  # noqa: S608


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@lru_cache(maxsize=500)
def _columns(model: type[models.Model], vendor: str, fields: tuple[Any, ...]) -> tuple[Column, ...]:
    return tuple(_column(one) for one in fields)


def _column(field: Any) -> Column:
    """How a field of a row becomes a value of its column: straight where it is plain, as Django does it elsewhere."""
    kind, name = field.target_field if field.is_relation else field, field.attname
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return lambda row: _as_django(field, row)
    if isinstance(kind, models.UUIDField):
        return _native_id(name) if connection.features.has_native_uuid_field else _written_id(name)
    if isinstance(kind, models.CharField | models.TextField | models.IntegerField | models.BooleanField):
        return lambda row: value if type(value := row.__dict__[name]) in PLAIN else _as_django(field, row)
    if isinstance(kind, models.DateField):
        ops = connection.ops
        adapt = ops.adapt_datetimefield_value if isinstance(kind, models.DateTimeField) else ops.adapt_datefield_value
        return lambda row: value if (value := row.__dict__[name]) is None else adapt(value)
    own: Column | None = getattr(field, "column_value", None)  # a field that knows what stands in its column
    return own or (lambda row: _as_django(field, row))


def _native_id(name: str) -> Column:
    return lambda row: value if isinstance(value := row.__dict__[name], uuid.UUID | None) else uuid.UUID(str(value))


def _written_id(name: str) -> Column:
    def column(row: Any) -> str | None:
        value = row.__dict__[name]
        return None if value is None else (value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))).hex

    return column


def _as_django(field: Any, row: Any) -> Any:
    return field.get_db_prep_save(field.pre_save(row, row._state.adding), connection)
