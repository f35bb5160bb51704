"""The words of the interface: read once from every app's ``texts/*.yaml``, complete in both languages or not at all.

A file holds ``{key: {nl: ..., en: ...}}``; the full key is the name of the file, a dot, the key. ``{name}`` in a text
is filled in by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps

LANGUAGES = ("nl", "en")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where PyYAML brings it


class WordingError(ValueError):
    """A text is missing or malformed; the message is one sentence with file and key."""


@dataclass(frozen=True)
class Wording:
    """All texts by full key and language."""

    texts: Mapping[str, Mapping[str, str]]

    def say(self, key: str, lang: str, **values: object) -> str:
        """The text in this language (Dutch for a language we do not speak). Raises WordingError for an unknown key."""
        if key not in self.texts:
            raise WordingError(f"There is no text {key!r}: add it to texts/{key.split('.')[0]}.yaml in both languages.")
        text = self.texts[key].get(lang) or self.texts[key]["nl"]
        return text.format_map(values) if values else text


def load(path: Path) -> dict[str, Any]:
    """The mapping in this file. Raises WordingError with the place if it is no YAML mapping."""
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=LOADER)  # noqa: S506  (a safe one)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise WordingError(f"{path.name}, line {line}: not YAML; put a text with : or ? between quotes.") from error
    if not isinstance(data, dict):
        raise WordingError(f"{path.name}: the file must hold a mapping of keys to texts.")
    return data


def read(paths: Iterable[Path]) -> Wording:
    """Read and check these files. Raises WordingError for the first thing that is wrong."""
    texts: dict[str, Mapping[str, str]] = {}
    for path in paths:
        for key, entry in load(path).items():
            full = f"{path.stem}.{key}"
            if full in texts:
                raise WordingError(f"{path.name}: {key} stands in two files called {path.name}: rename one.")
            if not isinstance(entry, dict) or set(entry) != set(LANGUAGES) or not all(entry.values()):
                raise WordingError(f"{path.name}: {key} must have a text for exactly {' and '.join(LANGUAGES)}.")
            texts[full] = {lang: str(text).strip() for lang, text in entry.items()}
    return Wording(texts)


def files() -> list[Path]:
    """The text files of every installed app of ours."""
    ours = [Path(app.path) for app in apps.get_app_configs() if app.name.split(".")[0] == "loket"]
    return [path for folder in ours for path in sorted((folder / "texts").glob("*.yaml"))]


@cache
def wording() -> Wording:
    return read(files())
