"""Questions that every request asks: their SQL is made once, after that only the values differ.

Making the SQL of a query takes Django five to ten times as long as asking it. A prepared question is written as any
other, as a function that gives a queryset; what it finds is what the queryset finds, on either database.
"""

from __future__ import annotations

import functools
import inspect
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql import UpdateQuery
from django.db.transaction import TransactionManagementError

from loket.site.cursors import cursor, database
from loket.site.objects import objects
from loket.site.objects import quickly as quick_objects
from loket.site.values import quickly, values_of

MOST: Final = 1_024  # values in all: what has more is asked as a plain queryset
_EPOCH: Final = datetime(1971, 1, 1, tzinfo=UTC)


Changed = tuple[QuerySet[Any], dict[str, Any]]


class _Made:
    """A function whose SQL is kept by the database and the shape of its arguments.

    The SQL differs with how long a list is. So a list is made longer to the next power of two by saying its last value
    again, which finds nothing else: a list may stand behind `__in` only.

    Each argument says what it is: an id (which may come as text), a text, bytes, a whole number, a day, a moment, or a
    list of these. A truth or None is no value to put in: it is part of the question, which is then made once for each.
    """

    def __init__(self, make: Callable[..., Any], kind: Callable[..., Any]) -> None:
        functools.update_wrapper(self, make)
        self.make, self.kind = make, kind
        said = inspect.signature(make).parameters.values()
        self.ids = [place for place, one in enumerate(said) if "UUID" in str(one.annotation)]
        self.known: dict[Any, Any] = {}
        self.lock = threading.Lock()

    def _given(self, given: tuple[Any, ...]) -> tuple[Any, ...]:
        """The arguments: an id that came as text as the id that it is, and lists with a length that is known."""
        return tuple(_filled(_id(one) if place in self.ids else one) for place, one in enumerate(given))

    def _sql(self, shape: tuple[Any, ...], given: tuple[Any, ...]) -> Any:
        try:
            return self.known[shape]
        except KeyError:
            with self.lock:
                made = self.known[shape] = self._anew(given)
            return made

    def _anew(self, given: tuple[Any, ...]) -> Any:
        stands_in: list[Any] = []
        try:
            return self.kind(self.make(*[_stand_ins(one, stands_in) for one in given]), stands_in)
        except EmptyResultSet:  # such as a list of nothing: there is nothing to ask
            return None


class Prepared(_Made):
    """A question; see `prepared`."""

    def __call__(self, *given: Any) -> list[Any]:
        """What is found, as a list: objects, or for `values_list` a tuple each."""
        values: list[Any] = []
        given, db = self._given(given), database()
        shape = (db.vendor, *[_shape(one, values) for one in given])
        if len(values) > MOST:
            return list(self.make(*given))
        asked = self._sql(shape, given)
        return asked.found(db, values) if asked else []

    def first(self, *given: Any) -> Any:
        """The first that is found, or None. The question itself says how many rows it reads."""
        return next(iter(self(*given)), None)


class PreparedChange(_Made):
    """A change of rows; see `prepared_change`."""

    def __call__(self, *given: Any) -> int:
        """How many rows were changed."""
        values: list[Any] = []
        given, db = self._given(given), database()
        shape = (db.vendor, *[_shape(one, values) for one in given])
        changed = self._sql(shape, given)
        return int(changed.run(db, values).rowcount) if changed else 0


def prepared(make: Callable[..., QuerySet[Any]]) -> Prepared:
    """Ask this function's queryset with SQL that is made once."""
    return Prepared(make, _Asked)


def prepared_change(make: Callable[..., Changed]) -> PreparedChange:
    """Change the rows of this function's queryset, to the values that it gives by field, with SQL that is made once."""
    return PreparedChange(make, _Change)


class _Sql:
    """The SQL of one shape of a question, and where in it each value goes."""

    def __init__(self, compiler: Any, stands_in: list[Any]) -> None:
        self.compiler = compiler
        self.sql, params = compiler.as_sql()
        adapted = [_adapted(one, database()) for one in stands_in]
        self.params = [_place(one, adapted) for one in params]
        if {place for place, _ in self.params if place is not None} != set(range(len(stands_in))):
            raise ValueError("a value does not come back in the SQL as it went in: ask this as a plain queryset")

    def run(self, db: Any, values: list[Any]) -> Any:
        """The cursor, after the statement."""
        adapted, asked = [_adapted(one, db) for one in values], cursor(db)
        asked.execute(
            self.sql, [fixed if place is None else _as(fixed, adapted[place]) for place, fixed in self.params]
        )
        return asked


