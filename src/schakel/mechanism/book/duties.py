"""The duties in the book: as a task to carry out, as a rule to read, and by their terms."""

from __future__ import annotations

from collections.abc import Iterator

from schakel.mechanism.book.conditions import condition_blocks
from schakel.mechanism.book.scribe import Scribe, strongest
from schakel.mechanism.book.words import NORMS, REMARKS, STRENGTHS
from schakel.mechanism.model import Duty, Version
from schakel.mechanism.terms import Unit
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
    Span,
    Table,
    Tag,
    Tags,
    line,
    strong,
)
from schakel.vocabulary.sources import weakest

HOURS: dict[Unit, int] = {
    Unit.HOURS: 1, Unit.DAYS: 24, Unit.WORKING_DAYS: 24, Unit.WEEKS: 168, Unit.WORKING_WEEKS: 168, Unit.MONTHS: 730,
    Unit.YEARS: 8766,
}  # fmt: skip
"""Roughly how many hours a unit is, only to put terms in order."""


def task_card(scribe: Scribe, duty: Duty) -> Section:
    """A duty for whoever carries it out: when, how, what to say, what not to do, on what ground."""
    versions = scribe.in_force[duty.id]
    first = strongest(duty, versions)
    blocks: list[Block] = [tags(scribe, duty, first), Paragraph(line(scribe.say(first.what or duty.what)))]
    pairs = [pair for version in versions for pair in when_pairs(scribe, version)]
    if duty.steps:
        pairs.append(Pair(scribe("how"), (scribe.texts(duty.steps, ordered=True),)))
    contact = contact_lines(scribe, duty)
    if contact:
        pairs.append(Pair(scribe("contact"), tuple(Paragraph(words) for words in contact)))
    sources = dict.fromkeys(source for version in versions for source in version.sources)
    pairs.append(Pair(scribe("source"), (scribe.sources(sources),)))
    blocks.append(Pairs(tuple(pairs)))
    blocks += said_and_not(scribe, duty)
    return Section(scribe.say(duty.title), tuple(blocks), anchor=f"duty-{duty.id}", style="card", listed=False)


def tags(scribe: Scribe, duty: Duty, version: Version) -> Tags:
    """How strong, at once or not, on what kind of norm, and what must be known of the source."""
    remark = REMARKS.get(weakest(version.sources))
    found = [Tag(scribe.say(STRENGTHS[version.strength][0]), "strong" if version.strength == "must" else "")]
    found += [Tag(scribe("urgent"), "strong")] if duty.urgent else []
    found += [Tag(scribe.say(NORMS[version.norm][0]))]
    if not version.read:
        found.append(Tag(scribe("unread"), "warn"))
    elif remark:
        found.append(Tag(scribe.say(remark), "warn"))
    return Tags(tuple(found))


def when_pairs(scribe: Scribe, version: Version) -> Iterator[Pair]:
    """When a version holds and by what time."""
    selected = scribe.selected(version)
    note = f"{scribe.period(version.period)}, {selected}" if selected else ""
    label: tuple[Block, ...] = (Paragraph(line(note), "small"),) if note else ()
    yield Pair(scribe("when"), (*label, *condition_blocks(scribe, version.applies_when)))
    yield Pair(scribe("term"), (Paragraph(line(scribe.term(version))),))


def contact_lines(scribe: Scribe, duty: Duty) -> list[Line]:
    """The organisation to reach for a duty, leading to its numbers."""
    organisation = scribe.content.organisations.get(duty.contact)
    if organisation is None:
        return []
    numbers = [one for one in organisation.contacts if one.phone][:1]
    if not numbers:
        return [line(scribe.holder_link(organisation.id))]
    return [line(scribe.holder_link(organisation.id), ". ", *scribe.contact(organisation, numbers[0]))]


def said_and_not(scribe: Scribe, duty: Duty) -> Iterator[Block]:
    """The words to say and the things not to do."""
    if duty.say:
        yield Note("say", scribe("say"), tuple(Paragraph(line(f"“{scribe.say(words)}”")) for words in duty.say))
    if duty.do_not:
        yield Note("stop", scribe("do_not"), (scribe.texts(duty.do_not),))


