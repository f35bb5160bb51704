"""The content as plain data in one language: for the API, the site and anyone who reads along."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

from schakel.mechanism.content import Content
from schakel.mechanism.explain import condition_sentence
from schakel.rules.conditions import All, AnyOf, Is
from schakel.vocabulary.periods import Period
from schakel.vocabulary.sources import CERTAINTY, Source
from schakel.vocabulary.texts import Text

LEFT_OUT = frozenset({"file"})
KINDS = ("facts", "duties", "rights", "goals", "gaps", "organisations", "law", "indicators", "municipalities")


@lru_cache(maxsize=32)
def catalogue(content: Content, kind: str, lang: str) -> tuple[dict[str, Any], ...]:
    """Every item of a kind as plain data, to be read and not changed; KeyError for a kind that is none of KINDS."""
    if kind not in KINDS:
        raise KeyError(kind)
    if kind == "municipalities":
        return tuple(plain(content, place, lang) for place in content.places.municipalities)
    return tuple(plain(content, item, lang) for item in getattr(content, kind).values())


def plain(content: Content, item: Any, lang: str) -> Any:
    """A frozen object as plain data: texts in `lang`, conditions as sentences, sources with their certainty."""
    if isinstance(item, Text):
        return item(lang)
    if isinstance(item, Is | All | AnyOf):
        return condition_sentence(content, item, lang)
    if isinstance(item, Period):
        return {"first": plain(content, item.first, lang), "last": plain(content, item.last, lang)}
    if isinstance(item, Source):
        return {**_fields(content, item, lang), "certainty_text": CERTAINTY[item.certainty](lang)}
    if is_dataclass(item):
        return _fields(content, item, lang)
    if isinstance(item, date):
        return item.isoformat()
    if isinstance(item, Enum):
        return item.value
    if isinstance(item, frozenset):
        return sorted(item)
    if isinstance(item, tuple | list):
        return [plain(content, entry, lang) for entry in item]
    return item


def _fields(content: Content, item: Any, lang: str) -> dict[str, Any]:
    names = (field.name for field in fields(item) if field.name not in LEFT_OUT)
    return {name: plain(content, getattr(item, name), lang) for name in names}
