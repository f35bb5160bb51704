"""The plan as plain text: for the terminal, for sharing and for the README. It holds no fact about a person."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any, Final

from schakel.mechanism.content import Content
from schakel.vocabulary.texts import Text, text

WIDTH: Final = 100
HEADS: Final = {
    name: text({"nl": dutch, "en": english})
    for name, dutch, english in (
        ("yours", "Wat u doet", "What you do"),
        ("others", "Wat anderen doen", "What others do"),
        ("may_apply", "Kan ook gelden", "May apply too"),
        ("does_not_apply", "Geldt niet", "Does not apply"),
        ("question", "Volgende vraag", "Next question"),
        ("gaps", "Hier laat de wet een gat", "Here the law leaves a gap"),
        ("conflicts", "Tegenstrijdig verteld", "Told in contradiction"),
        ("due", "uiterlijk", "by"),
        ("unsigned", "Niemand heeft deze inhoud nog gecontroleerd.", "Nobody has checked this content yet."),
        ("hangs", "{n} plichten hangen hiervan af", "{n} duties hang on this"),
        ("counted", "{n} plichten gelden niet", "{n} duties do not apply"),
        ("depends", "hangt af van {facts}", "depends on {facts}"),
        ("urgent", "METEEN", "AT ONCE"),
        ("must", "moet", "must"),
        ("should", "hoort", "should"),
        ("may", "mag", "may"),
        ("person", "Persoon", "Person"),
        ("finder", "u", "you"),
        ("anyone", "iedereen", "anyone"),
        ("the-person", "de persoon zelf", "the person"),
    )
}


def plan_text(content: Content, plan: dict[str, Any], lang: str, *, width: int = WIDTH, full: bool = False) -> str:
    """The plan as lines of text; `full` adds how, what not to do, and what does not apply."""
    return "\n".join(_Sheet(content, lang, width, full).lines(plan)) + "\n"


class _Sheet:
    def __init__(self, content: Content, lang: str, width: int, full: bool) -> None:
        self.content, self.lang, self.width, self.full = content, lang, width, full

    def head(self, name: str) -> str:
        return HEADS[name](self.lang)

    def lines(self, plan: dict[str, Any]) -> Iterator[str]:
        for notice in plan["notices"]:
            yield from self.wrap(notice["text"], "! ")
        if plan["unsigned"]:
            yield f"! {self.head('unsigned')}"
        for person in plan["persons"]:
            yield ""
            title = f"{self.head('person')}: {person['id']}"
            yield from (title, "=" * len(title))
            yield from self.person(person)

    def person(self, person: dict[str, Any]) -> Iterator[str]:
        applies = [duty for duty in person["duties"] if duty["status"] == "applies"]
        for name, duties in (
            ("yours", [d for d in applies if d["yours"]]),
            ("others", [d for d in applies if not d["yours"]]),
        ):
            if duties:
                yield from ("", self.head(name))
                for duty in duties:
                    yield from self.duty(duty)
        yield from self.undecided([duty for duty in person["duties"] if duty["status"] == "may_apply"])
        out = [duty for duty in person["duties"] if duty["status"] == "does_not_apply"]
        if self.full and out:
            yield from ("", self.head("does_not_apply"))
            for duty in out:
                yield from self.wrap(f"{duty['title']}. {duty['because']} {duty['caution']}".rstrip(), "  - ")
        yield from self.gaps(person["gaps"])
        for conflict in person["conflicts"]:
            yield f"{self.head('conflicts')}: {self.content.facts[conflict['fact']].name(self.lang)}"
        yield from self.question(person["next_question"])

    def duty(self, duty: dict[str, Any]) -> Iterator[str]:
        mark = f"{self.head('urgent')}: " if duty["urgent"] else ""
        who = f"{self.holder(duty['holder'])} {self.head(duty['strength'])}"
        when = f"; {self.head('due')} {duty['due_unextended']}" if duty["due_unextended"] else ""
        yield from self.wrap(f"{mark}{duty['title']} ({who}{when})", "  * ")
        yield from self.wrap(duty["what"], "      ")
        cited = dict.fromkeys(f"{source['cite']} [{source['certainty']}]" for source in duty["sources"])
        sources = "; ".join(list(cited)[: None if self.full else 1])
        yield from self.wrap(f"{duty['because']} {sources}", "      ")
        if self.full:
            for step in duty["steps"]:
                yield from self.wrap(step, "      > ")
            for words in duty["do_not"]:
                yield from self.wrap(words, "      x ")

    def undecided(self, duties: list[dict[str, Any]]) -> Iterator[str]:
        if duties:
            yield from ("", f"{self.head('may_apply')} ({len(duties)})")
        for duty in duties if self.full else duties[:8]:
            names = [self.content.facts[name].name(self.lang) for name in duty["depends_on"]]
            hangs = self.head("depends").format(facts=", ".join(names[:3]) + (" ..." if len(names) > 3 else ""))
            yield from self.wrap(f"{duty['title']} ({self.holder(duty['holder'])}): {hangs}", "  ? ")
        if not self.full and len(duties) > 8:
            yield f"  ... +{len(duties) - 8}"

    def gaps(self, gaps: list[dict[str, Any]]) -> Iterator[str]:
        found = [gap for gap in gaps if gap["status"] == "applies"]
        if found:
            yield from ("", self.head("gaps"))
        for gap in found:
            yield from self.wrap(gap["text"], "  # ")

    def question(self, question: dict[str, Any] | None) -> Iterator[str]:
        if question:
            yield from ("", f"{self.head('question')}: {question['question']}")
            yield f"  ({self.head('hangs').format(n=len(question['why']))})"
            if question["warning"]:
                yield from self.wrap(question["warning"], "  ! ")

    def holder(self, holder: str) -> str:
        known: dict[str, Text] = {"finder": HEADS["finder"], "anyone": HEADS["anyone"], "person": HEADS["the-person"]}
        if holder in known:
            return known[holder](self.lang)
        organisation = self.content.organisations.get(holder)
        return organisation.name(self.lang) if organisation else holder

    def wrap(self, words: str, lead: str) -> Iterator[str]:
        rest = " " * len(lead)
        yield from textwrap.wrap(words, self.width, initial_indent=lead, subsequent_indent=rest) or [lead.rstrip()]
