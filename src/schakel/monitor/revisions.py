"""Editions: every edition of a figure is kept, so that an earlier figure never silently changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schakel.disclosure.cells import Key
from schakel.disclosure.protected import ProtectedRelease
from schakel.monitor.refusals import refusal
from schakel.rules.documents import parse_day

Cells = Mapping[tuple[str, Key], int | None]


@dataclass(frozen=True)
class Edition:
    """What one edition printed: for each figure and cell its value, None where it was withheld."""

    name: str
    published: date
    cells: Cells = field(repr=False)


@dataclass(frozen=True)
class Revision:
    """A cell that two editions print differently."""

    figure: str
    key: Key
    earlier: int | None
    later: int | None
    editions: tuple[str, str]


def edition(release: ProtectedRelease, published: date) -> Edition:
    """The edition that a protected release is. Raises `BadInput` for anything else."""
    if not isinstance(release, ProtectedRelease):
        raise refusal("internal")
    cells = {(name, tuple(sorted(row.key))): row.value for name, rows in release.rows.items() for row in rows}
    return Edition(release.spec.name, published, cells)


def keep(kept: Sequence[Edition], new: Edition) -> tuple[Edition, ...]:
    """All editions with a new one, by day; the same one again changes nothing.

    Raises `BadInput` where an edition of that name stands there with other figures: it is never replaced.
    """
    for old in kept:
        if old.name == new.name:
            if old != new:
                raise refusal("same-edition", name=new.name)
            return tuple(kept)
    return tuple(sorted([*kept, new], key=lambda one: (one.published, one.name)))


def revisions(earlier: Edition, later: Edition) -> tuple[Revision, ...]:
    """The cells that both editions have and print differently, in the order of the earlier one."""
    names = (earlier.name, later.name)
    return tuple(
        Revision(figure, key, value, later.cells[figure, key], names)
        for (figure, key), value in earlier.cells.items()
        if (figure, key) in later.cells and later.cells[figure, key] != value
    )


def history(kept: Sequence[Edition], figure: str, key: Key) -> tuple[tuple[str, int | None], ...]:
    """What each edition printed for one cell, in order of publication; editions without it are left out."""
    cell = (figure, tuple(sorted(key)))
    return tuple((one.name, one.cells[cell]) for one in kept if cell in one.cells)


def as_data(kept: Sequence[Edition]) -> list[dict[str, Any]]:
    """Editions as plain data, to be kept as JSON."""
    return [
        {
            "name": one.name,
            "published": one.published.isoformat(),
            "cells": [[figure, [list(part) for part in key], value] for (figure, key), value in one.cells.items()],
        }
        for one in kept
    ]


def from_data(data: Sequence[Mapping[str, Any]], where: str = "editions") -> tuple[Edition, ...]:
    """Editions from plain data; an edition that stands there twice is refused."""
    kept: tuple[Edition, ...] = ()
    for number, one in enumerate(data, start=1):
        try:
            cells = {(figure, tuple((n, c) for n, c in key)): value for figure, key, value in one["cells"]}
            made = Edition(str(one["name"]), parse_day(one["published"], where), cells)
        except (KeyError, TypeError, ValueError) as error:
            problem = {"nl": f"editie {number} is geen editie", "en": f"edition {number} is no edition"}
            raise refusal("line", where, problem=problem) from error
        kept = keep(kept, made)
    return kept
