"""Sentences in both languages: said once a language, with the names of organisations in it."""

from __future__ import annotations

from collections.abc import Callable

from schakel.mechanism.content import Content
from schakel.vocabulary.texts import LANGUAGES, Text, text


def each(say: Callable[[str], str]) -> Text:
    """A text from what is said in each language."""
    return text({lang: say(lang) for lang in LANGUAGES})


def filled(words: Text, **parts: Text) -> Text:
    """A text with its `{part}`s filled in, each in the same language."""
    return each(lambda lang: words(lang).format(**{name: part(lang) for name, part in parts.items()}))


def same(word: str) -> Text:
    """A word that is the same in every language."""
    return each(lambda _: word)


def name_of(content: Content, organisation: str) -> Text:
    """What a kind of organisation, or a kind of finder, is called; the word itself where the content has no name."""
    if organisation in content.organisations:
        return content.organisations[organisation].name
    finder = content.facts["finder"]
    return finder.value(organisation).text if organisation in finder.value_ids else same(organisation)


def title_of(content: Content, duty: str) -> Text:
    """What a duty is called; its id where this content does not know it."""
    return content.duties[duty].title if duty in content.duties else same(duty)
