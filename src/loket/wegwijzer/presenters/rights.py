"""What the person must be told, in their own language where there is one; and the card of first words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from loket.wegwijzer.encounter import Encounter
from loket.wegwijzer.presenters.contacts import reach
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
    content, tongue, own = encounter.content, _tongue(encounter), encounter.who == "person_self"
    shown = [
        (right_html(content, right.id, encounter.lang, tongue, own), outcome.status == APPLIES)
        for right, outcome in encounter.view.rights
    ]
    tags = _tags([right.plain for right, _ in encounter.view.rights] + list(first_words(content)))
    return {
        "certain": [right for right, certain in shown if certain],
        "maybe": [right for right, certain in shown if not certain],
        "languages": [{"tag": tag, "name": NAMES.get(tag, tag), "now": tag == tongue} for tag in tags],
        "foreign": tongue not in LANGUAGES,
    }


def card(encounter: Encounter) -> SafeString | None:
    """The card for the visitor's profession; None where the content has none."""
    if encounter.who not in encounter.content.professions:
        return None
    place = encounter.assessment.situation.municipality
    return card_html(encounter.content, encounter.who, encounter.lang, _tongue(encounter), place)


@lru_cache(maxsize=4_096)
def right_html(content: Content, right_id: str, lang: str, tongue: str, own: bool) -> SafeString:
    """One right, as HTML; it holds nothing of any visitor, so it may be kept. `own`: read by the person concerned."""
    right = content.rights[right_id]
    context = {
        "title": right.title(lang),
        "plain": _words(right.plain, tongue),
        "warning": right.warning(lang) if right.warning and not own else "",
        "sources": source_lines(content, right.sources, lang),
    }
    return render_to_string("wegwijzer/right.html", context)


@lru_cache(maxsize=1_024)
def card_html(content: Content, who: str, lang: str, tongue: str, place: str) -> SafeString:
    """The card of one profession, as HTML; as above."""
    profession = content.professions[who]
    where = content.places.index[place.lower()] if place else None
    found = (reach(content, name, lang, where, shut=False) for name in profession.call)
    context = {
        "title": profession.title(lang),
        "say": [words(lang) for words in profession.say],
        "first": [_words(sentence, tongue) for sentence in first_words(content)],
        "foreign": tongue not in LANGUAGES,
        "own": who == "person_self",
        "do": [words(lang) for words in profession.do],
        "do_not": [words(lang) for words in profession.do_not],
        "call": [one for one in found if one is not None],
    }
    return render_to_string("wegwijzer/card.html", context)


@lru_cache(maxsize=4)
def first_words(content: Content) -> tuple[Text, ...]:
    """The few sentences that anybody can show to the person, in every language in which they are there."""
    tops = [document.data.get("first_card") for document in content.documents("professions")]
    return tuple(
        text(sentence, frozenset(top.get("unchecked", ()))) for top in tops if top for sentence in top["sentences"]
    )


def _tongue(encounter: Encounter) -> str:
    """The language chosen for the rights; that of the page where none was, or one that nobody speaks here."""
    return encounter.state.tongue if encounter.state.tongue in NAMES else encounter.lang


def _words(words: Text, tongue: str) -> Words:
    """The text in that language, or in English where it is not there."""
    tag = tongue if tongue in words.by_tag else "en"
    return Words(words(tag), tag, tag in words.unchecked)


def _tags(texts: list[Text]) -> list[str]:
    tags = dict.fromkeys(tag for words in texts for tag in words.tags)
    return [tag for tag in LANGUAGES if tag in tags] + sorted(tag for tag in tags if tag not in LANGUAGES)
