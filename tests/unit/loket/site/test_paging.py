"""A long list in pages: which rows, how many in all, and what the page says of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import translation

from loket.site import paging
from loket.site.prepared import prepared
from loket.theme.templatetags import theme  # noqa: F401  (its tags stand in the template)

ROWS = list(range(1, 61))


def shown(page: paging.Page[int], keep: str = "", lang: str = "nl") -> str:
    from django.template.loader import render_to_string

    with translation.override(lang):
        return " ".join(render_to_string("theme/pages.html", {"page": page, "keep": keep}).split())


def test_a_page_holds_its_own_rows_and_knows_what_is_before_and_after() -> None:
    first, second, last = (paging.cut(ROWS, number) for number in (1, 2, 3))
    assert (first.rows, first.before, first.after) == (tuple(range(1, 26)), 0, 2)
    assert (second.first, second.last, second.before, second.after) == (26, 50, 1, 3)
    assert (last.rows[0], last.last, last.after) == (51, 60, 0)


def test_the_page_says_which_rows_these_are_and_keeps_what_was_asked() -> None:
    html = shown(paging.cut(ROWS, 2), "stand=closed&")
    assert "26 tot en met 50 van 60" in html
    assert 'href="?stand=closed&amp;bladzijde=1"' in html
    assert 'href="?stand=closed&amp;bladzijde=3"' in html
    assert "26 to 50 of 60" in shown(paging.cut(ROWS, 2), lang="en")


def test_a_list_of_one_page_says_nothing_of_pages() -> None:
    assert shown(paging.cut(ROWS[:25], 1)) == ""


def test_a_count_that_stopped_is_told_as_such_and_one_that_was_not_made_is_left_out() -> None:
    many = paging.Page(tuple(ROWS[:25]), 1, paging.COUNTED + 1, more=True)
    assert "1 tot en met 25 van meer dan 1.000" in shown(many)
    unknown = paging.Page(tuple(ROWS[:25]), 1, -1, more=True)
    assert "1 tot en met 25<" in shown(unknown)


def test_a_page_after_the_last_says_so_and_leads_back() -> None:
    html = shown(paging.cut(ROWS, 7))
    assert "Op deze bladzijde staat niets" in html
    assert "bladzijde=6" in html


@pytest.mark.parametrize(
    ("typed", "number"), [("", 1), ("3", 3), ("0", 1), ("-2", 1), ("x", 1), ("²", 1), ("99999999", 1), ("10000", 9999)]
)
def test_what_is_no_page_is_the_first(typed: str, number: int) -> None:
    assert paging.asked(RequestFactory().get("/", {"bladzijde": typed})) == number


@pytest.mark.usefixtures("database")
def test_totals_stop_counting_and_parts_come_together_in_order() -> None:
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    now = timezone.now()
    Session.objects.bulk_create(
        Session(session_key=f"{number:04}", session_data="a" if number % 2 else "b",
                expire_date=now + timedelta(seconds=number))
        for number in range(1_100)
    )  # fmt: skip
    rows = Session.objects.all()
    parts = {"odd": [rows.filter(session_data="a")], "all": [rows], "none": [rows.filter(session_data="c")]}
    one = Session.objects.filter(session_key="0000")
    numbers = prepared(lambda: paging.totals(one, parts))()[0]
    assert paging.summed(dict.fromkeys(parts, 1), numbers) == {"odd": 550, "all": paging.COUNTED + 1, "none": 0}
    both = [rows.filter(session_data="a"), rows.filter(session_data="b")]
    assert [pk for pk, _ in paging.merged(both, "-expire_date", 1, 3)] == ["1099", "1098", "1097", "1096"]
    assert [pk for pk, _ in paging.merged(both, "expire_date", 2, 3)] == ["0003", "0004", "0005", "0006"]
    assert paging.read(rows.order_by("expire_date"), 44).rows[-1].session_key == "1099"
    assert paging.read(rows.order_by("expire_date"), 2).many
