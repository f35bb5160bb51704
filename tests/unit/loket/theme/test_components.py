"""The components, each with the least and the most they can be given."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import override

from loket.site.sample import DUTY, FIELDS, NOT


def rendered(template: str, **context: Any) -> str:
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    ("status", "word"), [("applies", "Geldt"), ("may_apply", "Kan gelden"), ("does_not_apply", "Geldt niet")]
)
def test_a_status_is_a_word_and_a_drawing_never_a_colour_alone(status: str, word: str) -> None:
    html = render_to_string("theme/badge.html", {"status": status})
    assert f"<span>{word}</span>" in html
    assert "<svg" in html


def test_a_status_speaks_english_too() -> None:
    with override("en"):
        assert "May apply" in render_to_string("theme/badge.html", {"status": "may_apply"})


def test_an_alert_wraps_what_stands_in_it() -> None:
    html = rendered('{% alert "danger" title=title level=3 %}<p>{{ text }}</p>{% endalert %}', title="<b>", text="<i>")
    assert "<p>&lt;i&gt;</p>" in html
    assert "&lt;b&gt;</h3>" in html
    assert "utrecht-alert--error" in html


def test_details_are_closed_until_asked_for() -> None:
    assert '<details class="sk-details">' in rendered('{% details "Meer" %}x{% enddetails %}')
    assert "open" in rendered('{% details "Meer" open=True %}x{% enddetails %}')


def test_a_telephone_number_can_be_pressed() -> None:
    contact = {"name": "A", "phone": "0900 8844", "hours": "dag en nacht"}
    assert 'href="tel:09008844"' in render_to_string("theme/contact.html", {"contact": contact})


def test_an_answer_can_always_be_that_one_does_not_know() -> None:
    html = render_to_string("theme/field.html", {"field": FIELDS[0]})
    assert 'value="unknown"' in html
    assert "Weet ik niet" in html
    assert html.index("Het derde antwoord") < html.index("Weet ik niet")


@pytest.mark.parametrize("field", FIELDS, ids=[field["kind"] for field in FIELDS])
def test_what_describes_a_field_exists(field: dict[str, Any]) -> None:
    html = render_to_string("theme/field.html", {"field": field})
    for part in ("hint", "warning", "error"):
        assert (f'id="{field["id"]}-{part}"' in html) == bool(field.get(part))
    assert html.count(f'id="{field["id"]}"') == 1


def test_a_duty_says_what_when_who_how_and_what_not() -> None:
    html = render_to_string("theme/duty.html", {"duty": DUTY})
    for words in (DUTY["what"], DUTY["holder"], DUTY["when"], *DUTY["steps"], *DUTY["do_not"], DUTY["because"]):
        assert words in html
    assert "Doe dit niet" in html


def test_a_duty_without_more_shows_no_empty_parts() -> None:
    html = render_to_string("theme/duty.html", {"duty": NOT})
    assert "Doe dit niet" not in html
    assert "<ol" not in html


def test_hidden_answers_travel_in_the_form() -> None:
    html = render_to_string("theme/hidden_fields.html", {"fields": [("age", '"17"')]})
    assert html.strip().endswith('<input type="hidden" name="age" value="&quot;17&quot;">')


def test_the_language_switch_of_a_form_posts_the_same_answers() -> None:
    context = {
        "fields": [("age", "17")],
        "lang": "nl",
        "languages": [("nl", "Nederlands", "/nl/x"), ("en", "English", "/en/x")],
    }
    html = render_to_string("theme/language_form.html", context)
    assert 'method="post"' in html
    assert 'formaction="/en/x"' in html
    assert 'value="17"' in html


def test_answers_are_escaped_and_each_has_a_label_of_its_own() -> None:
    said = [{"value": '"<', "label": "<b>", "checked": True, "hint": "<i>"}, {"value": 2, "label": "twee"}]
    for kind in ("radio", "checkboxes", "select"):
        html = rendered("{% answers field %}", field={"kind": kind, "name": "n", "id": "i", "options": said})
        assert 'value="&quot;&lt;"' in html
        assert "<b>" not in html
        assert html.count(" selected" if kind == "select" else " checked") == 1
    assert 'for="i-2"' in rendered(
        "{% answers field %}", field={"kind": "radio", "name": "n", "id": "i", "options": said}
    )


def test_options_of_a_list_mark_the_one_that_was_chosen() -> None:
    html = rendered("{% options pairs 'b' %}", pairs=[("a", "A&B"), ("b", "B")])
    assert '<option value="a">A&amp;B</option>' in html
    assert '<option value="b" selected>B</option>' in html


@pytest.mark.parametrize("field", FIELDS, ids=[field["kind"] for field in FIELDS])
def test_a_field_that_is_drawn_once_is_the_same_as_a_field_of_its_own(field: dict[str, Any]) -> None:
    plain = {**field, "error": "", "warning": ""}
    for said in (field, plain, {**plain, "unknown": None}, {**plain, "unknown": None, "value": "<ander>"}):
        assert rendered("{% field said %}", said=said) == render_to_string("theme/field.html", {"field": said})


def test_an_answer_to_one_field_never_shows_in_the_next() -> None:
    said = {"kind": "text", "name": "n", "id": "i", "legend": "Naam"}
    assert "geheim" in rendered("{% field said %}", said={**said, "value": "geheim"})
    with override("en"):
        assert "geheim" not in rendered("{% field said %}", said={**said, "value": None})
    assert "geheim" not in rendered("{% field said %}", said=said)


def test_what_stands_in_details_is_escaped_once() -> None:
    html = rendered("{% details summary %}<p>{{ text }}</p>{% enddetails %}", summary="<b>", text="<i>")
    assert "<span>&lt;b&gt;</span>" in html
    assert "<p>&lt;i&gt;</p>" in html


def test_a_style_and_a_script_name_their_file() -> None:
    assert rendered('{% style "a/b.css" %}') == '<link rel="stylesheet" href="/static/a/b.css">'
    assert rendered('{% script "a/b.js" %}') == '<script src="/static/a/b.js" defer></script>'
