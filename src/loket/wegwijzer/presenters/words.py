"""Names, days and certainties as words of the page."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Protocol

from django.utils.formats import date_format

from loket.site.wording import wording
from schakel.mechanism.content import Content
from schakel.mechanism.explain import cited
from schakel.mechanism.model import ANYONE, FINDER
from schakel.vocabulary.sources import CERTAINTY, Source

READ = "S"
PERSON = "person"


class Say(Protocol):
    """A text of the interface by its key, filled in, in one language."""

    def __call__(self, key: str, **values: object) -> str: ...


def sayer(lang: str) -> Say:
    return partial(_say, lang)


def _say(lang: str, key: str, **values: object) -> str:
    return wording().say(key, lang, **values)


def day(value: date | datetime) -> str:
    """A day, or a moment, in the language of the page."""
    return date_format(value, "j F Y, H:i") if isinstance(value, datetime) else date_format(value, "j F Y")


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def holder_name(content: Content, holder: str, who: str, lang: str) -> str:
    """Who must do it. `finder` is the visitor; the person concerned is spoken of as the person, or as you."""
    say = sayer(lang)
    if holder == FINDER or (holder == PERSON and who == "person_self"):
        return say("wegwijzer.you")
    if holder == ANYONE:
        return say("wegwijzer.everybody")
    if holder == PERSON:
        return say("wegwijzer.the_person")
    return content.organisations[holder].name(lang) if holder in content.organisations else holder


def person_label(person_id: str, number: int, lang: str) -> str:
    """A person by number; by its own name only where a document came in with one."""
    say = sayer(lang)
    return say("wegwijzer.person", number=number + 1) if person_id.isdecimal() else person_id


def source_lines(content: Content, sources: tuple[Source, ...], lang: str) -> list[dict[str, str]]:
    """Sources for `theme/source.html`; of certainty only what is particular to the source is said."""
    lines = [
        {
            "name": cited(content, source, lang),
            "web": _address(content, source),
            "certainty": "" if source.certainty == READ else CERTAINTY[source.certainty](lang),
            "note": source.note(lang) if source.note else "",
        }
        for source in sources
    ]
    return [line for number, line in enumerate(lines) if line not in lines[:number]]


def _address(content: Content, source: Source) -> str:
    law = content.law.get(source.ref)
    return law.address if law and law.address.startswith("https://") else ""
