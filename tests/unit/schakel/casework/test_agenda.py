"""A calendar of days to keep to, and not a word about anybody."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from schakel.casework.agenda import Deadline, calendar

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def test_each_day_is_one_event_of_a_whole_day() -> None:
    days = [Deadline("b", date(2026, 3, 4)), Deadline("a", date(2026, 3, 4)), Deadline("c", date(2026, 2, 28))]
    told = calendar(days, NOW, "nl")
    assert told.count("BEGIN:VEVENT") == told.count("END:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20260304\r\nDTEND;VALUE=DATE:20260305" in told
    assert "UID:a@schakel.invalid" in told
    assert "DTSTAMP:20260301T093000Z" in told


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_words_are_the_same_for_every_event(lang: str) -> None:
    told = calendar([Deadline(str(day), date(2026, 3, day)) for day in (1, 2, 3)], NOW, lang)
    assert len({line for line in told.splitlines() if line.startswith("SUMMARY")}) == 1


def test_lines_are_short_and_end_as_the_standard_wants() -> None:
    told = calendar([Deadline("a", date(2026, 3, 4))], NOW, "nl", address="https://loket.example/" + "é" * 80)
    assert told.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in told.split("\r\n"))
    assert ("https://loket.example/" + "é" * 80) in told.replace("\r\n ", "")
