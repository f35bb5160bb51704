"""The examples of the book: situations of content/book, worked out by the engine like any other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schakel.mechanism.assess import Assessment, DutyOutcome, PersonView, assess
from schakel.mechanism.book.scribe import Scribe
from schakel.mechanism.book.words import STAGES
from schakel.mechanism.facts_file import from_data
from schakel.press.blocks import (
    Block,
    Entry,
    Items,
    Line,
    Note,
    Pair,
    Pairs,
    Paragraph,
    Section,
    Table,
    line,
    link,
    strong,
)
from schakel.rules.documents import Item
from schakel.rules.outcome import APPLIES, MAY_APPLY

TOLD = ("who", "municipality", "shared")
MUST = "must"


def situations(scribe: Scribe) -> Section:
    """The chapter with every example, one section each."""
    title, opening = scribe.chapter("situations")
    tops = (Item(document.data, document) for document in scribe.content.documents("book"))
    items = [item for top in tops if top.get("id") == "situations" for item in top.items("items")]
    notices = tuple(notice_blocks(scribe))
    return Section(
        title,
        (*opening, *notices),
        tuple(example(scribe, item) for item in items),
        anchor="situations",
        style="chapter",
    )


def notice_blocks(scribe: Scribe) -> Iterator[Block]:
    """What was not read of the law of the day asked for."""
    notices = [one for one in scribe.content.unread.values() if scribe.on in one.period and not one.applies]
    if notices:
        yield Note("warn", scribe("not_read_title"), tuple(Paragraph(line(scribe.say(one.text))) for one in notices))


def example(scribe: Scribe, item: Item) -> Section:
    """One example: the story, and for each person (or persons alike) what applies, may apply and is open."""
    assessment = assess(scribe.content, from_data(scribe.content, facts_of(item), on=scribe.on, name=item.where))
    names = {
        entry.word("id"): scribe.say(entry.maybe_text("name")) or entry.word("id") for entry in item.items("persons")
    }
    blocks: list[Block] = [Paragraph(line(scribe.say(item.text("text"))), "lead")]
    groups = alike(assessment)
    for views in groups:
        who = scribe("example_for", names=", ".join(names[view.person.id] for view in views)) if len(names) > 1 else ""
        blocks += person_blocks(scribe, views[0], who)
    return Section(scribe.say(item.text("title")), tuple(blocks), anchor=f"situation-{item.word('id')}", style="sheet")


def facts_of(item: Item) -> dict[str, Any]:
    """The facts document inside an example."""
    persons = [
        {key: entry.data[key] for key in ("id", "facts") if key in entry.data} for entry in item.items("persons")
    ]
    return {**{key: item.data[key] for key in TOLD if key in item.data}, "persons": persons}


def alike(assessment: Assessment) -> list[list[PersonView]]:
    """The persons of a situation, those together for whom the same comes out."""
    groups: dict[tuple[str, ...], list[PersonView]] = {}
    for view in assessment.persons:
        groups.setdefault(tuple(one.status for one in view.duties), []).append(view)
    return list(groups.values())


def person_blocks(scribe: Scribe, view: PersonView, who: str) -> Iterator[Block]:
    """What comes out for one person."""
    if who:
        yield Note("info", who, ())
    applies = view.with_status(APPLIES)
    may = view.with_status(MAY_APPLY)
    if not applies and not may:
        yield Note("info", scribe("nothing"), ())
        return
    if applies:
        head = (scribe("what"), scribe("who"), scribe("phase"))
        yield Table(scribe("applies"), head, tuple(_row(scribe, one) for one in applies), (6, 4, 2))
    yield from gap_blocks(scribe, view)
    yield from right_blocks(scribe, view)
    yield from may_blocks(scribe, may)


def _row(scribe: Scribe, outcome: DutyOutcome) -> tuple[Line, ...]:
    version, duty = outcome.version, outcome.duty
    term = scribe("urgent") if duty.urgent else scribe.say(version.term.text) if version and version.term else ""
    return (
        line(scribe.duty_link(duty.id), *([strong(f" · {term}")] if term else [])),
        line(scribe.holder_link(duty.holder)),
        line(scribe.say(STAGES[duty.stage])),
    )


def gap_blocks(scribe: Scribe, view: PersonView) -> Iterator[Block]:
    """The known gaps that the person is certainly in."""
    gaps = [gap for gap, outcome in view.gaps if outcome.status == APPLIES]
    if gaps:
        entries = tuple(
            Entry(line(link(scribe.say(gap.title), f"#gap-{gap.id}"), ". ", scribe.say(gap.what))) for gap in gaps
        )
        yield Note("warn", scribe("known_gap"), (Items(entries),))


def right_blocks(scribe: Scribe, view: PersonView) -> Iterator[Block]:
    """The rights that certainly hold, by their titles; those that may are counted."""
    certain = [right for right, outcome in view.rights if outcome.status == APPLIES]
    if certain:
        titles = tuple(Entry(line(link(scribe.say(one.title), f"#right-{one.id}"))) for one in certain)
        yield Pairs((Pair(scribe("rights_here"), (Items(titles),)),))
    maybe = len(view.rights) - len(certain)
    if maybe:
        yield Paragraph(line(scribe("rights_maybe", n=str(maybe))), "small")


def may_blocks(scribe: Scribe, may: tuple[DutyOutcome, ...]) -> Iterator[Block]:
    """What must be done if a fact turns out so, gathered by the first fact that it hangs on; the rest is counted."""
    by_fact: dict[str, list[DutyOutcome]] = {}
    for outcome in may:
        if outcome.strength == MUST:
            by_fact.setdefault(next(iter(outcome.hangs_on), ""), []).append(outcome)
    pairs = tuple(Pair(_fact_name(scribe, fact), (_titles(scribe, found),)) for fact, found in by_fact.items())
    if pairs:
        yield Note("info", scribe("may_apply"), (Paragraph(line(scribe("may_apply_how")), "small"),))
        yield Pairs(pairs)
    lesser = sum(outcome.strength != MUST for outcome in may)
    if lesser:
        yield Paragraph(line(scribe("and_lesser", n=str(lesser))), "small")


def _fact_name(scribe: Scribe, fact: str) -> str:
    return scribe.say(scribe.content.facts[fact].name) if fact else scribe("unread")


def _titles(scribe: Scribe, outcomes: list[DutyOutcome]) -> Items:
    return Items(tuple(Entry(line(scribe.duty_link(one.duty.id))) for one in outcomes))
