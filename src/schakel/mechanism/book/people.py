"""The book for people: tasks of each organisation, a card per profession, before an action, rights in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from schakel.mechanism.assess import assess
from schakel.mechanism.book.conditions import condition_blocks
from schakel.mechanism.book.duties import said_and_not, tags, task_card
from schakel.mechanism.book.scribe import NO_ORGANISATION, Scribe, phone_link, strongest, web_link
from schakel.mechanism.book.words import CATEGORIES
from schakel.mechanism.model import ANYONE, FINDER, Duty, Organisation, Profession, Right
from schakel.mechanism.situation import Claim, Person, Situation
from schakel.press.blocks import (
    Block,
    Entry,
    Items,
    Line,
    Note,
    Pair,
    Pairs,
    Paragraph,
    Passage,
    Section,
    Table,
    line,
    link,
    soft,
    strong,
)
from schakel.press.languages import name as language_name
from schakel.rules.outcome import APPLIES
from schakel.vocabulary.texts import LANGUAGES

PERSON_SELF = "person_self"


def organisations(scribe: Scribe) -> Section:
    """The chapter 'your tasks': whoever is in contact first, then every organisation with its duties."""
    title, opening = scribe.chapter("organisations")
    duties = [scribe.content.duties[name] for name, versions in scribe.in_force.items() if versions]
    held = {holder: [duty for duty in duties if duty.holder == holder] for holder in NO_ORGANISATION}
    people = [_tasks(scribe, holder, (), held[holder]) for holder in (FINDER, ANYONE, "person") if held[holder]]
    known = [one for one in scribe.content.organisations.values() if one.id not in NO_ORGANISATION]
    order = sorted(known, key=lambda one: (CATEGORIES.index(one.category), scribe.say(one.name)))
    others = [
        _tasks(scribe, one.id, organisation_blocks(scribe, one), [duty for duty in duties if duty.holder == one.id])
        for one in order
    ]
    return Section(title, opening, (*people, *others), anchor="organisations", style="chapter")


def _tasks(scribe: Scribe, holder: str, about: tuple[Block, ...], duties: list[Duty]) -> Section:
    nothing = () if duties else (Paragraph(line(scribe("no_duty")), "small"),)
    cards = tuple(task_card(scribe, duty) for duty in duties)
    return Section(scribe.holder(holder), (*about, *nothing), cards, anchor=f"tasks-{holder}", listed=bool(duties))


def organisation_blocks(scribe: Scribe, one: Organisation) -> tuple[Block, ...]:
    """How to reach an organisation, since when it exists, and what it has the power to do."""
    pairs = []
    reach: list[Line] = [line(scribe.say(one.hours_text))] if one.hours_text else []
    reach += [scribe.contact(one, contact) for contact in one.contacts]
    if one.night_holder:
        reach.append(line(scribe("night", name=scribe.holder(one.night_holder))))
    if reach:
        pairs.append(Pair(scribe("reach"), (Items(tuple(Entry(words) for words in reach)),)))
    if one.exists.first or one.exists.last:
        pairs.append(Pair(scribe("exists"), (Paragraph(line(scribe.period(one.exists))),)))
    if one.powers:
        pairs.append(Pair(scribe("powers"), (Items(tuple(_power(scribe, one))),)))
    note = (Paragraph(line(scribe.say(one.note)), "small"),) if one.note else ()
    return (*((Pairs(tuple(pairs)),) if pairs else ()), *note)


def _power(scribe: Scribe, one: Organisation) -> Iterator[Entry]:
    for power in one.powers:
        limits = f" {scribe('limits', limits=scribe.say(power.limits))}" if power.limits else ""
        sources = [span for source in power.sources for span in (soft("; "), *scribe.source(source))]
        cited = [soft(" ["), *sources[1:], soft("]")] if sources else []
        yield Entry(line(scribe.say(power.what), soft(limits), *cited))


def professions(scribe: Scribe) -> Section:
    """The chapter with a card per profession."""
    title, opening = scribe.chapter("professions")
    cards = tuple(profession_card(scribe, one) for one in scribe.content.professions.values())
    return Section(title, opening, cards, anchor="professions", style="chapter")


def profession_card(scribe: Scribe, one: Profession) -> Section:
    """Two pages for one profession: first words, do, do not, whom to call, and what applies at the first sign."""
    blocks: list[Block] = [Note("stop", scribe("call_112"), ())]
    if one.say:
        blocks.append(
            Note("say", scribe("first_words"), tuple(Paragraph(line(f"“{scribe.say(words)}”")) for words in one.say))
        )
    if one.do:
        blocks.append(Note("info", scribe("do"), (scribe.texts(one.do),)))
    if one.do_not:
        blocks.append(Note("stop", scribe("do_not"), (scribe.texts(one.do_not),)))
    blocks += call_table(scribe, one.call)
    return Section(scribe.say(one.title), tuple(blocks), tuple(first_duties(scribe, one)), f"card-{one.id}", "sheet")


def call_table(scribe: Scribe, names: tuple[str, ...]) -> Iterator[Block]:
    """Whom to call, for what and when; an organisation without a number says so."""
    rows = []
    for name in names:
        organisation = scribe.content.organisations.get(name)
        if organisation is None:
            continue
        who = line(strong(scribe.say(organisation.name)))
        for contact in organisation.contacts:
            number = link(contact.phone, phone_link(contact.phone)) if contact.phone else web_link(contact.web)
            rows.append((who, line(number), line(scribe.say(contact.purpose)), line(scribe(f"hours:{contact.hours}"))))
        if not organisation.contacts:
            rows.append((who, line(scribe("no_number")), line(), line(scribe.say(organisation.hours_text))))
    if rows:
        head = (scribe("who"), scribe("phone"), scribe("for"), scribe("hours"))
        yield Table(scribe("numbers"), head, tuple(rows), (4, 3, 3, 2))


def first_duties(scribe: Scribe, one: Profession) -> Iterator[Section]:
    """The second page: what certainly applies for this finder, and may be told, when all that is known is one sign."""
    if one.id not in scribe.content.facts["finder"].value_ids:
        return
    claims = (Claim("indication", ("yes",)), Claim("action", ("none",)))
    view = assess(scribe.content, Situation(scribe.on, one.id, claims, (Person("1"),))).persons[0]
    yours = [outcome for outcome in view.with_status(APPLIES) if outcome.yours]
    blocks: list[Block] = []
    if yours:
        head = (scribe("what"), scribe("how"))
        rows = tuple((line(scribe.duty_link(each.duty.id)), line(scribe.say(each.duty.what))) for each in yours)
        blocks.append(Table(scribe("your_first_duties"), head, rows, (5, 7)))
    told = [right for right, outcome in view.rights if outcome.status == APPLIES]
    key = rights_key(scribe, one.id)
    if told and key:
        blocks.append(Note("info", scribe(key), (scribe.texts(right.plain for right in told),)))
    if blocks:
        title = f"{scribe.say(one.title)}: {scribe('second_page')}"
        yield Section(title, tuple(blocks), anchor=f"card-{one.id}-2", style="sheet", listed=False)


def rights_key(scribe: Scribe, finder: str) -> str:
    """How the rights are headed for a finder: to tell, one's own, or '' for who has nobody to tell them to."""
    if finder == PERSON_SELF:
        return "rights_yours"
    return "" if scribe.content.facts["finder"].value(finder).group == "public" else "rights_here"


