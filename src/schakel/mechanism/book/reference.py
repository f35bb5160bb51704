"""The back of the book: definitions, gaps and open places, sources with what was read, what changes on which day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from schakel.mechanism.book.conditions import condition_blocks
from schakel.mechanism.book.duties import rule_entry
from schakel.mechanism.book.scribe import Scribe, web_link
from schakel.mechanism.book.words import REMARKS
from schakel.mechanism.content import Definition
from schakel.mechanism.edition import BEGIN
from schakel.mechanism.model import Gap, Law, Unread
from schakel.press.blocks import (
    Block,
    Entry,
    Items,
    Line,
    Pair,
    Pairs,
    Paragraph,
    Section,
    Table,
    Tag,
    Tags,
    line,
    link,
    soft,
)
from schakel.rules.documents import Item
from schakel.vocabulary.periods import ONE_DAY, Period, cuts
from schakel.vocabulary.texts import Text


def duties(scribe: Scribe) -> Section:
    """All duties from A to Z, in force or not."""
    title, opening = scribe.chapter("duties")
    order = sorted(scribe.content.duties.values(), key=lambda duty: scribe.say(duty.title).casefold())
    entries = tuple(rule_entry(scribe, duty) for duty in order)
    return Section(title, opening, entries, anchor="duties", style="reference")


def definitions(scribe: Scribe) -> Section:
    """Every notion with its condition and source."""
    title, opening = scribe.chapter("definitions")
    entries = tuple(_definition(scribe, one) for one in scribe.content.definitions.values())
    return Section(title, opening, entries, anchor="definitions", style="reference")


def _definition(scribe: Scribe, one: Definition) -> Section:
    mark = (Tags((Tag(scribe("precaution"), "warn"),)),) if one.precaution else ()
    pairs = (
        Pair(scribe("applies_if"), condition_blocks(scribe, one.condition, apart_from=one.id)),
        Pair(scribe("source"), (scribe.sources(one.sources),)),
    )
    return Section(scribe.say(one.title), (*mark, Pairs(pairs)), anchor=f"notion-{one.id}", listed=False)


def gaps(scribe: Scribe) -> Section:
    """Known gaps, open terms, what cannot be translated into rules, and periods that were not read."""
    title, opening = scribe.chapter("gaps")
    sections = (
        Section(
            scribe("gaps_known"),
            (),
            tuple(_gap(scribe, one) for one in scribe.content.gaps.values()),
            anchor="gaps-known",
        ),
        Section(scribe("periods_unread"), tuple(_unread(scribe)), anchor="periods-unread"),
        Section(scribe("open_terms"), tuple(_by_duty(scribe, "open_terms", _open_terms)), anchor="open-terms"),
        Section(
            scribe("untranslatable"),
            tuple(_by_duty(scribe, "untranslatable", _untranslatable)),
            anchor="untranslatable",
        ),
    )
    return Section(title, opening, sections, anchor="gaps", style="chapter")


def _gap(scribe: Scribe, one: Gap) -> Section:
    goals = [scribe.say(scribe.content.goals[name].title) for name in one.goals if name in scribe.content.goals]
    pairs = [Pair(scribe("when"), condition_blocks(scribe, one.when))]
    if one.period.first or one.period.last:
        pairs.append(Pair(scribe("exists"), (Paragraph(line(scribe.period(one.period))),)))
    if goals:
        pairs.append(Pair(scribe("goals_hit"), (Items(tuple(Entry(line(goal)) for goal in goals)),)))
    if one.ask:
        pairs.append(Pair(scribe("ask_whom"), (Paragraph(line(scribe.say(one.ask))),)))
    pairs.append(Pair(scribe("source"), (scribe.sources(one.sources),)))
    blocks = (Paragraph(line(scribe.say(one.what))), Pairs(tuple(pairs)))
    return Section(scribe.say(one.title), blocks, anchor=f"gap-{one.id}", style="card", listed=False)


def _unread(scribe: Scribe) -> Iterator[Block]:
    for one in scribe.content.unread.values():
        touched = _touched(scribe, one)
        blocks: tuple[Block, ...] = (Paragraph(line(scribe.say(one.text))), *touched)
        yield Pairs((Pair(scribe.period(one.period), blocks),))


def _touched(scribe: Scribe, one: Unread) -> tuple[Block, ...]:
    names = [name for name in scribe.content.order if name in one.applies]
    spans = [span for name in names for span in ("; ", scribe.duty_link(name))]
    return (Paragraph(line(f"{scribe('touches')}: ", *spans[1:]), "small"),) if names else ()


def _by_duty(scribe: Scribe, caption: str, said: Callable[[Scribe, str], tuple[str, ...]]) -> Iterator[Block]:
    """A table of duties with what `said` gives for each."""
    rows = tuple(
        (line(scribe.duty_link(name)), line(words)) for name in scribe.content.order for words in said(scribe, name)
    )
    if rows:
        yield Table(scribe("per_duty"), (scribe("what"), scribe(caption)), rows, (4, 8))


def _open_terms(scribe: Scribe, name: str) -> tuple[str, ...]:
    terms = scribe.content.duties[name].open_terms
    return tuple(f"{scribe.say(one.what)} ({scribe('filled_by', who=scribe(f'by:{one.filled_by}'))})" for one in terms)


def _untranslatable(scribe: Scribe, name: str) -> tuple[str, ...]:
    return tuple(scribe.say(one) for one in scribe.content.duties[name].untranslatable)


def sources(scribe: Scribe) -> Section:
    """Every instrument with what was read of it and where it is used."""
    title, opening = scribe.chapter("sources")
    read = versions_read(scribe)
    uses = used_in(scribe)
    order = sorted(scribe.content.law.values(), key=lambda law: scribe.say(law.name).casefold())
    entries = tuple(_law(scribe, law, read.get(law.id), uses.get(law.id, {})) for law in order)
    return Section(title, opening, entries, anchor="sources", style="reference")


def versions_read(scribe: Scribe) -> dict[str, Text]:
    """What was read of each instrument, in both languages."""
    tops = (Item(document.data, document) for document in scribe.content.documents("law"))
    items = (item for top in tops for item in top.items("items"))
    return {item.word("id"): item.text("version_read") for item in items if isinstance(item.get("version_read"), dict)}


def used_in(scribe: Scribe) -> dict[str, dict[str, list[str]]]:
    """For each instrument the places cited, and the duties that cite them."""
    found: dict[str, dict[str, list[str]]] = {}
    for duty in scribe.content.duties.values():
        for source in duty.sources:
            names = found.setdefault(source.ref, {}).setdefault(source.at, [])
            names += [] if duty.id in names else [duty.id]
    return found


def _law(scribe: Scribe, law: Law, read: Text | None, uses: dict[str, list[str]]) -> Section:
    remark = REMARKS.get(law.certainty)
    pairs = [Pair(scribe("read"), (Paragraph(line(scribe.say(read) or law.version_read)),))]
    if law.identifier and law.identifier != "None":
        pairs.append(Pair(scribe("identifier"), (Paragraph(line(law.identifier)),)))
    if law.address:
        pairs.append(Pair(scribe("address"), (Paragraph(line(web_link(law.address))),)))
    if law.period.first or law.period.last:
        pairs.append(Pair(scribe("exists"), (Paragraph(line(scribe.period(law.period))),)))
    cited = tuple(Entry(_use(scribe, at, names)) for at, names in sorted(uses.items()))
    pairs.append(Pair(scribe("used_in"), (Items(cited) if cited else Paragraph(line(scribe("not_used")), "small"),)))
    mark = (Tags((Tag(scribe.say(remark), "warn"),)),) if remark else ()
    note = (Paragraph(line(scribe.say(law.note))),) if law.note else ()
    return Section(scribe.say(law.name), (*mark, *note, Pairs(tuple(pairs))), anchor=f"source-{law.id}", listed=False)


def _use(scribe: Scribe, at: str, names: list[str]) -> Line:
    spans = [span for name in names for span in ("; ", scribe.duty_link(name))]
    return line(*([soft(f"{at}: ")] if at else []), *spans[1:])


def history(scribe: Scribe) -> Section:
    """Each day on which something begins or ends."""
    title, opening = scribe.chapter("history")
    items = tuple(dated(scribe))
    days = tuple(_day(scribe, day, items) for day in cuts(period for period, _ in items))
    return Section(title, opening, days, anchor="history", style="reference")


def _day(scribe: Scribe, day: date, items: tuple[tuple[Period, Line], ...]) -> Section:
    """What begins and ends on one day; on the day on which the content begins only how much."""
    begins = dict.fromkeys(what for period, what in items if period.first == day)
    ends = dict.fromkeys(what for period, what in items if period.last == day - ONE_DAY)
    if day == BEGIN:
        return Section(
            scribe.day(day), (Paragraph(line(scribe("content_begins", n=str(len(begins))))),), anchor="day-0"
        )
    said = {"begins": begins, "ends": ends}
    pairs = tuple(Pair(scribe(key), (Items(tuple(map(Entry, lines))),)) for key, lines in said.items() if lines)
    return Section(scribe.day(day), (Pairs(pairs),), anchor=f"day-{day.isoformat()}")


def dated(scribe: Scribe) -> Iterator[tuple[Period, Line]]:
    """Everything in the content that has a period, with its name."""
    content = scribe.content
    for duty in content.duties.values():
        for version in duty.versions:
            selected = scribe.selected(version)
            rest = [soft(f" ({selected})")] if selected else []
            rest += [] if version.read else [soft(f" ({scribe('unread')})")]
            yield version.period, line(scribe.duty_link(duty.id), *rest)
    for right in content.rights.values():
        yield right.period, line(scribe.say(right.title))
    for gap in content.gaps.values():
        yield gap.period, line(scribe.say(gap.title))
    for organisation in content.organisations.values():
        yield organisation.exists, line(scribe.say(organisation.name))
    for unread in content.unread.values():
        yield unread.period, line(scribe.say(unread.text))
    for law in content.law.values():
        yield law.period, line(link(scribe.say(law.name), f"#source-{law.id}"))
