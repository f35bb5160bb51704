"""FACTS.yaml: the one document in which a situation is told, by a person, a form or the API.

Keys: `on` (a day), `who` (a value of `finder`), `municipality`, `signals` (indicator ids), `shared`
(fact: answer) and `persons` (each with `id`, `facts`, `signals`). An answer is a value, a list of
values (several at once for facts that allow it; otherwise: one of these), a mapping with `value`,
`source`, `said_on` and `certainty`, or a list of such mappings. `unknown` and nothing say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from schakel.mechanism.content import Content
from schakel.mechanism.situation import CERTAINTIES, Claim, Person, Situation
from schakel.rules.documents import parse_day
from schakel.rules.reading import Document, Path, read
from schakel.vocabulary.errors import bad_input
from schakel.vocabulary.facts import Fact

TOP = ("on", "who", "municipality", "signals", "shared", "persons")
OF_PERSON = ("id", "facts", "signals")
ANSWER = ("value", "source", "said_on", "certainty")
MAX_PERSONS = 200


def parse_facts(content: Content, text: str | bytes, *, on: date, name: str = "facts") -> Situation:
    """A situation from YAML or JSON text; `on` is the day where the document names none."""
    return from_document(content, read(text, name), on=on)


def from_document(content: Content, document: Document, *, on: date) -> Situation:
    """A situation from plain data that was read with its lines."""
    return _Teller(content, document).situation(on)


def from_data(content: Content, data: Any, *, on: date, name: str = "request") -> Situation:
    """A situation from plain data without lines (JSON of a request)."""
    return from_document(content, Document(data, {}, name), on=on)


class _Teller:
    """Checks one document against the closed list of facts."""

    def __init__(self, content: Content, document: Document) -> None:
        self.content = content
        self.document = document

    def situation(self, on: date) -> Situation:
        data = self.mapping((), TOP)
        day = parse_day(word(data["on"]), self.at("on")) if data.get("on") is not None else on
        persons = self.each_person(data.get("persons"), day)
        return Situation(
            on=day, who=self.who(data.get("who")), shared=tuple(self.claims(data.get("shared"), ("shared",), day)),
            persons=persons,
            signals=self.signals(data.get("signals"), ("signals",)), municipality=self.place(data.get("municipality")),
        )  # fmt: skip

    def at(self, *path: str | int) -> str:
        return self.document.where(path)

    def mapping(self, path: Path, keys: tuple[str, ...]) -> dict[str, Any]:
        data: Any = self.document.data
        for step in path:
            data = data[step]
        if data is None:
            return {}
        if not isinstance(data, dict):
            raise bad_input("not-a-mapping", self.at(*path), keys=", ".join(keys))
        self.only(data, keys, path)
        return data

    def only(self, data: dict[str, Any], keys: tuple[str, ...], path: Path) -> None:
        for key in data:
            if key not in keys:
                raise bad_input("unknown-key", self.at(*path, key), name=key, keys=", ".join(keys))

    def who(self, value: Any) -> str | None:
        if unknown(value):
            return None
        return self.value(self.content.facts["finder"], value, ("who",))

    def place(self, value: Any) -> str:
        if unknown(value):
            return ""
        return self.content.places.find(word(value), self.at("municipality")).code

    def persons(self, value: Any) -> list[Any]:
        if not isinstance(value, list) or not value:
            raise bad_input("persons-list", self.at("persons"))
        if len(value) > MAX_PERSONS:
            raise bad_input("too-many-persons", self.at("persons"), limit=MAX_PERSONS)
        return value

    def each_person(self, value: Any, on: date) -> tuple[Person, ...]:
        """Every person; one without a name where none is told of."""
        if value is None:
            return (Person("1"),)
        persons = tuple(self.person(("persons", number), number, on) for number in range(len(self.persons(value))))
        if len({person.id for person in persons}) < len(persons):
            raise bad_input("same-person", self.at("persons"))
        return persons

    def person(self, path: Path, number: int, on: date) -> Person:
        data = self.mapping(path, OF_PERSON)
        name = "".join(sign for sign in word(data.get("id")) if sign.isprintable()).strip() if data.get("id") else ""
        claims = tuple(self.claims(data.get("facts"), (*path, "facts"), on))
        return Person(name[:80] or str(number + 1), claims, self.signals(data.get("signals"), (*path, "signals")))

    def signals(self, value: Any, path: Path) -> tuple[str, ...]:
        listed = value if isinstance(value, list) else [] if value is None else [value]
        for number, entry in enumerate(listed):
            if word(entry) not in self.content.indicators:
                raise bad_input("no-indicator", self.at(*path, number), name=word(entry))
        return tuple(map(word, listed))

    def claims(self, value: Any, path: Path, on: date) -> Iterator[Claim]:
        if value is None:
            return
        if not isinstance(value, dict):
            raise bad_input("facts-as-lines", self.at(*path))
        for key, answer in value.items():
            here = (*path, key)
            fact = self.content.facts.find(str(key), self.at(*here))
            if fact.id == "finder":
                raise bad_input("finder-is-who", self.at(*here))
            answers = answer if isinstance(answer, list) and any(isinstance(one, dict) for one in answer) else [answer]
            for one in answers:
                claim = self.claim(fact, one, here)
                if claim is not None:
                    yield self.not_after(claim, on, here)

    def claim(self, fact: Fact, answer: Any, path: Path) -> Claim | None:
        if not isinstance(answer, dict):
            return None if unknown(answer) else self.answered(fact, answer, path)
        self.only(answer, ANSWER, path)
        if unknown(answer.get("value")):
            return None
        claim = self.answered(fact, answer["value"], path)
        said_on = answer.get("said_on")
        certainty = word(answer.get("certainty") or "")
        if certainty and certainty not in CERTAINTIES:
            where = self.at(*path, "certainty")
            raise bad_input("no-certainty", where, value=certainty, allowed=", ".join(CERTAINTIES))
        return replace(
            claim,
            source=word(answer.get("source") or "")[:200],
            certainty=certainty,
            said_on=parse_day(word(said_on), self.at(*path, "said_on")) if said_on else None,
        )

    def answered(self, fact: Fact, answer: Any, path: Path) -> Claim:
        if fact.kind == "date":
            return Claim(fact.id, (), day=parse_day(word(answer), self.at(*path)), where=self.at(*path))
        if fact.kind == "place":
            return Claim(fact.id, (self.place(word(answer)),), where=self.at(*path))
        listed = answer if isinstance(answer, list) else [answer]
        if fact.kind == "choice" and not listed:
            raise bad_input("no-value", self.at(*path), value="[]", fact=fact.id, allowed=", ".join(fact.value_ids))
        values = tuple(dict.fromkeys(self.value(fact, one, path) for one in listed))
        return Claim(fact.id, values, where=self.at(*path))

    def value(self, fact: Fact, answer: Any, path: Path) -> str:
        """The value id for an answer; a number is placed in the value whose range holds it."""
        if isinstance(answer, bool):
            answer = "yes" if answer else "no"
        if isinstance(answer, int):
            for value in fact.values:
                if value.range and value.range[0] <= answer <= value.range[1]:
                    return value.id
        if word(answer) not in fact.value_ids:
            allowed = ", ".join(fact.value_ids)
            raise bad_input("no-value", self.at(*path), value=word(answer), fact=fact.id, allowed=allowed)
        return word(answer)

    def not_after(self, claim: Claim, on: date, path: Path) -> Claim:
        if claim.day is not None and claim.day > on:
            raise bad_input("day-after-on", self.at(*path), fact=claim.fact, on=on)
        return claim


def word(answer: Any) -> str:
    """Any plain data as a word; a number too long to write is no word that anything knows."""
    try:
        return str(answer)
    except ValueError:
        return "?"


def unknown(answer: Any) -> bool:
    """Whether an answer says that nothing is known."""
    return answer is None or answer == "unknown"
