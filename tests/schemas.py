"""What a command prints as JSON, held against the schema that is published for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMAS = Path(__file__).resolve().parents[1] / "docs" / "reference" / "schema"


def valid(name: str, text: str) -> Any:
    """The data in `text`, once the published schema `name` has nothing against it."""
    data = json.loads(text)
    Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))).validate(data)
    return data
