"""From the content's sharing files to a `SharingBook`; the files come in as documents that somebody else read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from schakel.networks.model import ALL, ANYONE, EFFECTS, FieldKind, Group, SharingBook, SharingRule
from schakel.networks.refusals import not_known
from schakel.rules.conditions import ALWAYS, Reader
from schakel.rules.documents import Item
from schakel.rules.reading import Document
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.facts import EVERYONE, Asking, Fact, FactTable, Value
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import Text


def sharing_book(documents: Iterable[Document], organisations: Iterable[str]) -> SharingBook:
    """The book of sharing rules.

    `documents` are the files of `content/sharing`, `organisations` the ids of the kinds of organisation that the
    content knows. Raises `BadInput` with file and line where a rule names what does not exist, or says too little.
    """
    tops = [Item(document.data, document) for document in documents]
    parties, terms, circumstances = (_only(tops, f"sharing-{kind}") for kind in ("party", "term", "circumstance"))
    groups = {one.word("id"): Group(one.word("id"), one.text("name"), frozenset(one.words("members")))
              for one in parties.items("groups")}  # fmt: skip
    facts = FactTable(tuple(_circumstance(one) for one in circumstances.items("items")))
    book = SharingBook(
        groups=groups,
        others={one.word("id"): one.text("name") for one in parties.items("others")},
        units={(one.word("organisation"), one.word("unit")): one.word("is") for one in parties.items("units")},
        purposes=_texts(terms, "purposes"), grounds=_texts(terms, "grounds"),
        fields={one.word("id"): _field(one) for one in terms.items("fields")},
        circumstances=facts,
        derived=frozenset(one.word("id") for one in circumstances.items("items") if one.get("derived")),
        rules={}, record=terms.texts("record"), lawyer=terms.text("lawyer"),
    )  # fmt: skip
    known = frozenset(organisations) | book.others.keys()
    return replace(book, rules=dict(_rules(book, known, tops)))


def _rules(book: SharingBook, known: frozenset[str], tops: list[Item]) -> Iterator[tuple[str, SharingRule]]:
    seen: set[str] = set()
    for top in tops:
        if top.word("kind") == "sharing-rule":
            for item in top.items("items"):
                rule = _rule(book, known, item)
                if rule.id in seen:
                    raise BadInput(f"'{rule.id}' stands twice", where=item.where, remedy="Keep one of the two")
                seen.add(rule.id)
                yield rule.id, rule


def _only(tops: list[Item], kind: str) -> Item:
    found = [top for top in tops if top.word("kind") == kind]
    if len(found) != 1:
        raise BadInput(f"there must be one file of the kind '{kind}'", where="sharing", remedy="Add it, or join them")
    return found[0]


def _texts(terms: Item, key: str) -> dict[str, Text]:
    return {one.word("id"): one.text("text") for one in terms.items(key)}


def _field(item: Item) -> FieldKind:
    return FieldKind(item.word("id"), item.text("text"), item.words("facts"), bool(item.get("special")))


def _circumstance(item: Item) -> Fact:
    """A circumstance is a fact of its own small list, so that the conditions of the rules engine hold here too."""
    values = tuple(Value(one.word("id"), one.text("text"), one.text("text")) for one in item.items("values"))
    asking = Asking(frozenset({EVERYONE}), "own_organisation")
    return Fact(
        id=item.word("id"), kind="choice", scope="sharing", name=item.text("name"), question=item.text("name"),
        help=None, values=values, asking=asking, judged_by=frozenset(), recorded_only=False, background=False,
        event=None, sources=(),
    )  # fmt: skip


def _rule(book: SharingBook, known: frozenset[str], item: Item) -> SharingRule:
    effect = item.word("effect")
    if effect not in EFFECTS:
        raise BadInput(f"'{effect}' is no effect", where=item.where, remedy=f"Choose from {', '.join(EFFECTS)}")
    next_step = item.maybe_text("next")
    if next_step is None and (effect != "permits" or "when" in item.data):
        raise BadInput(f"{item.word('id')} can refuse without saying what next", where=item.where, remedy="Add 'next:'")
    return SharingRule(
        id=item.word("id"), effect=effect,
        senders=_parties(book, known, item, "from"), receivers=_parties(book, known, item, "to"),
        purposes=_listed(item, "purposes", "purpose", book.purposes),
        fields=_listed(item, "fields", "field", book.fields),
        ground=_ground(book, item),
        when=item.condition("when", Reader(book.circumstances, {})) if "when" in item.data else ALWAYS,
        because=item.text("because"), next_step=next_step, note=item.maybe_text("note"),
        lawyer=bool(item.get("lawyer")), fallback=bool(item.get("fallback")), period=item.period(),
        sources=_sources(item), file=item.document.name,
    )  # fmt: skip


def _sources(item: Item) -> tuple[Source, ...]:
    found = item.sources()
    if not found:
        raise BadInput(f"{item.word('id')} has no source", where=item.where, remedy="Add 'sources:'")
    return found


def _ground(book: SharingBook, item: Item) -> str:
    ground = item.word("ground")
    if ground not in book.grounds:
        raise not_known("ground", ground, book.grounds, item.where)
    return ground


def _listed(item: Item, key: str, kind: str, allowed: Iterable[str]) -> frozenset[str]:
    """The named ones of a closed list; `all` stands for the whole list."""
    words = item.words(key)
    everything = frozenset(allowed)
    if words == (ALL,):
        return everything
    for word in words:
        if word not in everything:
            raise not_known(kind, word, allowed, item.where)
    return frozenset(words)


def _parties(book: SharingBook, known: frozenset[str], item: Item, key: str) -> frozenset[str]:
    """Kinds of organisation, groups written out; `anyone` is every organisation, but not the public or a citizen."""
    found: set[str] = set()
    for word in item.words(key):
        if word == ANYONE:
            found |= known - book.others.keys()
        elif word in book.groups:
            found |= book.groups[word].members
        elif word in known:
            found.add(word)
        else:
            raise not_known("party", word, sorted(known | book.groups.keys()), item.where)
    return frozenset(found)
