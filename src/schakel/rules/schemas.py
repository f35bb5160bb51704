"""Checking a content file against the JSON Schema of its kind; complaints name the line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from schakel.rules.reading import Document
from schakel.rules.reading import Path as Steps
from schakel.vocabulary.errors import BadInput


@lru_cache(maxsize=64)
def validator(folder: Path, kind: str) -> Draft202012Validator | None:
    """The validator of a kind, or None where the kind has no schema."""
    file = folder / f"{kind}.json"
    return Draft202012Validator(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


def complaints(folder: Path, document: Document) -> Iterator[BadInput]:
    """Everything in a document that its schema does not allow, in reading order."""
    kind = str(document.data.get("kind")) if isinstance(document.data, dict) else ""
    found = validator(folder, kind)
    if found is None:
        yield BadInput(f"there is no schema for the kind '{kind}'", where=document.where(), remedy="Correct 'kind:'")
        return
    errors: list[Any] = sorted(found.iter_errors(document.data), key=lambda error: list(map(str, error.absolute_path)))
    for error in errors:
        steps: Steps = tuple(error.absolute_path)
        field = ".".join(map(str, steps)) or "the file"
        yield BadInput(f"{field}: {error.message[:160]}", where=document.where(steps), remedy=f"See schema/{kind}.json")
