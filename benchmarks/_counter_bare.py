"""The peer: a bare Django page that asks the database the same and shows it in a plain table.

While a page of ours is made, every query set that is fetched is noted (its model, its query, how it makes objects), and
every other statement with its parameters. The bare page fetches the same query sets through Django's ORM, asks the
other reading statements anew, and adds a plain row where ours wrote an entry of the log; then it fills a template of
its own with the first sixty objects. Around it stand the middlewares of a new Django project that keep no session (the
session and the user are among the queries already). It decides nothing, opens nothing that is sealed and looks up no
words: what ours costs more is the rules, the sealing, the log and the words.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from _counter import Ask
from _tools import cpu_ms
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.db.models.query import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from loket.audit.models import Entry

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]  # fmt: skip
SHOWN = 60
TEMPLATE = Engine().from_string(
    "<!doctype html><title>bare</title><table>{% for one in rows %}<tr><td>{{ one.pk }}</td><td>{{ one }}</td></tr>"
    "{% endfor %}</table>"
)
_noted: list[tuple[str, Any]] = []


@contextmanager
def noting() -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the database inside, in order."""
    found: list[tuple[str, Any]] = []
    inside = False
    fetch = QuerySet._fetch_all

    def noted(rows: Any) -> None:
        nonlocal inside
        if rows._result_cache is None and not inside:
            found.append(("rows", (rows.model, rows.query.chain(), rows._iterable_class, rows._fields)))
            inside = True
            try:
                rows._result_cache = list(rows._iterable_class(rows))
            finally:
                inside = False
        fetch(rows)

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not inside and sql.startswith(("SELECT", "INSERT", "UPDATE")):
            found.append((sql[:6], (sql, params)))
        return execute(sql, params, many, context)

    QuerySet._fetch_all = noted  # type: ignore[method-assign]
    try:
        with connection.execute_wrapper(watch):
            yield found
    finally:
        QuerySet._fetch_all = fetch  # type: ignore[method-assign]


def view(request: HttpRequest) -> HttpResponse:
    """The bare page: the same queries, a plain table."""
    rows: list[Any] = []
    with transaction.atomic():
        for kind, what in _noted:
            if kind == "rows":
                rows += fetched(*what)
            elif kind == "SELECT":
                with connection.cursor() as cursor:
                    cursor.execute(*what)
                    cursor.fetchall()
            elif kind == "INSERT" and "audit_entry" in what[0]:
                plain_row()
    return HttpResponse(TEMPLATE.render(Context({"rows": rows[:SHOWN]})))


def fetched(model: Any, query: Any, iterable: Any, fields: Any) -> list[Any]:
    again = QuerySet(model=model, query=query.chain())
    again._iterable_class, again._fields = iterable, fields
    return list(again)


def plain_row() -> None:
    """One row in the table of the log, of a chain that is no chain."""
    said = secrets.token_hex(32)
    Entry.objects.create(
        chain="bare", number=secrets.randbits(52), at=timezone.now(), event="casework.read", outcome="done", user="",
        client="counter", predecessor=said, digest=said,
    )  # fmt: skip


urlpatterns = [path("bare", view)]


def beside(ask: Ask, rounds: int) -> float | str:
    """CPU milliseconds of the bare page with the queries of this one: the best of some rounds."""
    with noting() as found:
        ask()
    _noted[:] = found
    with override_settings(MIDDLEWARE=MIDDLEWARE, ROOT_URLCONF=__name__):
        handler = WSGIHandler()
        here = Ask(ask.who, "/bare")
        status, _ = here(handler)
        if status != 200:
            return f"status {status}"
        (spent,) = cpu_ms(lambda one: one(handler), [here], rounds * 3)
    return round(spent, 2)
