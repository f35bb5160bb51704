"""A condition as a person reads it: a list with lists inside, notions called by their name."""

from __future__ import annotations

from collections.abc import Iterator

from schakel.mechanism.book.scribe import Scribe
from schakel.mechanism.content import Definition
from schakel.mechanism.explain import WORDS, clause_of
from schakel.press.blocks import Block, Entry, Items, Line, Paragraph, line, link
from schakel.rules.conditions import All, AnyOf, Condition, Is, atoms
from schakel.vocabulary.facts import NO, YES, fact_of


def condition_blocks(scribe: Scribe, condition: Condition, *, apart_from: str = "") -> tuple[Block, ...]:
    """The condition as blocks; `apart_from` is a notion that is not called by its name (its own definition)."""
    return tuple(_Reader(scribe, apart_from).blocks(condition))


class _Reader:
    """Reads one condition aloud. Notions that rest on more facts go before those that rest on fewer."""

    def __init__(self, scribe: Scribe, apart_from: str) -> None:
        self.scribe = scribe
        notions = (one for one in scribe.content.definitions.values() if one.id != apart_from)
        self.notions = sorted(notions, key=lambda one: -sum(1 for _ in atoms(one.condition)))

    def blocks(self, condition: Condition) -> Iterator[Block]:
        if not isinstance(condition, Is) and not condition.parts:
            always = isinstance(condition, All)
            yield Paragraph(line(self.scribe("always") if always else WORDS["never"](self.scribe.lang)))
            return
        named = self.whole(condition)
        if named:
            yield Paragraph(named)
        elif isinstance(condition, Is):
            yield Paragraph(self.atom(condition))
        else:
            entries = tuple(self.entries(condition))
            if isinstance(condition, AnyOf) and len(entries) > 1:
                yield Paragraph(line(self.scribe("one_of")))
            yield Items(entries)

    def entries(self, condition: All | AnyOf) -> Iterator[Entry]:
        """One entry a part; parts that together are a notion are one entry with its name."""
        rest = list(condition.parts)
        for notion in self.notions:
            parts = _parts_like(notion, condition)
            if parts and all(part in rest for part in parts):
                rest = [part for part in rest if part not in parts]
                yield Entry(self.called(notion))
        for part in rest:
            if isinstance(part, Is):
                yield Entry(self.atom(part))
            else:
                yield self.nested(part)

    def nested(self, part: All | AnyOf) -> Entry:
        values = self.same_fact(part)
        if values:
            return Entry(line(values))
        head = self.scribe("all_of" if isinstance(part, All) else "one_of")
        inside = tuple(self.entries(part))
        return inside[0] if len(inside) == 1 else Entry(line(head), (Items(inside),))

    def whole(self, condition: Condition) -> Line:
        """The name of the notion that the whole condition is; nothing where there is none."""
        return next((self.called(notion) for notion in self.notions if notion.condition == condition), ())

    def called(self, notion: Definition) -> Line:
        return line(link(self.scribe.say(notion.title), f"#notion-{notion.id}"))

    def same_fact(self, part: All | AnyOf) -> str:
        """'the form: labour or begging' where a choice rests on several values of one fact; '' otherwise."""
        found = [one for one in part.parts if isinstance(one, Is) and one.values == {YES} and "." in one.fact]
        names = {fact_of(one.fact) for one in found}
        if not isinstance(part, AnyOf) or len(found) < 3 or len(found) < len(part.parts) or len(names) > 1:
            return ""
        return self.choice(names.pop(), [one.fact.partition(".")[2] for one in found])

    def atom(self, one: Is) -> Line:
        """One fact with the values that do, or with those that do not where they are fewer."""
        content, lang = self.scribe.content, self.scribe.lang
        fact = content.facts[fact_of(one.fact)]
        if fact.kind == "many":
            said = fact.value(one.fact.partition(".")[2]).phrase(lang)
            return line(self.scribe("not", phrase=said) if one.values == {NO} else said)
        wanted = [value for value in fact.value_ids if value in one.values]
        missing = [value for value in fact.value_ids if value not in one.values]
        fewer, others = len(missing) < len(wanted), missing if len(missing) < len(wanted) else wanted
        if len(others) > 2:
            return line(self.choice(one.fact, others, "is_none_of" if fewer else "is_one_of"))
        phrase = clause_of(content, one.fact, tuple(others), lang)
        return line(self.scribe("not", phrase=phrase) if fewer else phrase)

    def choice(self, fact_id: str, values: list[str], key: str = "is_one_of") -> str:
        fact, lang = self.scribe.content.facts[fact_id], self.scribe.lang
        words = [fact.value(value).text(lang) for value in values]
        joined = f"{'; '.join(words[:-1])} {WORDS['or'](lang)} {words[-1]}"
        return self.scribe(key, fact=fact.name(lang), values=joined)


def _parts_like(notion: Definition, condition: All | AnyOf) -> tuple[Condition, ...]:
    """The parts that the notion is made of where it can stand inside `condition`."""
    inner = notion.condition
    if isinstance(inner, Is):
        return (inner,)
    return inner.parts if type(inner) is type(condition) else (inner,)
