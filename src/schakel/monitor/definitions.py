"""The definitions of the figures, as content: who is counted, when, by what, on what source, and what it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from schakel.monitor.codes import CodeList, codelists
from schakel.monitor.files import content
from schakel.monitor.refusals import refusal
from schakel.rules.documents import Item
from schakel.rules.reading import Document
from schakel.vocabulary.texts import Text

PERSONS, REPORTS, OVERLAPPING = "persons", "reports", "overlapping"
YEAR: Final = "year"
SETS: Final = ("eu", "slachtoffermonitor", "glotip", "sdg", "factsheet", "regions", "reporting")


@dataclass(frozen=True)
class Stated:
    """A source in words, with how sure it is (a code of `schakel.vocabulary.sources`)."""

    source: str
    certainty: str


@dataclass(frozen=True)
class Notion:
    """A notion that figures share: what it is and what it is not."""

    id: str
    title: Text
    what: Text
    is_not: Text
    sources: tuple[Stated, ...]


@dataclass(frozen=True)
class Definition:
    """A figure: counted in `unit` over the population of possible victims by year of registration.

    `unit`: `persons` are additive; `reports` are no persons; `overlapping` counts a person under each reporter, so that
    the sum is more than the total. `by` names the variables, the year first; `where` the codes that a row must have.
    """

    id: str
    title: Text
    sets: tuple[str, ...]
    what: Text
    is_not: Text
    unit: str
    by: tuple[str, ...]
    where: Mapping[str, tuple[str, ...]]
    certainty: str
    sources: tuple[Stated, ...]

    @property
    def lists(self) -> tuple[CodeList, ...]:
        """The code lists of its variables, but for the year."""
        return tuple(codelists()[name] for name in self.by if name != YEAR)


@dataclass(frozen=True)
class Definitions:
    """All notions and figures, and what no source gives."""

    notions: tuple[Notion, ...]
    figures: Mapping[str, Definition]
    not_given: tuple[Text, ...]

    def figure(self, name: str) -> Definition:
        """One figure; `BadInput` for a name that does not exist."""
        if name not in self.figures:
            raise refusal("no-figure", "", value=name, allowed=", ".join(self.figures))
        return self.figures[name]

    def of_set(self, name: str) -> tuple[Definition, ...]:
        """The figures of one set of definitions, such as `eu`."""
        return tuple(one for one in self.figures.values() if name in one.sets)


@lru_cache(maxsize=1)
def definitions() -> Definitions:
    """The definitions as shipped."""
    return parse(content("definitions.yaml"))


def parse(document: Document) -> Definitions:
    """Definitions from plain data; every complaint names the line."""
    top = Item(document.data, document)
    notions = tuple(_notion(item) for item in top.items("notions"))
    figures = {one.id: one for one in (_figure(item) for item in top.items("figures"))}
    return Definitions(notions, figures, tuple(item.text("what") for item in top.items("not_given")))


def _notion(item: Item) -> Notion:
    return Notion(item.word("id"), item.text("title"), item.text("what"), item.text("is_not"), stated(item))


def _figure(item: Item) -> Definition:
    by = item.words("by")
    where = {name: tuple(map(str, codes)) for name, codes in item.get("where", {}).items()}
    for name in (*by, *where):
        if name != YEAR and name not in codelists():
            raise refusal("unknown-code", item.where, value=name, name="by", allowed=", ".join(codelists()))
    for name, codes in where.items():
        codelists()[name].check(codes, item.where)
    return Definition(
        item.word("id"), item.text("title"), item.words("sets"), item.text("what"), item.text("is_not"),
        item.word("unit"), by, where, item.word("certainty"), stated(item),
    )  # fmt: skip


def stated(item: Item) -> tuple[Stated, ...]:
    """The sources of an item of this room's content."""
    return tuple(Stated(one.word("source"), one.word("certainty")) for one in item.items("sources"))
