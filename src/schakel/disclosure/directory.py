"""A release directory as texts: what is in it, and what its seal and checksums are worth. It touches no file.

It loads no solver and no arithmetic, so that whoever only shows a release is quick.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from schakel.disclosure.cells_text import read_cells
from schakel.disclosure.protected import ProtectedRelease, Row, reopen
from schakel.disclosure.refusals import refusal
from schakel.disclosure.seal import BROKEN, UNSEEN, digest, state
from schakel.disclosure.signing import Key
from schakel.disclosure.spec import Policy, Spec
from schakel.disclosure.spec_file import parse_spec

CELLS: Final = "cells.csv"
NOTE: Final = "audit.json"
SPEC: Final = "spec.yaml"


@dataclass(frozen=True)
class Directory:
    """A release directory as it was read: nothing in it is trusted yet. `broken` names what does not fit."""

    name: str
    spec: Spec
    note: Mapping[str, Any]
    rows: Mapping[str, tuple[Row, ...]]
    beside: Mapping[str, str | None]
    broken: tuple[str, ...]
    """Of: seal, key (the seal needs one), cells.csv, spec.yaml, other-files."""
    seal: str = UNSEEN
    """What the seal is worth: one of `schakel.disclosure.seal.STATES`."""


def in_texts(texts: Mapping[str, str], name: str, key: Key | None, known: Mapping[str, Policy]) -> Directory:
    """The directory in the texts of its files. Raises `BadInput` when it is none at all."""
    try:
        note = json.loads(texts[NOTE])
        digests = dict(note["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise refusal("no-release", "", name=name, problem=NOTE) from error
    rows, beside = read_cells(texts[CELLS], name)
    spec = parse_spec(texts[SPEC], known, f"{name}/{SPEC}")
    seal = state(note, key)
    broken = ["key"] if seal == UNSEEN else ["seal"] if seal == BROKEN else []
    broken += [each for each in (CELLS, SPEC) if digests.get(each) != digest(texts[each])]
    return Directory(name, spec, note, rows, beside, tuple(broken), seal)


def opened(found: Directory, *, keyless: bool = False) -> ProtectedRelease:
    """The release in a directory that was read; `open_release` says when not."""
    if found.broken == ("key",) and not keyless:
        raise refusal("seal-unseen", "", name=found.name)
    if broken := [part for part in found.broken if part != "key"]:
        raise refusal("not-as-sealed", "", name=found.name, problem=", ".join(broken))
    return reopen(found.spec, found.note, found.rows, found.beside)
