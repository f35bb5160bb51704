"""Where somebody is in the walk: the facts document, and what they look at. All of it travels in the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from loket.wegwijzer import document
from loket.wegwijzer.document import Document

PAGES = ("who", "see", "signals", "plan", "share")


@dataclass(frozen=True)
class State:
    """One moment of the walk. `ask` is a fact somebody chose to tell; `asking` keeps the question open."""

    document: Document
    at: str = "who"
    person: int = 0
    ask: str = ""
    tab: str = ""
    tongue: str = ""
    asking: bool = False
    safe: bool = False

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Names and values of the hidden fields that bring this moment back."""
        return [
            ("facts", document.write(self.document)),
            ("at", self.at),
            ("person", str(self.person)),
            ("ask", self.ask),
            ("tab", self.tab),
            ("tongue", self.tongue),
            ("asking", "1" if self.asking else ""),
            ("safe", "1" if self.safe else ""),
        ]


def read(post: Mapping[str, str], today: str) -> State:
    """The moment that a form brings back; nothing known yet where it brings no document.

    Raises BadInput where the document cannot be read. What is not a place in the walk is the first place.
    """
    text = post.get("facts", "")
    told = document.read(text, today) if text else document.new(today)
    number = post.get("person", "0")
    person = int(number) if number.isdecimal() and len(number) < 4 else 0
    at = post.get("at", "who")
    return State(
        document=told,
        at=at if at in PAGES else "who",
        person=min(person, len(told["persons"]) - 1),
        ask=post.get("ask", ""),
        tab=post.get("tab", ""),
        tongue=post.get("tongue", "")[:12],
        asking=bool(post.get("asking")),
        safe=bool(post.get("safe")),
    )
