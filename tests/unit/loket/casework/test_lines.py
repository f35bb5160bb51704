"""The lines of the long lists: what is said of each, in both languages, and nothing of it unescaped."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils.translation import override

DAY = date(2026, 3, 10)
ID = uuid.UUID(int=7)


def drawn(tag: str, lang: str = "nl", **said: Any) -> str:
    """One line, its white space folded."""
    with override(lang):
        html = Template(f"{{% load lines %}}{{% {tag} %}}").render(Context({"rows": [SimpleNamespace(id=ID, **said)]}))
    return " ".join(html.split())


def task(**said: Any) -> dict[str, Any]:
    plain = {"state": "open", "due": None, "urgent": False, "moment": "", "holder": "<politie>", "name": "ABCD-EFGH",
             "mine": False, "taken": False, "uncertain": False, "title": "Meld <dit>"}  # fmt: skip
    return plain | said


def test_a_task_says_no_more_than_there_is() -> None:
    html = drawn("task_lines rows 'due'", **task())
    assert html.startswith('<ul class="cw-list"><li class="cw-line">')
    assert f'<a class="nl-link" href="{reverse("casework:task", args=[ID])}">Meld &lt;dit&gt;</a></p>' in html
    assert '<p class="cw-line__more"><span class="cw-name">ABCD-EFGH</span></p>' in html


def test_a_late_task_says_since_when_and_who_has_it() -> None:
    html = drawn("task_lines rows 'to_place'", "en", **task(state="late", due=DAY, urgent=True, taken=True))
    assert 'class="cw-line cw-line--late"' in html
    assert "<strong>" in html.split("cw-line__more")[1]
    assert "10 March 2026" in html
    assert " · &lt;politie&gt; · " in html
    assert html.count(" · ") == 4


def test_a_task_of_a_person_says_its_state() -> None:
    html = drawn("person_task_lines rows", **task(due=DAY, uncertain=True))
    assert "Open · &lt;politie&gt; · 10 maart 2026 · " in html


REFERRAL = {
    "kind": "referral", "purpose": "zorg <regelen>", "name": "ABCD-EFGH", "sender": "A & B", "receiver": "<C>",
    "state": "requested", "said": "gevraagd", "asked_on": DAY, "answer_by": date(2026, 3, 20), "late": False,
    "why_registrar": "",
}  # fmt: skip


def test_a_referral_says_from_whom_to_whom_and_where_it_stands() -> None:
    html = drawn("referral_lines rows", **REFERRAL)
    assert "zorg &lt;regelen&gt;" in html
    assert "A &amp; B <svg" in html
    assert "</span> &lt;C&gt;</p>" in html
    assert "Gevraagd · 10 maart 2026 · " in html
    assert "20 maart" in html
    assert "care-note" not in html
    late = drawn("referral_lines rows", **REFERRAL | {"late": True, "why_registrar": "<niemand>", "state": "expired"})
    assert "cw-line--late" in late
    assert "<span>&lt;niemand&gt;</span>" in late
    assert "20 maart" not in late


@pytest.mark.parametrize(("state", "word"), [("requested", "20 March 2026"), ("refused", "gevraagd")])
def test_a_referral_in_the_work_of_today_says_its_day_or_its_state(state: str, word: str) -> None:
    html = drawn("work_referral_lines rows", "en", **REFERRAL | {"state": state})
    assert "Zorg &lt;regelen&gt;" in html
    assert word in html


PLACE = {"name": "ABCD-EFGH", "sender": "A & B", "shelter": "<C>", "said": "wacht", "state": "waiting", "days": 3,
         "asked_on": DAY, "refusals": 0, "looking": False}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "word"),
    [({}, "3"), ({"days": 1}, "svg"), ({"state": "placed"}, "10 maart 2026"), ({"refusals": 2}, "2"),
     ({"refusals": 1}, "svg"), ({"looking": True}, "care-note")],
)  # fmt: skip
def test_a_request_for_a_place_says_how_long_it_waits_and_how_often_it_was_refused(
    said: dict[str, Any], word: str
) -> None:
    html = drawn("placement_lines rows", **PLACE | said)
    assert "Wacht · " in html
    assert word in html
    assert html.count(" · ") == (2 if said.get("refusals") else 1)


def test_a_registration_says_the_time_of_the_netherlands() -> None:
    said = {"name": "ABCD-EFGH", "named": True, "reporter": "<A>", "found_on": DAY, "urgent": False}
    html = drawn("registration_lines rows", submitted_at=datetime(2026, 3, 10, 8, 5, tzinfo=UTC), **said)
    assert "&lt;A&gt;" in html
    assert "10 maart 2026, 09:05" in html
    assert "09:05" not in drawn("registration_lines rows", submitted_at=None, **said)


TOLD = {"fact": "danger", "name": "Gevaar <nu>", "said": "Ja & nee", "day": None, "source": "<collega>", "said_on": DAY,
        "certainty": "", "guess": False, "old": False, "against": False, "doubt": False}  # fmt: skip


def test_what_was_told_says_who_said_it_and_where_to_change_it() -> None:
    html = drawn("told rows", **TOLD)
    assert "<dt>Gevaar &lt;nu&gt;</dt>" in html
    assert "<dd>Ja &amp; nee <span" in html
    assert '<span class="cw-told__how">&lt;collega&gt;, 10 maart 2026</span> </dd>' in html
    about = "00000000-0000-0000-0000-000000000009"
    with override("nl"):
        page = Template("{% load lines %}{% told rows change='person' about=about %}")
        html = page.render(Context({"rows": [SimpleNamespace(**TOLD)], "about": uuid.UUID(about)}))
        assert f'href="{reverse("casework:person_fact", args=[about, "danger"])}"' in html


def test_what_was_told_and_is_in_doubt_says_so_and_what_is_old_cannot_be_changed() -> None:
    html = drawn("told rows change='shared' about=rows.0.id", **TOLD | {"doubt": True, "old": True, "against": True})
    assert html.count("cw-told__old") == html.count("cw-told__against") == 1
    assert "cw-told__change" not in html
    guess = drawn("told rows", **TOLD | {"doubt": True, "guess": True, "certainty": "guess", "day": DAY})
    assert "<dd>10 maart 2026 <span" in guess
