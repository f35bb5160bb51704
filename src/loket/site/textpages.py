"""Pages that are only text (about, help, privacy, accessibility): data in ``pages/*.yaml``, one template for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from loket.site.wording import LANGUAGES, WordingError, load

PAGES = Path(__file__).resolve().parent / "pages"
# Route name -> the word in the address, by language.
SLUGS: Mapping[str, Mapping[str, str]] = {
    "about": {"nl": "over", "en": "about"},
    "help": {"nl": "help", "en": "help"},
    "privacy": {"nl": "privacy", "en": "privacy"},
    "accessibility": {"nl": "toegankelijkheid", "en": "accessibility"},
}


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, then a list, then links to other text pages (route name, place in the page, words)."""

    id: str
    heading: str
    body: tuple[str, ...]
    points: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class TextPage:
    title: str
    lead: str
    sections: tuple[Section, ...]


def one(text: Mapping[str, str], lang: str, where: str) -> str:
    """The text in this language. Raises WordingError if any of our languages is missing."""
    missing = [each for each in LANGUAGES if not text.get(each)]
    if missing:
        raise WordingError(f"{where}: a text has no {missing[0]}: add it beside the other language.")
    return text[lang]


def section(data: Mapping[str, Any], lang: str, where: str) -> Section:
    body = tuple(one(each, lang, where) for each in data.get("body", ()))
    points = tuple(one(each, lang, where) for each in data.get("points", ()))
    links = tuple((to["to"], to.get("at", ""), one(to["text"], lang, where)) for to in data.get("links", ()))
    return Section(data["id"], one(data["heading"], lang, where), body, points, links)


@cache
def text_page(name: str, lang: str) -> TextPage:
    """One page in one language. Raises WordingError if a text is missing in either language."""
    data = load(PAGES / f"{name}.yaml")
    where = f"pages/{name}.yaml"
    sections = tuple(section(each, lang, where) for each in data["sections"])
    return TextPage(one(data["title"], lang, where), one(data["lead"], lang, where), sections)
