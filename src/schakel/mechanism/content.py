"""The content of one country, loaded once into frozen objects; each kind only when it is asked for."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from schakel.mechanism import parsing
from schakel.mechanism.model import (
    ConstraintItem,
    Duty,
    Gap,
    Goal,
    Indicator,
    Law,
    Organisation,
    Profession,
    Right,
    Unread,
)
from schakel.mechanism.order import in_time
from schakel.rules.conditions import Condition, Reader
from schakel.rules.documents import Item
from schakel.rules.reading import Document, read
from schakel.vocabulary.errors import bad_input
from schakel.vocabulary.facts import FactTable
from schakel.vocabulary.places import Municipality, Places
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import Text

DUTCH = Path(__file__).parent.parent / "content"
# What a plan rests on; other rooms have content of their own, and a change there changes no plan.
RULES = frozenset({
    "constraints", "definitions", "duties", "facts", "gaps", "goals", "indicators", "law", "organisations", "periods",
    "places", "professions", "rights",
})  # fmt: skip
T = TypeVar("T")


@dataclass(frozen=True)
class Definition:
    """A named condition that rules share; `precaution` marks a rule of caution with its source."""

    id: str
    title: Text
    condition: Condition
    precaution: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, eq=False)
class Content:
    """Everything under one content folder. A broken file is a `BadInput` that names file and line."""

    root: Path

    def documents(self, folder: str) -> Iterator[Document]:
        """The YAML documents of a folder, in order of their names."""
        for path in sorted((self.root / folder).rglob("*.yaml")):
            document = read(path.read_bytes(), path.relative_to(self.root).as_posix())
            if not isinstance(document.data, dict):
                raise bad_input("not-a-mapping", document.name, keys="kind, id, title")
            yield document

    def _each(self, folder: str, make: Callable[[Item], T]) -> dict[str, T]:
        """One object a file, by id; an id that stands twice is refused."""
        return self._by_id((Item(document.data, document) for document in self.documents(folder)), make)

    def _listed(self, folder: str, make: Callable[[Item], T], kind: str = "") -> dict[str, T]:
        """One object an entry of `items`, over all files of a folder (of one kind)."""
        tops = (Item(document.data, document) for document in self.documents(folder))
        items = (item for top in tops if not kind or top.get("kind") == kind for item in top.items("items"))
        return self._by_id(items, make)

    @staticmethod
    def _by_id(items: Iterator[Item], make: Callable[[Item], T]) -> dict[str, T]:
        out: dict[str, T] = {}
        for item in items:
            name = item.word("id")
            if name in out:
                raise bad_input("twice", item.where, name=name)
            out[name] = make(item)
        return out

    @cached_property
    def facts(self) -> FactTable:
        found = []
        for document in self.documents("facts"):
            top = Item(document.data, document)
            found += [parsing.fact(item, top.word("scope")) for item in top.items("items")]
        return FactTable(tuple(found))

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        """Definitions in file order: one may use those above it."""
        conditions: dict[str, Condition] = {}
        reader = Reader(self.facts, conditions)

        def make(item: Item) -> Definition:
            condition = conditions[item.word("id")] = item.condition("condition", reader)
            return Definition(
                item.word("id"), item.text("title"), condition, bool(item.get("precaution")), item.sources()
            )

        return self._listed("definitions", make)

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.facts, {name: entry.condition for name, entry in self.definitions.items()})

    @cached_property
    def constraints(self) -> dict[str, ConstraintItem]:
        return self._listed("constraints", lambda item: parsing.constraint(item, self.reader))

    @cached_property
    def duties(self) -> dict[str, Duty]:
        return self._each("duties", lambda item: parsing.duty(item, self.reader))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Duty ids in the order in which they are done."""
        return in_time(self.duties)

    @cached_property
    def rights(self) -> dict[str, Right]:
        return self._each("rights", lambda item: parsing.right(item, self.reader))

    @cached_property
    def goals(self) -> dict[str, Goal]:
        return self._each("goals", lambda item: parsing.goal(item, self.reader))

    @cached_property
    def gaps(self) -> dict[str, Gap]:
        return self._each("gaps", lambda item: parsing.gap(item, self.reader))

    @cached_property
    def unread(self) -> dict[str, Unread]:
        return self._listed("periods", parsing.unread)

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        return self._listed("organisations", parsing.organisation, kind="organisation")

    @cached_property
    def powers(self) -> dict[str, Text]:
        return self._listed("organisations", lambda item: item.text("name"), kind="power")

    @cached_property
    def law(self) -> dict[str, Law]:
        return self._listed("law", parsing.law)

    @cached_property
    def professions(self) -> dict[str, Profession]:
        return self._listed("professions", parsing.profession)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        out: dict[str, Indicator] = {}
        for document in self.documents("indicators"):
            top = Item(document.data, document)
            for item in top.items("items"):
                if item.word("id") in out:
                    raise bad_input("twice", item.where, name=item.word("id"))
                out[item.word("id")] = parsing.indicator(item, top.word("id"))
        return out

    @cached_property
    def counting(self) -> frozenset[str]:
        """The indicators of which one is enough: not those kept for history, nor those that mean nothing alone."""
        return frozenset(name for name, one in self.indicators.items() if one.counts and not one.not_alone)

    @cached_property
    def places(self) -> Places:
        with (self.root / "places" / "municipalities.csv").open(encoding="utf-8", newline="") as table:
            rows = csv.DictReader(table)
            return Places(tuple(
                Municipality(row["code"], row["name"], row["safety_region_code"], row["safety_region"],
                             row["police_unit"], row["riec"])
                for row in rows
            ))  # fmt: skip

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 over all that a plan rests on, by relative path; scenarios and schemas do not count."""
        digest = hashlib.sha256()
        for path in sorted(self.root.rglob("*.*")):
            relative = path.relative_to(self.root)
            rules = len(relative.parts) == 1 or relative.parts[0] in RULES
            if rules and path.suffix in (".yaml", ".csv"):
                digest.update(relative.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()


def load(root: Path = DUTCH) -> Content:
    """The content under `root`; nothing is read before it is needed, and then once."""
    return _load(root)


@lru_cache(maxsize=4)
def _load(root: Path) -> Content:
    if not (root / "facts").is_dir():
        raise bad_input("no-content", root.name)
    return Content(root)
