"""What every part of the book is written with: the content, the day and the language; and how small things are said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from schakel.mechanism.book.words import REMARKS, WORDS, day_words
from schakel.mechanism.content import Content
from schakel.mechanism.edition import Edition, edition_on
from schakel.mechanism.explain import cited
from schakel.mechanism.model import ANYONE, FINDER, ON, Contact, Duty, Organisation, Version
from schakel.press.blocks import Block, Entry, Items, Line, Paragraph, Span, line, link, soft
from schakel.rules.conditions import NEVER
from schakel.rules.documents import Item
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.periods import Period
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import Text

NO_ORGANISATION = (FINDER, ANYONE, "person")


@dataclass(frozen=True)
class Scribe:
    """Says things of the content as they are on `on`, in `lang`."""

    content: Content
    on: date
    lang: str

    def __call__(self, key: str, **words: str) -> str:
        """A label of the book."""
        return WORDS[key](self.lang).format(**words)

    def say(self, words: Text | None) -> str:
        return words(self.lang) if words else ""

    def day(self, day: date) -> str:
        return day_words(day, self.lang)

    @cached_property
    def edition(self) -> Edition:
        return edition_on(self.content, self.on)

    @cached_property
    def chapters(self) -> dict[str, Item]:
        """The chapters of content/book, by id."""
        tops = (Item(document.data, document) for document in self.content.documents("book"))
        return {item.word("id"): item for top in tops if top.get("id") == "chapters" for item in top.items("items")}

    def chapter(self, name: str) -> tuple[str, tuple[Block, ...]]:
        """The title of a chapter and the paragraphs that open it."""
        title, opening = self.chapter_words(name)
        return title, tuple(Paragraph(line(words)) for words in opening)

    def chapter_words(self, name: str) -> tuple[str, tuple[str, ...]]:
        """The title of a chapter and its opening, as words. Raises `BadInput` where the content has no such chapter."""
        if name not in self.chapters:
            raise BadInput(f"the book has no chapter '{name}'", where="book/chapters.yaml", remedy="Add it")
        item = self.chapters[name]
        return self.say(item.text("title")), tuple(self.say(words) for words in item.texts("intro"))

    @cached_property
    def in_force(self) -> dict[str, tuple[Version, ...]]:
        """The versions of each duty that can count on the day, duties in the order of doing; none left out."""
        duties = (self.content.duties[name] for name in self.content.order)
        return {duty.id: tuple(one for one in duty.versions if self.edition.chosen(one) != NEVER) for duty in duties}

    def holder(self, holder: str) -> str:
        """The name of who has a duty."""
        if holder in NO_ORGANISATION:
            return self(holder)
        organisation = self.content.organisations.get(holder)
        return self.say(organisation.name) if organisation else holder

    def holder_link(self, holder: str) -> Span:
        return link(self.holder(holder), f"#tasks-{holder}")

    def duty_link(self, name: str) -> Span:
        """A duty by its title, leading to how it is done, or to its rule where it is not in force."""
        duty = self.content.duties.get(name)
        if duty is None:
            return Span(name)
        return Span(self.say(duty.title), "page", f"#duty-{name}" if self.in_force[name] else f"#rule-{name}")

    def period(self, period: Period) -> str:
        first = self.day(period.first) if period.first else ""
        last = self.day(period.last) if period.last else ""
        key = "from_to" if first and last else "from" if first else "until" if last else "all_time"
        return self(key, first=first, last=last)

    def selected(self, version: Version) -> str:
        """'by the day of the granting' where not today but an event decides which text counts; '' otherwise."""
        fact = self.content.facts.by_id.get(version.selected_by) if version.selected_by != ON else None
        return self("by_day_of", event=self.say(fact.event)) if fact and fact.event else ""

    def term(self, version: Version) -> str:
        """The term in words, with its start; where there is none, what the source says instead."""
        if version.term is None:
            return self.say(version.no_term)
        event = self.content.facts[version.term.starts].event
        words = self.say(version.term.text)
        return f"{_ended(words)} {self('starts_at', event=self.say(event))}" if event else words

    def source(self, source: Source) -> Line:
        """A source as a citation, with only what is particular to it."""
        remark = REMARKS.get(source.certainty)
        said = [link(cited(self.content, source, self.lang), f"#source-{source.ref}")]
        said += [soft(f" ({self.say(remark)})")] if remark else []
        return line(*said)

    def sources(self, sources: Iterable[Source]) -> Block:
        """The sources of an item, each cited once, with the notes that stand beside it."""
        notes: dict[Line, dict[str, None]] = {}
        for one in sources:
            notes.setdefault(self.source(one), {}).update({self.say(one.note): None} if one.note else {})
        return Items(tuple(Entry(line(*cite, *(soft(f" {note}") for note in said))) for cite, said in notes.items()))

    def contact(self, organisation: Organisation, contact: Contact) -> Line:
        """A way to reach an organisation: what for, number, hours."""
        number = link(contact.phone, phone_link(contact.phone)) if contact.phone else web_link(contact.web)
        hours = self(f"hours:{contact.hours}")
        return line(f"{self.say(contact.purpose)}: ", number, f" ({hours})")

    def texts(self, texts: Iterable[Text], *, ordered: bool = False) -> Items:
        return Items(tuple(Entry(line(self.say(one))) for one in texts), ordered)


def signed(content: Content) -> bool:
    """Whether anybody put their name under a duty."""
    return any(duty.checked_by for duty in content.duties.values())


def web_link(address: str) -> Span:
    """A web address, without what a reader does not need."""
    shown = address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return link(shown, address if "://" in address else f"https://{address}") if address else Span("")


def phone_link(phone: str) -> str:
    """The address that dials; '' where the words are no single number."""
    digits = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    plain = all(sign.isdigit() or sign in "+-() " for sign in phone)
    return f"tel:{digits}" if plain and digits else ""


def strongest(duty: Duty, versions: tuple[Version, ...]) -> Version:
    """The version that a card shows first: one that was read, the last of them."""
    read = [one for one in versions if one.read]
    return (read or list(versions) or list(duty.versions))[-1]


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
