"""A tiny book of sharing rules, written as a jurist would, to test one thing at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

from schakel.networks.decision import Decision
from schakel.networks.model import SharingBook
from schakel.networks.reading import sharing_book
from schakel.networks.sharing import Party, Question, may_share
from schakel.rules.reading import Document

ON = date(2025, 6, 2)
SOURCE = {"ref": "act", "at": "art. 1", "row": "S1", "certainty": "S"}
HEAD = {"why_it_matters": {"nl": "n", "en": "e"}, "authored_by": ["x"], "checked_by": []}


def text(words: str) -> dict[str, str]:
    return {"nl": f"{words} (nl)", "en": words}


def rule(name: str, effect: str = "permits", **more: Any) -> dict[str, Any]:
    """A rule that lets police tell the clinic everything, but for what is said otherwise."""
    plain: dict[str, Any] = {
        "id": name, "effect": effect, "from": ["police"], "to": ["clinic"], "purposes": ["all"], "fields": ["all"],
        "ground": "statute", "because": text(f"because of {name}"), "sources": [SOURCE],
    }  # fmt: skip
    if effect != "permits" or "when" in more:
        plain["next"] = text(f"after {name}")
    return plain | more


FALLBACK = rule("none-known", "forbids", fallback=True, **{"from": ["anyone"], "to": ["anyone"]})


def book(*rules: dict[str, Any], fallback: dict[str, Any] = FALLBACK) -> SharingBook:
    """The book of these rules, with a fallback, over two kinds of data, two purposes and two circumstances."""
    values = [{"id": value, "text": text(f"agreed {value}")} for value in ("yes", "no")]
    documents = [
        {"kind": "sharing-party", "groups": [{"id": "helpers", "name": text("helpers"), "members": ["clinic", "home"]}],
         "others": [{"id": "public", "name": text("the public")}],
         "units": [{"organisation": "police", "unit": "watch", "is": "watchmen"}]},
        {"kind": "sharing-term", "purposes": [{"id": one, "text": text(one)} for one in ("help", "count")],
         "fields": [{"id": "name", "text": text("name"), "facts": ["age"]},
                    {"id": "story", "text": text("story"), "facts": ["form"], "special": True}],
         "grounds": [{"id": one, "text": text(one)} for one in ("statute", "consent")],
         "record": [text("who decided")], "lawyer": text("who checked the ground")},
        {"kind": "sharing-circumstance", "items": [
            {"id": "agreed", "name": text("agreement"), "values": values},
            {"id": "abuse", "name": text("abuse"), "values": values},
            {"id": "about", "derived": True, "name": text("how many"),
             "values": [{"id": one, "text": text(one)} for one in ("one", "several")]},
            {"id": "way", "derived": True, "name": text("way"),
             "values": [{"id": one, "text": text(one)} for one in ("message", "list")]},
            {"id": "receiver_role", "derived": True, "name": text("role"),
             "values": [{"id": one, "text": text(one)} for one in ("researcher", "other")]}]},
        {"kind": "sharing-rule", "items": [*rules, fallback]},
    ]  # fmt: skip
    return sharing_book(
        [Document({"id": "all", **HEAD, **data}, {}, "sharing.yaml") for data in documents],
        ("police", "watchmen", "clinic", "home"),
    )


def ask(from_: SharingBook, sender: str = "police", receiver: str = "clinic", field: str = "name",
        purpose: str = "help", *, role: str = "", unit: str = "", ground: str = "", persons: int = 1,
        way: str = "message", on: date = ON, **circumstances: str) -> Decision:  # fmt: skip
    question = Question(
        Party(sender, unit), Party(receiver, role=role), field, purpose, on, ground, circumstances, persons, way
    )
    return may_share(from_, question)
