"""What is kept to ask and read quickly: one cursor a connection, and objects as Django would make them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import signals
from django.test.utils import CaptureQueriesContext

from loket.accounts.models import Organisation
from loket.site.cursors import cursor, database
from loket.site.objects import Read, objects

kept = pytest.mark.usefixtures("database")


@kept
def test_a_connection_keeps_one_cursor_and_a_new_connection_has_its_own() -> None:
    first = cursor(database())
    first.execute("SELECT 1")
    assert first.fetchall()
    assert cursor(database()) is first
    connection.close()
    second = cursor(database())
    assert second is not first
    second.execute("SELECT 2")
    assert [tuple(row) for row in second.fetchall()] == [(2,)]


@kept
def test_where_statements_are_written_down_they_still_are() -> None:
    cursor(database())
    with CaptureQueriesContext(connection) as asked:
        cursor(database()).execute("SELECT 1")
    assert [one["sql"] for one in asked] == ["SELECT 1"]


def test_somebody_who_listens_for_new_objects_hears_of_those_that_were_read() -> None:
    assert isinstance(objects(Organisation), Read)
    heard: list[Any] = []

    def hears(sender: Any, **_: Any) -> None:
        heard.append(sender)

    signals.post_init.connect(hears, sender=Organisation)
    try:
        assert objects(Organisation) is Organisation
    finally:
        signals.post_init.disconnect(hears, sender=Organisation)
    assert isinstance(objects(Organisation), Read)
