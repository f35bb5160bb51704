"""Sheets of paper: one plan on two pages, and the first card in any language.

Titles and file data are neutral and tell nothing of a person; the reasons of a plan, which repeat facts, are left out.
Whether it is safe to print is asked by the caller, before this.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from schakel.mechanism.assess import assess
from schakel.mechanism.book.people import call_table, profession_card
from schakel.mechanism.book.scribe import Scribe, signed
from schakel.mechanism.book.words import STRENGTHS
from schakel.mechanism.content import Content
from schakel.mechanism.model import ANYONE
from schakel.mechanism.situation import Claim, Situation
from schakel.press.blocks import (
    Block,
    Document,
    Entry,
    Items,
    Line,
    Note,
    Paragraph,
    Section,
    Span,
    Table,
    line,
    soft,
    strong,
)
from schakel.press.languages import name as language_name
from schakel.press.languages import own_name
from schakel.rules.documents import Item
from schakel.rules.outcome import APPLIES, MAY_APPLY
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import LANGUAGES, Text

PAGES: Final = 2
"""A plan fits on this many pages for each group of persons alike."""

Data = dict[str, Any]


def plan_sheet(content: Content, plan: Data, lang: str, *, person: str | None = None) -> Document:
    """A plan (the data that `plan` makes) as a document of two A4 pages for each group of persons alike.

    `person` takes the plan of that person only. Raises `BadInput` where the plan holds no such person.
    """
    scribe = Scribe(content, date.fromisoformat(plan["on"]), lang)
    persons = [one for one in plan["persons"] if person in (None, one["id"])]
    if not persons:
        raise BadInput(
            "the plan holds no such person", remedy="Use an id from 'persons'",
            dutch=("het plan kent deze persoon niet", "Gebruik een id uit 'persons'"),
        )  # fmt: skip
    groups = alike(persons)
    sections = tuple(_group(scribe, group, alone=len(persons) == 1, first=group is groups[0]) for group in groups)
    edition = scribe("edition", edition=plan["receipt"]["content"][:12])
    opening: list[Block] = [Note("warn", "", (Paragraph(line(scribe("unsigned_sheet"))),))] if plan["unsigned"] else []
    opening += [Paragraph(line(notice["text"]), "small") for notice in plan["notices"]]
    return Document(
        title=scribe("plan_title"),
        subtitle=scribe.day(scribe.on),
        lang=lang,
        sections=sections,
        opening=tuple(opening),
        foot=f"{edition} · {scribe.day(scribe.on)}",
        description=scribe("plan_title"),
        pages=PAGES * len(groups),
    )


def alike(persons: list[Data]) -> list[list[Data]]:
    """The persons of a plan, those together for whom the same comes out."""
    groups: dict[tuple[tuple[str, str, str | None], ...], list[Data]] = {}
    for person in persons:
        key = tuple((duty["id"], duty["status"], duty["due_unextended"]) for duty in person["duties"])
        groups.setdefault(key, []).append(person)
    return list(groups.values())


def _group(scribe: Scribe, group: list[Data], *, alone: bool, first: bool) -> Section:
    """The plan of persons alike; each group but the first begins a page."""
    one = group[0]
    duties = [duty for duty in one["duties"] if duty["status"] == APPLIES]
    yours = [duty for duty in duties if duty["yours"]]
    others = [duty for duty in duties if not duty["yours"]]
    parts = (
        *_yours(scribe, yours), *_others(scribe, others), *_call(scribe, duties), *_question(scribe, one),
        *_gaps(scribe, one), *_rights(scribe, one), *_may(scribe, one),
    )  # fmt: skip
    title = scribe("plan_one") if alone else scribe("example_for", names=", ".join(person["id"] for person in group))
    return Section(title, (), parts, anchor=f"plan-{one['id']}", style="" if first else "sheet")


def _yours(scribe: Scribe, duties: list[Data]) -> Iterator[Section]:
    if duties:
        yield Section(scribe("you_do"), (Items(tuple(_step(scribe, duty) for duty in duties), ordered=True),))
    nots = dict.fromkeys(words for duty in duties for words in duty["do_not"])
    if nots:
        entries = tuple(Entry(line(words)) for words in nots)
        yield Section(scribe("do_not"), (Note("stop", "", (Items(entries),)),))


def _step(scribe: Scribe, duty: Data) -> Entry:
    strength = soft(f" · {scribe.say(STRENGTHS[duty['strength']][0])}")
    how = " ".join(duty["steps"]) or duty["what"]
    return Entry(line(strong(duty["title"]), strength, *_when(scribe, duty), ". ", how))


def _when(scribe: Scribe, duty: Data) -> Line:
    """' · at once' or ' · by the day', where there is either."""
    if duty["due_unextended"]:
        return line(strong(f" · {scribe('by_day', day=_moment(scribe, duty['due_unextended']))}"))
    return line(strong(f" · {scribe('urgent')}")) if duty["urgent"] else ()


def _moment(scribe: Scribe, iso: str) -> str:
    day, _, clock = iso.partition("T")
    return f"{scribe.day(date.fromisoformat(day))}{f' {clock[:5]}' if clock else ''}"


def _others(scribe: Scribe, duties: list[Data]) -> Iterator[Section]:
    rows = tuple((line(scribe.holder(duty["holder"])), line(duty["title"], *_when(scribe, duty))) for duty in duties)
    if rows:
        yield Section(
            scribe("others_do"), (Table(scribe("others_caption"), (scribe("who"), scribe("what")), rows, (4, 8)),)
        )


def _call(scribe: Scribe, duties: list[Data]) -> Iterator[Section]:
    """The organisations of the plan that have a number."""
    contacts = [scribe.content.duties[duty["id"]].contact for duty in duties if duty["yours"]]
    names = dict.fromkeys([*contacts, *(duty["holder"] for duty in duties)])
    known = scribe.content.organisations
    numbered = tuple(
        name for name in names if name in known and name != ANYONE and any(c.phone for c in known[name].contacts)
    )
    blocks = tuple(call_table(scribe, numbered))
    if blocks:
        yield Section(scribe("whom_to_call"), blocks)


def _question(scribe: Scribe, person: Data) -> Iterator[Section]:
    question = person["next_question"]
    if question:
        warning = (Paragraph(line(question["warning"]), "small"),) if question["warning"] else ()
        yield Section(scribe("ask_next"), (Paragraph(line(question["question"])), *warning))


def _gaps(scribe: Scribe, person: Data) -> Iterator[Section]:
    found = tuple(_gap(scribe, gap) for gap in person["gaps"] if gap["status"] == APPLIES)
    if found:
        yield Section(scribe("known_gap"), (Items(found),))


def _gap(scribe: Scribe, gap: Data) -> Entry:
    return Entry(line(strong(scribe.say(scribe.content.gaps[gap["id"]].title)), ". ", gap["text"]))


def _rights(scribe: Scribe, person: Data) -> Iterator[Section]:
    titles = [right["title"] for right in person["rights"] if right["status"] == APPLIES]
    if titles:
        yield Section(scribe("rights_here"), (Paragraph(line("; ".join(titles), ". ", scribe("use_card"))),))


def _may(scribe: Scribe, person: Data) -> Iterator[Section]:
    """What may apply: your own by title, the rest as a number."""
    may = [duty for duty in person["duties"] if duty["status"] == MAY_APPLY]
    yours = [duty["title"] for duty in may if duty["yours"]]
    if may:
        words = f"{'; '.join(yours)}. " if yours else ""
        rest = scribe("may_others", n=str(len(may) - len(yours)))
        yield Section(scribe("may_apply"), (Paragraph(line(words, rest), "small"),))


def profession_sheet(content: Content, on: date, lang: str, profession: str) -> Document:
    """The two-page card of one profession, apart from the book. Raises `BadInput` for one without a card."""
    if profession not in content.professions:
        raise BadInput(
            f"there is no card for '{profession[:40]}'", remedy=f"Choose from {', '.join(content.professions)}",
            dutch=(f"er is geen kaart voor '{profession[:40]}'", f"Kies uit {', '.join(content.professions)}"),
        )  # fmt: skip
    scribe = Scribe(content, on, lang)
    card = profession_card(scribe, content.professions[profession])
    foot = f"{scribe('edition', edition=content.fingerprint[:12])} · {scribe.day(on)}"
    opening = (Note("warn", "", (Paragraph(line(scribe("unsigned_sheet"))),)),) if not signed(content) else ()
    return Document(
        title=card.title, subtitle=scribe.day(on), lang=lang, opening=(*opening, *card.blocks),
        sections=card.sections, foot=foot, description=card.title, pages=PAGES,
    )  # fmt: skip


def first_card(
    content: Content, on: date, lang: str, tongue: str, *, rights: tuple[str, ...] | None = None
) -> Document:
    """The first card: first words and rights in `tongue` beside `lang`, an interpreter first.

    `rights` are ids in the order of a plan; without them, those that hold as soon as there is one sign. A right that
    has no translation stands in `lang` alone and says so. Raises `BadInput` for a language that no text has.
    """
    scribe = Scribe(content, on, lang)
    sentences, shown = card_sentences(content), card_rights(scribe, rights)
    if tongue not in card_languages(content):
        known = ", ".join(card_languages(content))
        raise BadInput(
            f"there is no first card in '{tongue[:20]}'", remedy=f"Choose from {known}, and get an interpreter",
            dutch=(f"er is geen eerste kaart in '{tongue[:20]}'", f"Kies uit {known}, en regel een tolk"),
        )  # fmt: skip
    name = language_name(tongue, lang)
    unchecked = any(tongue in words.unchecked for words in (*sentences, *shown))
    blocks = (Paragraph(line(scribe("interpreter_first")), "lead"), *_unchecked(scribe, unchecked))
    parts = (
        Section(scribe("first_words"), (_beside(scribe, sentences, tongue),)),
        Section(scribe("rights_card"), (_beside(scribe, shown, tongue),)),
    )
    edition = scribe("edition", edition=content.fingerprint[:12])
    return Document(
        title=scribe("card_title"), subtitle=" · ".join(dict.fromkeys((name, own_name(tongue)))), lang=lang,
        sections=parts, opening=blocks, foot=f"{edition} · {scribe.day(on)}", description=scribe("card_title"),
    )  # fmt: skip


def card_sentences(content: Content) -> tuple[Text, ...]:
    """The first words, in every language in which they exist."""
    tops = (Item(document.data, document) for document in content.documents("professions"))
    return tuple(words for top in tops if top.get("first_card") for words in top.item("first_card").texts("sentences"))


def card_languages(content: Content) -> tuple[str, ...]:
    """The languages in which there is a first card, Dutch and English first."""
    found = {tag for words in card_sentences(content) for tag in words.tags}
    return (*LANGUAGES, *sorted(found - set(LANGUAGES)))


def card_rights(scribe: Scribe, rights: tuple[str, ...] | None) -> tuple[Text, ...]:
    """The rights on the card, in plain words."""
    known = scribe.content.rights
    if rights is not None:
        return tuple(known[name].plain for name in rights if name in known)
    claims = (Claim("indication", ("yes",)), Claim("action", ("none",)))
    view = assess(scribe.content, Situation(scribe.on, None, claims)).persons[0]
    return tuple(right.plain for right, outcome in view.rights if outcome.status == APPLIES)


def _unchecked(scribe: Scribe, unchecked: bool) -> tuple[Block, ...]:
    return (Note("warn", "", (Paragraph(line(scribe("unchecked"))),)),) if unchecked else ()


def _beside(scribe: Scribe, texts: tuple[Text, ...], tongue: str) -> Block:
    """Texts in two languages side by side; one list where both are the same language."""
    if tongue == scribe.lang:
        return scribe.texts(texts)
    head = (language_name(tongue, scribe.lang), language_name(scribe.lang, scribe.lang))
    rows = tuple((_in_tongue(scribe, words, tongue), line(scribe.say(words))) for words in texts)
    return Table(scribe("card_caption"), head, rows, (6, 6))


def _in_tongue(scribe: Scribe, words: Text, tongue: str) -> Line:
    there = words.by_tag.get(tongue)
    return line(Span(there, lang=tongue)) if there else line(scribe("no_translation"))