def before_action(scribe: Scribe) -> Section:
    """The chapter for whoever prepares an action: what each organisation makes ready."""
    title, opening = scribe.chapter("before-action")
    stage = [scribe.content.duties[name] for name, versions in scribe.in_force.items() if versions]
    sections = tuple(_prepared(scribe, duty) for duty in stage if duty.stage == "before_action")
    return Section(title, opening, sections, anchor="before-action", style="chapter")


def _prepared(scribe: Scribe, duty: Duty) -> Section:
    version = strongest(duty, scribe.in_force[duty.id])
    pairs = (
        Pair(scribe("what"), (Paragraph(line(scribe.say(version.what or duty.what))),)),
        Pair(scribe("how"), (scribe.texts(duty.steps, ordered=True),)),
        Pair(scribe("see_rule"), (Paragraph(line(scribe.duty_link(duty.id))),)),
    )
    blocks = (tags(scribe, duty, version), Pairs(pairs), *said_and_not(scribe, duty))
    return Section(scribe.holder(duty.holder), blocks, anchor=f"before-{duty.id}", style="card")


def rights(scribe: Scribe) -> Section:
    """The chapter of rights: each in the language of the book with whom it is for, then all in every other language."""
    title, opening = scribe.chapter("rights")
    held = [one for one in scribe.content.rights.values() if scribe.on in one.period]
    own = tuple(_right(scribe, one) for one in held)
    tags_ = sorted({tag for one in held for tag in one.plain.tags} - set(LANGUAGES))
    others = tuple(rights_in(scribe, held, tag) for tag in (*[tag for tag in LANGUAGES if tag != scribe.lang], *tags_))
    return Section(title, opening, (*own, *(one for one in others if one)), anchor="rights", style="chapter")


def _right(scribe: Scribe, one: Right) -> Section:
    blocks: list[Block] = [Note("say", "", (Paragraph(line(scribe.say(one.plain)), "lead"),))]
    if one.warning:
        blocks.append(Note("warn", "", (Paragraph(line(scribe.say(one.warning))),)))
    pairs = [Pair(scribe("for_whom"), condition_blocks(scribe, one.applies_when))]
    if one.told_by in scribe.content.duties:
        holder = scribe.holder_link(scribe.content.duties[one.told_by].holder)
        pairs.append(Pair(scribe("told_by"), (Paragraph(line(holder, ": ", scribe.duty_link(one.told_by))),)))
    pairs.append(Pair(scribe("source"), (scribe.sources(one.sources),)))
    return Section(
        scribe.say(one.title), (*blocks, Pairs(tuple(pairs))), anchor=f"right-{one.id}", style="card", listed=False
    )


def rights_in(scribe: Scribe, held: list[Right], tag: str) -> Section | None:
    """All rights in one other language, marked where nobody checked the translation."""
    there = [one for one in held if tag in one.plain.tags]
    if not there:
        return None
    unchecked = any(tag in one.plain.unchecked for one in there)
    remark = scribe("unchecked") if unchecked else "" if tag in LANGUAGES else scribe("checked")
    said = Passage(tag, (Items(tuple(Entry(line(one.plain(tag))) for one in there)),), remark)
    return Section(scribe("in_language", language=language_name(tag, scribe.lang)), (said,), anchor=f"rights-{tag}")
