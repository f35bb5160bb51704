"""Turning the plain data of a content file into frozen objects, with the line of whatever is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from schakel.rules.conditions import Condition, Reader
from schakel.rules.reading import Document, Path
from schakel.vocabulary.errors import BadInput, bad_input
from schakel.vocabulary.periods import Period
from schakel.vocabulary.sources import CERTAINTY, Source
from schakel.vocabulary.texts import LANGUAGES, Text, text

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Item:
    """One mapping inside a document, with its path, so that every complaint names a line."""

    data: dict[str, Any]
    document: Document
    path: Path = ()

    @property
    def where(self) -> str:
        return self.document.where(self.path)

    def need(self, key: str) -> Any:
        """The value under `key`; a sentence when it is missing."""
        if key not in self.data:
            name = self.data.get("id", "this item")
            raise BadInput(f"{name} has no '{key}'", where=self.where, remedy=f"Add '{key}:'")
        return self.data[key]

    def get(self, key: str, default: Any = None) -> Any:
        value = self.data.get(key)
        return default if value is None else value

    def word(self, key: str) -> str:
        return str(self.need(key))

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words; one word stands for a list of one."""
        value = self.get(key, [])
        return tuple(str(entry) for entry in (value if isinstance(value, list) else [value]))

    def text(self, key: str) -> Text:
        """A text that exists in Dutch and in English."""
        return self._text(self.need(key), (*self.path, key))

    def maybe_text(self, key: str) -> Text | None:
        return self.text(key) if self.get(key) is not None else None

    def texts(self, key: str) -> tuple[Text, ...]:
        entries = self.get(key, [])
        return tuple(self._text(entry, (*self.path, key, number)) for number, entry in enumerate(entries))

    def _text(self, value: Any, path: Path) -> Text:
        if not isinstance(value, dict):
            raise BadInput("a text is given by language, as {nl: ..., en: ...}", where=self.document.where(path),
                           remedy="Give both languages")  # fmt: skip
        for tag in LANGUAGES:
            if not str(value.get(tag) or "").strip():
                raise BadInput(f"a text has no '{tag}'", where=self.document.where(path), remedy="Add the translation")
        return text(value, frozenset(self.words("unchecked")))

    def day(self, key: str) -> date | None:
        value = self.get(key)
        return None if value is None else parse_day(value, self.document.where((*self.path, key)))

    def period(self) -> Period:
        return Period(self.day("valid_from"), self.day("valid_to"))

    def item(self, key: str) -> Item:
        return Item(self.need(key), self.document, (*self.path, key))

    def items(self, key: str) -> Iterator[Item]:
        """The mappings of a list, each with its own path."""
        for number, entry in enumerate(self.get(key, [])):
            path = (*self.path, key, number)
            if not isinstance(entry, dict):
                raise BadInput(f"an entry of '{key}' is not a mapping", where=self.document.where(path),
                               remedy="Write '- id: ...'")  # fmt: skip
            yield Item(entry, self.document, path)

    def sources(self, key: str = "sources") -> tuple[Source, ...]:
        return tuple(source(entry) for entry in self.items(key))

    def condition(self, key: str, reader: Reader) -> Condition:
        return reader.read(self.need(key), self.document, (*self.path, key))


def source(item: Item) -> Source:
    """A source; a certainty code that does not exist is refused."""
    certainty = item.word("certainty")
    if certainty not in CERTAINTY:
        raise BadInput(f"'{certainty}' is no certainty code", where=item.where, remedy=f"Use {', '.join(CERTAINTY)}")
    note = item.maybe_text("note") if isinstance(item.get("note"), dict) else None
    return Source(item.word("ref"), certainty, str(item.get("at", "")), str(item.get("row", "")), note)


def parse_day(value: Any, where: str) -> date:
    """A calendar day written as 2023-05-19."""
    try:
        if not _DAY.fullmatch(str(value)):
            raise ValueError
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise bad_input("not-a-day", where, value=value) from error