class _Asked(_Sql):
    """A question, and how its rows become objects."""

    def __init__(self, rows: QuerySet[Any], stands_in: list[Any]) -> None:
        compiler = rows.query.get_compiler(connection=connection)
        super().__init__(compiler, stands_in)
        self.locks = rows.query.select_for_update
        every = compiler.get_converters([one[0] for one in compiler.select])
        self.read = {place: read for place, (done, _) in every.items() if (read := quickly(done))}
        self.converters = {place: done for place, done in every.items() if place not in self.read}
        self.info = compiler.klass_info if rows._iterable_class is ModelIterable else None
        self.extra = compiler.annotation_col_map or {}
        if self.info:
            fields = self.info["select_fields"]
            self.start, self.end = fields[0], fields[-1] + 1
            self.names = [one[0].target.attname for one in compiler.select[self.start : self.end]]
            self.objects = objects(self.info["model"])
            self.populators = get_related_populators(self.info, compiler.select, DEFAULT_DB_ALIAS)
            quick_objects(self.populators)

    def found(self, db: Any, values: list[Any]) -> list[Any]:
        if self.locks and not db.in_atomic_block:
            raise TransactionManagementError("a row is locked inside a transaction only")
        rows = self.run(db, values).fetchall()
        if self.converters and rows:
            rows = self.compiler.apply_converters(rows, self.converters)
        if self.read and rows:
            rows = values_of(rows, self.read)
        return [self._object(row) for row in rows] if self.info else [tuple(row) for row in rows]

    def _object(self, row: Any) -> Any:
        one = self.objects.from_db(DEFAULT_DB_ALIAS, self.names, row[self.start : self.end])
        for populator in self.populators:
            populator.populate(row, one)
        for name, place in self.extra.items():
            setattr(one, name, row[place])
        return one


class _Change(_Sql):
    """A change of the rows that a question finds."""

    def __init__(self, change: Changed, stands_in: list[Any]) -> None:
        rows, values = change
        query = rows.query.chain(UpdateQuery)
        query.add_update_values(values)
        query.clear_ordering(force=True)
        super().__init__(query.get_compiler(connection=connection), stands_in)


def _id(one: Any) -> Any:
    if isinstance(one, list | tuple):
        return [_id(each) for each in one]
    return UUID(one) if isinstance(one, str) else one


def _filled(one: Any) -> Any:
    if not isinstance(one, list | tuple) or not one:
        return one
    return [*one, *[one[-1]] * ((1 << (len(one) - 1).bit_length()) - len(one))]


def _shape(one: Any, values: list[Any]) -> Any:
    """What of an argument is part of the question; its values are added to the others."""
    if one is None or isinstance(one, bool):
        return one
    if isinstance(one, list | tuple):
        values.extend(one)
        return len(one)
    values.append(one)
    return type(one)


def _stand_ins(one: Any, known: list[Any]) -> Any:
    if one is None or isinstance(one, bool):
        return one
    if isinstance(one, list | tuple):
        return [_stand_ins(each, known) for each in one]
    made: Any = _KINDS[type(one)](len(known) + 1)
    known.append(made)
    return made


# A value that nobody would ask for, of the kind that was given: it shows where in the SQL such a value goes.
_KINDS: Final[dict[type, Callable[[int], Any]]] = {
    UUID: lambda number: UUID(int=(1 << 127) + number),
    bytes: lambda number: f"\u27e6{number}\u27e7".encode(),
    str: lambda number: f"\u27e6{number}\u27e7",
    int: lambda number: 31_000 + number,
    datetime: lambda number: _EPOCH + timedelta(seconds=number),
    date: lambda number: _EPOCH.date() + timedelta(days=number),
}


def _adapted(value: Any, db: Any) -> Any:
    """A value as this database takes it."""
    if isinstance(value, UUID):
        return value if db.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return db.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return db.ops.adapt_datefield_value(value)
    return value


def _place(param: Any, adapted: list[Any]) -> tuple[int | None, Any]:
    """Which value a parameter is, with the parameter itself; no value: it is the same each time."""
    bare = getattr(param, "obj", param)  # what the driver of PostgreSQL wraps bytes in
    return next((place for place, one in enumerate(adapted) if one == bare), None), param


def _as(fixed: Any, value: Any) -> Any:
    """PostgreSQL gives whole numbers a type by the column: the same for the value."""
    return type(fixed)(value) if isinstance(fixed, int) else value
