"""Tiny content: a folder of a few facts and duties, written as a jurist would, to test and explain one thing at a time.

`Country` fills in whatever a test does not speak of. It always holds the facts that the engine itself knows: `finder`,
`indication`, `age` and `age_doubt`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from schakel.mechanism.assess import Assessment, PersonView, assess
from schakel.mechanism.content import Content
from schakel.mechanism.facts_file import from_data

TODAY = date(2025, 6, 2)  # a Monday
SOURCE = {"ref": "act", "at": "art. 1", "row": "L1", "certainty": "S"}


def text(words: str) -> dict[str, str]:
    return {"nl": f"{words} (nl)", "en": words}


@dataclass
class Country:
    """A content folder in the making; every method returns the country, so that a law reads from top to bottom."""

    root: Path
    files: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fact("finder", "police", "inspector", "citizen")
        self.fact("indication", "yes", "no")
        self.fact("age", "minor", "adult", of="person_or_document")
        self.fact("age_doubt", "none", "may_be_child")

    def put(self, path: str, item: dict[str, Any]) -> Country:
        self.files[path] = item
        return self

    def listed(self, folder: str, kind: str, item: dict[str, Any], **header: Any) -> Country:
        """One more item in the only file of a folder."""
        file = self.files.setdefault(f"{folder}/all.yaml", {"kind": kind, "id": "all", **header, "items": []})
        file["items"] = [one for one in file["items"] if one["id"] != item["id"]] + [item]
        return self

    def fact(self, name: str, *values: str, of: str = "observation", by: tuple[str, ...] = ("everyone",),
             first: tuple[str, ...] = (), **more: Any) -> Country:  # fmt: skip
        """A fact and its values; without values it is the day of an event."""
        choices = [{"id": value, "text": text(value), "phrase": text(f"{name} is {value}")} for value in values]
        item = {"id": name, "name": text(name), "question": text(f"{name}?"), "sources": [SOURCE],
                "ask": {"by": list(by), "of": of, "first": list(first)}}  # fmt: skip
        item |= {"values": choices} if values else {"type": "date"}
        return self.listed("facts", "fact", item | more, scope="person")

    def definition(self, name: str, condition: Any, **more: Any) -> Country:
        item = {"id": name, "title": text(name), "condition": condition, "sources": [SOURCE], **more}
        return self.listed("definitions", "definition", item)

    def never(self, name: str, condition: Any, because: str = "these exclude each other", **more: Any) -> Country:
        item = {"id": name, "never": condition, "reason": text(because), "sources": [SOURCE], **more}
        return self.listed("constraints", "constraint", item)

    def duty(self, name: str, when: Any = None, versions: list[dict[str, Any]] | None = None, **more: Any) -> Country:
        """A duty that holds `when`; `versions` where its text changed in time."""
        item = {
            "kind": "duty", "id": name, "title": text(name), "why_it_matters": text("it matters"), "task": name,
            "part": "lead", "holder": "police", "to": "person", "stage": "safety", "urgent": False, "protective": True,
            "what": text(f"do {name}"), "do_not": [text("do no harm")], "versions": versions or [version(when)],
        }  # fmt: skip
        return self.put(f"duties/{name}.yaml", item | more)

    def right(self, name: str, when: Any, **more: Any) -> Country:
        item = {"id": name, "title": text(name), "plain": text(f"you have {name}"), "applies_when": when}
        return self.put(f"rights/{name}.yaml", item | {"sources": [SOURCE]} | more)

    def gap(self, name: str, when: Any, **more: Any) -> Country:
        item = {"id": name, "title": text(name), "what": text(f"nothing for {name}"), "when": when, "goals": []}
        return self.put(f"gaps/{name}.yaml", item | {"sources": [SOURCE]} | more)

    def unread(self, name: str, first: str, last: str | None, **more: Any) -> Country:
        item = {"id": name, "from": first, "to": last, "applies": "all", "text": text("not read"), "sources": [SOURCE]}
        return self.listed("periods", "period", item | more)

    def indicator(self, name: str, **more: Any) -> Country:
        item = {"id": name, "group": text("group"), "text": text(name), "applies_to": ["all"], "sources": [SOURCE]}
        return self.listed("indicators", "indicator", item | more)

    def content(self) -> Content:
        """The country as content, read from its files."""
        for path, item in self.files.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(item, indent=1), encoding="utf-8")
        return Content(self.root)

    def encounter(self, *, on: date | str = TODAY, **told: Any) -> Assessment:
        """Assess a whole facts document (`who`, `shared`, `persons`, ...)."""
        content, day = self.content(), date.fromisoformat(str(on))
        return assess(content, from_data(content, told, on=day))

    def person(self, *, on: date | str = TODAY, who: str | None = None, **facts: Any) -> PersonView:
        """Assess one person of whom these facts are told."""
        return self.encounter(on=on, who=who, persons=[{"id": "1", "facts": facts}]).persons[0]


def version(when: Any = None, **more: Any) -> dict[str, Any]:
    """A text of a duty: `valid_from`, `valid_to`, `selected_by`, `read`, `strength`, `norm`, `term`."""
    out = {"strength": "must", "norm": "statute", "applies_when": when or {"always": True}, "sources": [SOURCE]} | more
    return out if "term" in out else out | {"no_term": text("as soon as possible")}


def term(length: int, unit: str, starts: str, type: str = "deadline") -> dict[str, Any]:
    """A term of `length` `unit` that starts at an event."""
    return {"starts": starts, "length": length, "unit": unit, "type": type, "text": text(f"{length} {unit}")}


def statuses(view: PersonView) -> dict[str, str]:
    """Duty id: applies, may_apply or does_not_apply."""
    return {outcome.duty.id: outcome.status for outcome in view.duties}