def rule_entry(scribe: Scribe, duty: Duty) -> Section:
    """A duty for whoever wants to read the rule: every version, with condition, term, norm and sources."""
    blocks: list[Block] = [Paragraph(line(scribe.say(duty.what)))]
    pairs = [
        Pair(scribe("holder"), (Paragraph(line(scribe.holder_link(duty.holder))),)),
        Pair(scribe("why"), (Paragraph(line(scribe.say(duty.why_it_matters))),)),
        *related(scribe, duty),
    ]
    if scribe.in_force[duty.id]:
        pairs.append(Pair(scribe("how"), (Paragraph(line(Span(scribe("see_task"), "page", f"#duty-{duty.id}"))),)))
    blocks.append(Pairs(tuple(pairs)))
    blocks += [block for version in duty.versions for block in version_blocks(scribe, version)]
    for key, texts in (("open_terms", [one.what for one in duty.open_terms]), ("untranslatable", duty.untranslatable)):
        if texts:
            blocks.append(Note("warn", scribe(key), (scribe.texts(texts),)))
    return Section(scribe.say(duty.title), tuple(blocks), anchor=f"rule-{duty.id}", listed=False)


def related(scribe: Scribe, duty: Duty) -> Iterator[Pair]:
    """The goals that a duty meets and the duties it follows, sets aside or replaces."""
    goals = [scribe.say(scribe.content.goals[name].title) for name in duty.meets if name in scribe.content.goals]
    if goals:
        yield Pair(scribe("meets"), (Items(tuple(Entry(line(goal)) for goal in goals)),))
    for key, names in (("after", duty.after), ("overrides", duty.overrides)):
        if names:
            yield Pair(scribe(key), (Items(tuple(Entry(line(scribe.duty_link(name))) for name in names)),))
    if duty.replaces:
        yield Pair(scribe("replaces"), (Paragraph(line(", ".join(duty.replaces))),))


def version_blocks(scribe: Scribe, version: Version) -> Iterator[Block]:
    """One version of a duty, as a jurist reads it."""
    selected = scribe.selected(version)
    period = scribe.period(version.period)
    shown = [Tag(f"{period}, {selected}" if selected else period)]
    shown += [Tag(scribe.say(STRENGTHS[version.strength][0])), Tag(scribe.say(NORMS[version.norm][0]))]
    shown += [] if version.read else [Tag(scribe("unread"), "warn")]
    yield Tags(tuple(shown))
    yield Pairs((
        Pair(scribe("applies_if"), condition_blocks(scribe, version.applies_when)),
        Pair(scribe("term"), (Paragraph(line(scribe.term(version))),)),
        Pair(scribe("source"), (scribe.sources(version.sources),)),
    ))  # fmt: skip


def deadline_tables(scribe: Scribe) -> Iterator[Block]:
    """Every term in force from short to long, and what must be done at once without one."""
    found = [(duty, version) for duty, version in in_force(scribe) if version.term]
    found.sort(key=lambda pair: _length(pair[1]))
    rows = tuple(term_row(scribe, duty, version) for duty, version in found)
    if rows:
        head = (scribe("term"), scribe("what"), scribe("who"), scribe("kind_of_term"))
        yield Table(scribe("with_term"), head, rows, (4, 3, 2, 3))
    at_once = [(duty, version) for duty, version in in_force(scribe) if duty.urgent and not version.term]
    said = tuple(
        (line(scribe.duty_link(duty.id)), line(scribe.holder_link(duty.holder)), line(scribe.term(version)))
        for duty, version in at_once
    )
    if said:
        yield Table(scribe("at_once_title"), (scribe("what"), scribe("who"), scribe("term")), said, (4, 3, 5))


def in_force(scribe: Scribe) -> Iterator[tuple[Duty, Version]]:
    """Each duty with each version of it that can count on the day and was read."""
    for name, versions in scribe.in_force.items():
        for version in versions:
            if version.read:
                yield scribe.content.duties[name], version


def term_row(scribe: Scribe, duty: Duty, version: Version) -> tuple[Line, ...]:
    """One row of the table of terms: the last cell says what kind it is, which text counts, how sure that is."""
    assert version.term is not None
    selected = scribe.selected(version)
    remark = REMARKS.get(weakest(version.sources))
    kind = [scribe(f"type:{version.term.term.type}")]
    kind += [f"{scribe.period(version.period)}, {selected}"] if selected else []
    kind += [scribe.say(remark)] if remark else []
    return (
        line(strong(scribe.say(version.term.text))),
        line(scribe.duty_link(duty.id)),
        line(scribe.holder_link(duty.holder)),
        line("; ".join(kind)),
    )


def _length(version: Version) -> int:
    assert version.term is not None
    return version.term.term.length * HOURS[version.term.term.unit]
