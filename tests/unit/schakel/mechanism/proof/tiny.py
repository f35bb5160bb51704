"""A tiny content with nothing wrong in it, and the same with something planted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from schakel.mechanism.content import Content
from schakel.mechanism.proof import Report, check
from schakel.rules.reading import read

CLEAN = Path(__file__).parent / "content"


@cache
def clean() -> Content:
    """The tiny content as it lies in this folder."""
    return Content(CLEAN)


@cache
def clean_report() -> Report:
    return check(clean())


def planted(folder: Path, changes: Mapping[str, Mapping[str, Any]]) -> Content:
    """A copy of the tiny content with keys replaced: by file, or by file and item (`facts/all#hurt`)."""
    root = Path(shutil.copytree(CLEAN, folder / "content"))
    for where, change in changes.items():
        name, _, item = where.partition("#")
        path = root / f"{name}.yaml"
        data = read(path.read_bytes(), name).data if path.exists() else blank(name)
        part = next(one for one in data["items"] if one["id"] == item) if item else data
        part.update(change)
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(data), encoding="utf-8")  # JSON is YAML, without anchors
    return Content(root)


def blank(name: str) -> dict[str, Any]:
    """The beginning of a new duty, goal, gap or scenario."""
    folder, _, item = name.partition("/")
    text = {"nl": item, "en": item}
    common = {"id": item, "title": text, "why_it_matters": text, "sources": []}
    return (
        common
        | {
            "duties": {
                "task": item,
                "part": "lead",
                "holder": "police",
                "stage": "care",
                "what": text,
                "versions": [version()],
            },
            "goals": {"protects": text, "when": ["possible_victim"], "gaps": []},
            "gaps": {"what": text, "goals": []},
            "scenarios": {"text": text, "rows": []},
        }[folder]
    )


def version(**changes: Any) -> dict[str, Any]:
    """A text of a duty that always reads: must, by statute, for every possible victim."""
    plain = {
        "selected_by": "on", "read": True, "strength": "must", "norm": "statute",
        "applies_when": "possible_victim", "no_term": {"nl": "Snel.", "en": "Soon."}, "sources": [],
    }  # fmt: skip
    return {**plain, **changes}


def kinds(report: Report) -> set[tuple[str, str]]:
    """What was found, by kind and id."""
    return {(finding.kind, finding.id) for finding in report.findings}


def listed(report: Report) -> set[tuple[str, str]]:
    return {(one.kind, one.id) for one in report.listed}
