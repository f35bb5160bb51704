"""What the person must be told, in their own language where there is one; and the card of first words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from loket.wegwijzer.encounter import Encounter
from loket.wegwijzer.presenters.contacts import Reach, reach
from loket.wegwijzer.presenters.words import source_lines
from schakel.mechanism.content import Content
from schakel.rules.outcome import APPLIES
from schakel.vocabulary.texts import LANGUAGES, Text, text

# How speakers call their own language; a tag that is not here is shown as it is.
NAMES = {
    "nl": "Nederlands", "en": "English", "ar": "العربية", "bg": "Български", "es": "Español", "fr": "Français",
    "hu": "Magyar", "pl": "Polski", "pt": "Português", "ro": "Română", "ru": "Русский", "tr": "Türkçe",
    "uk": "Українська", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


@dataclass(frozen=True)
class Words:
    """A text in the language in which it is there; `tag` says which that is."""

    text: str
    tag: str
    unchecked: bool

    @property
    def direction(self) -> str:
        return "rtl" if self.tag in RIGHT_TO_LEFT else "ltr"


def rights(encounter: Encounter) -> dict[str, Any]:
    """The rights of the person on the page, and the languages in which they can be shown."""
    tongue = _tongue(encounter)
    held = sorted(encounter.view.rights, key=lambda pair: pair[1].status != APPLIES)
    shown = [
        {
            "title": right.title(encounter.lang),
            "plain": _words(right.plain, tongue),
            "certain": outcome.status == APPLIES,
            "warning": right.warning(encounter.lang) if right.warning else "",
            "sources": source_lines(encounter.content, right.sources, encounter.lang),
        }
        for right, outcome in held
    ]
    tags = _tags([right.plain for right, _ in held] + list(first_words(encounter.content)))
    return {
        "certain": [right for right in shown if right["certain"]],
        "maybe": [right for right in shown if not right["certain"]],
        "languages": [{"tag": tag, "name": NAMES.get(tag, tag), "now": tag == tongue} for tag in tags],
        "tongue": tongue,
        "foreign": tongue not in LANGUAGES,
        "unchecked": any(right["plain"].unchecked for right in shown),
    }


def card(encounter: Encounter) -> dict[str, Any] | None:
    """The card for the visitor's profession; None where the content has none."""
    content, lang, tongue = encounter.content, encounter.lang, _tongue(encounter)
    profession = content.professions.get(encounter.who)
    if profession is None:
        return None
    return {
        "title": profession.title(lang),
        "say": [words(lang) for words in profession.say],
        "first": [_words(sentence, tongue) for sentence in first_words(content)],
        "foreign": tongue not in LANGUAGES,
        "do": [words(lang) for words in profession.do],
        "do_not": [words(lang) for words in profession.do_not],
        "call": list(_call(encounter, profession.call)),
    }


@lru_cache(maxsize=4)
def first_words(content: Content) -> tuple[Text, ...]:
    """The few sentences that anybody can show to the person, in every language in which they are there."""
    tops = [document.data.get("first_card") for document in content.documents("professions")]
    return tuple(
        text(sentence, frozenset(top.get("unchecked", ()))) for top in tops if top for sentence in top["sentences"]
    )


def _call(encounter: Encounter, organisations: tuple[str, ...]) -> Iterable[Reach]:
    for name in organisations:
        found = reach(encounter.content, name, encounter.lang, encounter.place, shut=False)
        if found is not None:
            yield found


def _tongue(encounter: Encounter) -> str:
    return encounter.state.tongue or encounter.lang


def _words(words: Text, tongue: str) -> Words:
    """The text in that language, or in English where it is not there."""
    tag = tongue if tongue in words.by_tag else "en"
    return Words(words(tag), tag, tag in words.unchecked)


def _tags(texts: list[Text]) -> list[str]:
    tags = dict.fromkeys(tag for words in texts for tag in words.tags)
    return [tag for tag in LANGUAGES if tag in tags] + sorted(tag for tag in tags if tag not in LANGUAGES)
