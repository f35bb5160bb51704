"""Texts by language tag: Dutch and English always, any other language as an extra."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in several languages; `unchecked` names the tags nobody has checked."""

    by_tag: Mapping[str, str] = field(hash=False)
    unchecked: frozenset[str] = frozenset()

    def __call__(self, lang: str) -> str:
        """The text in `lang`; in English, then Dutch, where that language is missing."""
        return self.by_tag.get(lang) or self.by_tag.get("en") or self.by_tag["nl"]

    @property
    def tags(self) -> tuple[str, ...]:
        """The language tags in which the text exists, Dutch and English first."""
        rest = sorted(set(self.by_tag) - set(LANGUAGES))
        return tuple(tag for tag in (*LANGUAGES, *rest) if tag in self.by_tag)


def text(by_tag: Mapping[str, str], unchecked: frozenset[str] = frozenset()) -> Text:
    """A `Text` from a plain mapping, white space folded."""
    return Text({tag: " ".join(str(words).split()) for tag, words in by_tag.items()}, unchecked)
