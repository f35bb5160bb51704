"""The kinds of organisation that can come to the counter: the holders that the content names."""

from __future__ import annotations

from functools import cache

from schakel.mechanism.content import load


@cache
def kinds(lang: str) -> list[tuple[str, str]]:
    """Id and name of each kind, by name in this language."""
    found = load().organisations
    rows = [(identifier, one.name(lang)) for identifier, one in found.items()]
    return sorted(rows, key=lambda row: row[1].casefold())
