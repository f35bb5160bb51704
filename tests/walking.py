"""A visitor of the wegwijzer without a browser: reads the form on a page, presses a button, looks at what came back."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from django.test import Client

ADDRESS = {"nl": "/nl/wegwijzer/", "en": "/en/wegwijzer/"}
FORM = ("at", "person", "ask", "tab", "tongue", "asking", "safe")


class Page(HTMLParser):
    """The hidden fields, the values of the buttons and the words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.hidden, self.buttons, self.words = html, {}, [], []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden" and given.get("name") not in self.hidden:
            self.hidden[str(given["name"])] = given.get("value") or ""
        if tag == "button" and given.get("name"):
            self.buttons.append(f"{given['name']}={given['value']}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def facts(self) -> dict[str, Any]:
        return json.loads(self.hidden["facts"])


class Walk:
    """One visit: every `press` sends the fields of the page before it, as a browser would."""

    def __init__(self, lang: str = "nl") -> None:
        self.client, self.lang, self.answers = Client(raise_request_exception=False), lang, 0
        self.take(self.client.get(ADDRESS[lang]))

    def take(self, response: Any) -> Walk:
        self.response, self.page = response, Page(response.content.decode())
        return self

    def send(self, fields: dict[str, Any], **headers: str) -> Walk:
        return self.take(self.client.post(ADDRESS[self.lang], fields, headers=headers))

    def press(self, do: str, **fields: Any) -> Walk:
        carried = {name: self.page.hidden[name] for name in ("facts", *FORM) if name in self.page.hidden}
        self.answers += do.startswith(("answer:", "see:"))
        return self.send({**carried, "do": do, **fields})

    def be(self, finder: str) -> Walk:
        self.answers += 1
        return self.send({"finder": finder})

    def meet(self, facts: dict[str, Any], do: str = "show:plan", **fields: Any) -> Walk:
        """Come in with a facts document, as from a page that was open."""
        return self.send({"facts": json.dumps(facts), "at": "plan", "do": do, **fields})


def plan_of(finder: str, **shared: Any) -> dict[str, Any]:
    """A facts document about one person who was met, with a sign."""
    return {
        "on": "2025-06-01",
        "who": finder,
        "shared": {"indication": "yes", "action": "under_way", **shared},
        "persons": [{"id": "1", "facts": {}}],
    }
