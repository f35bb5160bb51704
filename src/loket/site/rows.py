"""Rows written with statements that are made once: the SQL depends on the table, and Django makes it anew each time.

What stands in the columns is what Django would put there; no signal is sent, and no id is read back.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, models

from loket.site.cursors import cursor, database

PLAIN: Final = frozenset({str, int, bool, type(None)})
Column = Callable[[Any], Any]
MANY: Final = 40  # rows in one statement: a long one is no faster, and a database takes so many values at a time


def insert(rows: Iterable[Any]) -> None:
    """Put new rows of one table in it."""
    every, db = list(rows), database()
    for start in range(0, len(every), MANY):
        some = every[start : start + MANY]
        model, vendor = type(some[0]), db.vendor
        columns = _columns(model, vendor)
        values = [column(row) for row in some for column in columns]
        cursor(db).execute(_insert_sql(model, vendor, len(some)), values)
    for row in every:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def update(row: Any, *names: str) -> None:
    """Write these fields of a row that is there; all of them where none is named."""
    db, model = database(), type(row)
    sql, columns = _update(model, db.vendor, names)
    values = [column(row) for column in columns]
    asked = cursor(db)
    asked.execute(sql, values)
    if asked.rowcount != 1:
        raise DatabaseError("the row that was to be written is not there")


def _new(model: type[models.Model]) -> tuple[Any, ...]:
    """The fields of a new row: the database makes a number for an id by itself."""
    return tuple(one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField))


@lru_cache(maxsize=500)
def _insert_sql(model: type[models.Model], vendor: str, number: int) -> str:
    names = [one.column for one in _new(model)]
    group = f"({', '.join(['%s'] * len(names))})"
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({_listed(names)}) VALUES {', '.join([group] * number)}"  # noqa: S608  (names of our own tables)


@lru_cache(maxsize=500)
def _update(model: type[models.Model], vendor: str, names: Sequence[str]) -> tuple[str, tuple[Column, ...]]:
    """The statement that writes these fields of a row (none named: all but its id), and how their values come."""
    meta: Any = model._meta
    fields = [meta.get_field(name) for name in names] or [one for one in meta.concrete_fields if not one.primary_key]
    said = ", ".join(f"{_quoted(one.column)} = %s" for one in fields)
    sql = f"UPDATE {_quoted(meta.db_table)} SET {said} WHERE {_quoted(meta.pk.column)} = %s"  # noqa: S608
    return sql, tuple(map(_column, (*fields, meta.pk)))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@lru_cache(maxsize=500)
def _columns(model: type[models.Model], vendor: str) -> tuple[Column, ...]:
    """How the values of a new row come. By the database, because it decides how a value is written."""
    return tuple(map(_column, _new(model)))


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
