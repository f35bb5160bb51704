"""The ways in on the start page: who somebody can be, in groups. The names are those of the fact ``finder``.

``settings.LOKET_WAYS_IN`` names the callable that supplies them (language in, groups out).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.conf import settings
from django.utils.module_loading import import_string

ICONS = {"enforcement": "shield", "government": "building", "care": "care", "public": "people"}


@dataclass(frozen=True)
class Way:
    """One answer to "who are you?": the value to send and the words to show."""

    value: str
    label: str


@dataclass(frozen=True)
class Group:
    """Ways that stand together under one heading: the key of its text, and its drawing."""

    id: str
    ways: tuple[Way, ...]

    @property
    def heading(self) -> str:
        return f"start.group_{self.id}"

    @property
    def icon(self) -> str:
        return ICONS.get(self.id, "person")


@cache
def finder_values() -> tuple[dict[str, Any], ...]:
    """The values of the fact ``finder`` as the content has them; none if this content has no such fact."""
    source = files("schakel") / "content" / "facts" / "encounter.yaml"
    if not source.is_file():
        return ()
    items = yaml.safe_load(source.read_text("utf-8"))["items"]
    return tuple(next((item["values"] for item in items if item["id"] == "finder"), ()))


def from_facts(lang: str) -> tuple[Group, ...]:
    """The groups in the order of the content."""
    ways: dict[str, list[Way]] = {}
    for value in finder_values():
        ways.setdefault(value["group"], []).append(Way(value["id"], value["text"][lang]))
    return tuple(Group(group, tuple(members)) for group, members in ways.items())


def ways_in(lang: str) -> tuple[Group, ...]:
    groups: tuple[Group, ...] = import_string(settings.LOKET_WAYS_IN)(lang)
    return groups
