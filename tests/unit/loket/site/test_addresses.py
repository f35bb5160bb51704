"""Addresses on a page are worked out once, and are those that Django would make."""

from __future__ import annotations

import uuid

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils.html import escape

from loket.site.context import in_language

ONE = uuid.UUID(int=77)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("casework:work", []), ("casework:person", [ONE]), ("casework:person_fact", [ONE, "danger"]),
        ("casework:fact", [ONE, "form"]), ("casework:person", [str(ONE)]),
    ],
)  # fmt: skip
def test_an_address_is_the_same_as_django_makes(name: str, args: list[object]) -> None:
    names = [f"arg{number}" for number in range(len(args))]
    template = Template("{% url name " + " ".join(names) + " %}")
    said = Context({"name": name, **dict(zip(names, args, strict=True))})
    for _ in range(2):
        assert template.render(said) == escape(reverse(name, args=args))


def test_a_page_leads_to_itself_in_the_other_language() -> None:
    for path, other in (
        (f"/nl/loket/zaken/persoon/{ONE}/", f"/en/loket/zaken/persoon/{ONE}/"), ("/nl/over", "/en/about"),
        ("/nl/", "/en/"),
    ):  # fmt: skip
        request = RequestFactory().get(path)
        request.resolver_match = resolve(path)
        assert in_language(request, "en") == other


def test_a_page_that_is_not_there_leads_to_the_start() -> None:
    assert in_language(RequestFactory().get("/nl/nergens/te/vinden"), "en") == "/en/"
