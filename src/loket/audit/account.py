"""The log as sentences, for the person concerned: who looked or did what, when, for what, and on which ground."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.module_loading import import_string

from loket.site.wording import wording

Names = Callable[[Iterable[str]], Mapping[str, str]]


def names(ids: Iterable[str]) -> Mapping[str, str]:
    """Names of organisations by id, from the room that knows them (``settings.LOKET_NAMES``)."""
    supply: Names = import_string(settings.LOKET_NAMES)
    return supply(ids)


def sentences(entries: Iterable[Mapping[str, Any]], lang: str) -> list[str]:
    """One sentence an entry, in this language. People are told by role and organisation, not by name."""
    rows = list(entries)
    known = names({row["organisation"] for row in rows if row["organisation"]})
    return [sentence(row, known, lang) for row in rows]


def sentence(row: Mapping[str, Any], known: Mapping[str, str], lang: str) -> str:
    """When, who, what; then for what and on which ground, as far as it was recorded."""
    when = moment(row["at"], lang)
    parts = [_said("audit.refused" if row["outcome"] == "refused" else "audit.done", lang, when=when,
                   who=_who(row, known, lang), did=_event(row["event"], lang))]  # fmt: skip
    for name in ("purpose", "ground", "relation"):
        if row[name]:
            parts.append(_said(f"audit.{name}", lang, value=_code(name, row[name], lang)))
    if row["emergency"]:
        parts.append(_said("audit.emergency", lang))
    return " ".join(parts)


def moment(at: Any, lang: str) -> str:
    """A day and a time as people write them, in the time of the Netherlands."""
    with translation.override(lang):
        local = timezone.localtime(at)
        return f"{formats.date_format(local, 'j F Y')}, {local:%H:%M}"


def _who(row: Mapping[str, Any], known: Mapping[str, str], lang: str) -> str:
    role = _code("role", row["role"], lang) if row["role"] else _said("audit.somebody", lang)
    where = known.get(row["organisation"])
    return _said("audit.of", lang, role=role, organisation=where) if where else role


def _event(event: str, lang: str) -> str:
    key = f"events.{event.replace('.', '_')}"
    texts = wording().texts
    return texts[key][lang] if key in texts else _said("audit.something", lang, event=event)


def _code(kind: str, code: str, lang: str) -> str:
    """The words for a code, or the code as it stands where no room has words for it."""
    texts = wording().texts
    return texts.get(f"codes.{kind}_{code}", {}).get(lang, code)


def _said(key: str, lang: str, **values: object) -> str:
    return wording().say(key, lang, **values)
