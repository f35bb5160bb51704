"""A content with some of its parts changed in memory: what a mutant is, and what an editor's draft could be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from schakel.mechanism.content import Content
from schakel.mechanism.model import Duty
from schakel.rules.reading import Document

T = TypeVar("T")

PLAIN = ("facts", "definitions", "unread", "organisations", "powers", "law", "professions", "indicators")
CONDITIONED = ("constraints", "duties", "rights", "goals", "gaps")
"""The tables in which conditions stand: read again when a definition changes."""


class Altered(Content):
    """As the content it was made from, with some tables in place of those in the files.

    Files are read once for all that were made from one another; `fingerprint` is that of the files.
    """

    shelf: dict[str, tuple[Document, ...]]

    def documents(self, folder: str) -> Iterator[Document]:
        if folder not in self.shelf:
            self.shelf[folder] = tuple(super().documents(folder))
        return iter(self.shelf[folder])


def altered(content: Content, **tables: Mapping[str, Any]) -> Altered:
    """`content` with whole tables replaced (`duties=`, `organisations=`, ...); the original stays as it is."""
    out = Altered(content.root)
    kept = PLAIN if "definitions" in tables else (*PLAIN, *CONDITIONED)
    shelf = content.shelf if isinstance(content, Altered) else {}
    out.__dict__.update({name: getattr(content, name) for name in kept} | tables | {"shelf": shelf})
    return out


def without(table: Mapping[str, T], name: str) -> dict[str, T]:
    """A table without one entry."""
    return {key: value for key, value in table.items() if key != name}


def with_duty(content: Content, duty: Duty) -> Altered:
    """`content` with one duty in place of the one with the same id."""
    return altered(content, duties={**content.duties, duty.id: duty})
