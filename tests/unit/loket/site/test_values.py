"""Values that are read column by column are those that Django makes of them one by one."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from loket.accounts.models import Membership
from loket.site.values import quickly, values_of
from tests.counter import Someone

pytestmark = pytest.mark.usefixtures("database")


def test_what_is_read_is_what_django_reads(database: Any) -> None:
    people = [Someone("finder", f"Organisatie {number}", kind="police") for number in range(2)]
    rows = Membership.objects.order_by("pk").values_list("pk", "organisation", "since", "manages", "until", "unit")
    compiler = rows.query.get_compiler(connection=connection)
    with connection.cursor() as cursor:
        cursor.execute(*compiler.as_sql())
        raw = cursor.fetchall()
    every = compiler.get_converters([one[0] for one in compiler.select])
    readers = {place: read for place, (done, _) in every.items() if (read := quickly(done))}
    assert [tuple(row) for row in values_of(raw, readers)] == list(rows)
    assert len(rows) == len(people)
    assert set(readers) == ({0, 1, 2, 3, 4, 5} if connection.vendor == "sqlite" else set())


def test_an_id_in_many_rows_is_one_object() -> None:
    one, read = uuid.uuid4(), uuid.UUID
    found = values_of([(one.hex, one.hex), (one.hex, None)], {0: read, 1: read})
    assert found == [[one, one], [one, None]]
    assert found[0][0] is found[1][0] is found[0][1]


def test_a_converter_that_is_not_known_is_left_to_django() -> None:
    assert quickly([]) is quickly([str, str]) is quickly([str]) is None


@pytest.mark.parametrize("text", ["2026-03-10 08:05:00", "2026-03-10 08:05:00.000001"])
def test_a_moment_may_come_as_text(text: str, database: Any) -> None:
    if connection.vendor != "sqlite":
        assert not hasattr(connection.ops, "convert_datetimefield_value")
        return
    read = quickly([connection.ops.convert_datetimefield_value])
    assert read is not None
    assert read(text) == datetime.fromisoformat(text).replace(tzinfo=UTC)
