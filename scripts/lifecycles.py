"""Write the pages of docs/reference that come from casework and sharing content, so that none of them can age."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from schakel.casework.content import access, sharing
from schakel.casework.htcds import Field, Standard, standard
from schakel.casework.lifecycles import Lifecycle, lifecycles
from schakel.mechanism.content import Content, load
from schakel.mechanism.explain import cited
from schakel.networks.access import table
from schakel.networks.model import SharingBook, SharingRule
from schakel.networks.roles import AccessBook, Grant, Role
from schakel.rules.conditions import ALWAYS, Condition, Is
from schakel.vocabulary.sources import Source, weakest
from schakel.vocabulary.texts import Text

PAGES = Path(__file__).resolve().parent.parent / "docs" / "reference"
MADE = "<!-- Made by scripts/lifecycles.py: change the content, then run it. -->"
ORDER = ("registration", "count", "referral", "transfer", "ground", "duty", "placement", "alert", "correction",
         "erasure", "publication")  # fmt: skip
UNSIGNED = "**Unsigned: nobody has checked this content yet.**"


def cell(words: str) -> str:
    """Words as a cell of a table, in which a bar would begin the next cell."""
    return words.replace("|", "\\|")


def rows(head: Iterable[str], lines: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(head)
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    yield from (f"| {' | '.join(cell(word) for word in line)} |" for line in lines)
    yield ""


def both(words: Text) -> str:
    """English with the Dutch beside it."""
    return f"{words('en')} · *{words('nl')}*"


# -- lifecycles


def lifecycles_page(content: Content) -> str:
    """Every lifecycle: a diagram, its states with owner and exit, its transitions, and what is not possible."""
    head = [
        "# The lifecycles", MADE, "",
        "A state machine here is a table that a jurist can read and change:",
        "`src/schakel/content/casework/lifecycles/`. Each state has an owner and an exit, or is final. An event that a",
        "state does not know is refused with the sentence beside it, never in silence.",
        "`tests/content/test_lifecycles.py` holds that each is complete.", "", UNSIGNED, "",
    ]  # fmt: skip
    cycles = lifecycles(content)
    order = sorted(cycles, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))
    return "\n".join([*head, *(line for name in order for line in lifecycle(content, cycles[name]))])


def lifecycle(content: Content, cycle: Lifecycle) -> Iterator[str]:
    parties, needs = cycle.words.parties, cycle.words.needs
    yield from (f"## {cycle.title('en')} · *{cycle.title('nl')}*", "", cycle.why("en"), "")
    yield from diagram(cycle)
    yield from rows(
        ("state", "owner", "exits", "anything else is answered with"),
        ((f"`{state.id}` {both(state.name)}", parties[state.owner]("en"),
          ", ".join(f"`{row.to}`" for row in cycle.exits(state.id)) or "final", state.otherwise("en"))
         for state in cycle.states.values()),
    )  # fmt: skip
    yield from rows(
        ("from", "event", "to", "who may", "needs", "told"),
        ((f"`{row.state}`", f"`{row.event}` {both(cycle.events[row.event])}", f"`{row.to}`",
          ", ".join(parties[who]("en") for who in row.who), ", ".join(needs[need]("en") for need in row.needs) or "–",
          ", ".join(parties[who]("en") for who in row.notice) or "–") for row in cycle.transitions),
    )  # fmt: skip
    yield from (f"Sources: {sources(content, cycle.sources)}.", "")


def diagram(cycle: Lifecycle) -> Iterator[str]:
    """The lifecycle as a Mermaid state diagram, which most readers of Markdown draw."""
    yield from ("```mermaid", "stateDiagram-v2", f"    [*] --> {cycle.start}")
    yield from (f"    {row.state} --> {row.to}: {cycle.events[row.event]('en')}" for row in cycle.transitions)
    yield from (f"    {state.id} --> [*]" for state in cycle.states.values() if state.final)
    yield from ("```", "")


def sources(content: Content, found: Iterable[Source]) -> str:
    return "; ".join(f"{cited(content, one, 'en')} ({one.row}, {one.certainty})" for one in found)


# -- sharing


def sharing_page(content: Content) -> str:
    """The sharing rules, what they hang on, and who may do what."""
    book, roles = sharing(content), access(content)
    head = [
        "# May A tell B this, and who may do what", MADE, "",
        "The rules of `src/schakel/content/sharing/`. A question names who tells whom, which kind of data, for which",
        "purpose. What forbids wins over what permits; a circumstance that nobody told stays open, and an open",
        "circumstance is never a yes. Every refusal says what to do next. How it works:",
        "[sharing](../explanation/sharing.md).", "", UNSIGNED, "",
    ]  # fmt: skip
    return "\n".join([*head, *terms(book), *the_rules(content, book), *circumstances(book), *the_roles(roles)])


def terms(book: SharingBook) -> Iterator[str]:
    yield from (
        "## Purposes",
        "",
        "There is no other: a purpose of return or of supervising aliens does not exist.",
        "",
    )
    yield from rows(("purpose", "meaning"), ((f"`{name}`", both(words)) for name, words in book.purposes.items()))
    yield from ("## Kinds of data", "")
    yield from rows(
        ("kind", "meaning", "facts"),
        ((f"`{one.id}`{' (special)' if one.special else ''}", both(one.text),
          " ".join(f"`{fact}`" for fact in one.facts) or "–") for one in book.fields.values()),
    )  # fmt: skip


def the_rules(content: Content, book: SharingBook) -> Iterator[str]:
    yield from ("## The rules", "", "*check* means: have a lawyer check this ground first.", "")
    files: dict[str, list[SharingRule]] = {}
    for rule in book.rules.values():
        files.setdefault(rule.file, []).append(rule)
    for file, found in files.items():
        yield from (f"### `{file}`", "")
        yield from (line for rule in found for line in one_rule(content, book, rule))


def one_rule(content: Content, book: SharingBook, rule: SharingRule) -> Iterator[str]:
    """One rule as a small paragraph: it has too much to say for a row of a table."""
    effect = {"permits": "allowed", "undecided": "not decided", "forbids": "not allowed"}[rule.effect]
    check = ", *check*" if rule.lawyer else ""
    since = f" Since {rule.period.first}." if rule.period.first else ""
    yield f"**`{rule.id}`**: {effect} ({weakest(rule.sources)}{check}). {rule.because('en')}{since}"
    yield f"  *{rule.because('nl')}*  "
    yield f"  {named(book, rule.senders)} → {named(book, rule.receivers)}; for {listed(rule.purposes, book.purposes)};"
    when = "" if rule.when == ALWAYS else f" When {condition(book, rule.when)}."
    yield f"  data: {listed(rule.fields, book.fields)}; ground: {book.grounds[rule.ground]('en')}.{when}  "
    if rule.next_step:
        yield f"  Otherwise: {rule.next_step('en')}  "
    if rule.note:
        yield f"  Note: {rule.note('en')}  "
    yield from (f"  Sources: {sources(content, rule.sources)}.", "")


def named(book: SharingBook, kinds: frozenset[str]) -> str:
    """Kinds of organisation, the groups that they fill named as such."""
    if book.fallback.senders <= kinds:
        return ", ".join(["anyone", *sorted(f"`{kind}`" for kind in kinds - book.fallback.senders)])
    groups = [group for group in book.groups.values() if group.members <= kinds]
    biggest = [one for one in groups if not any(one.members < other.members for other in groups)]
    rest = kinds - {member for group in biggest for member in group.members}
    return ", ".join([*(group.name("en") for group in biggest), *sorted(f"`{kind}`" for kind in rest)])


def listed(found: frozenset[str], everything: Iterable[str]) -> str:
    names = list(everything)
    return "all" if found >= set(names) else ", ".join(f"`{name}`" for name in names if name in found)


def condition(book: SharingBook, when: Condition) -> str:
    if isinstance(when, Is):
        fact = book.circumstances[when.fact]
        return " or ".join(value.phrase("en") for value in fact.values if value.id in when.values)
    word = " and " if type(when).__name__ == "All" else " or "
    return word.join(condition(book, part) for part in when.parts)


def circumstances(book: SharingBook) -> Iterator[str]:
    yield from ("## What answers hang on", "")
    yield from rows(
        ("circumstance", "meaning", "values"),
        ((f"`{fact.id}`{'' if fact.id in book.asked else ' (follows from the question)'}", both(fact.name),
          ", ".join(f"`{value}`" for value in fact.value_ids)) for fact in book.circumstances.facts),
    )  # fmt: skip


# -- roles


def the_roles(book: AccessBook) -> Iterator[str]:
    yield from (
        "## Who may do what", "",
        "Access follows from a relation to the person, a purpose and a role; never from a role alone. What is in no",
        f"row is refused. `tests/content/test_access.py` goes through all {len(book.actions)} actions,",
        f"{len(book.roles)} roles, {len(book.relations)} relations, {len(book.states)} states and {len(book.purposes)}",
        "purposes. *slice*: only the kinds of data that a sharing decision allowed.", "",
    )  # fmt: skip
    yield from rows(("relation", "meaning"), ((f"`{name}`", both(words)) for name, words in book.relations.items()))
    for role in book.roles.values():
        yield from one_role(book, role)


def one_role(book: AccessBook, role: Role) -> Iterator[str]:
    yield from (f"### {role.name('en')} · *{role.name('nl')}*", "", role.about("en"), "")
    yield from rows(
        ("action", "with which relation", "in which states", "for which purpose"),
        ((f"{book.actions[action].text('en')} (`{action}`)", *grant(book, one))
         for action, grants in table(book, role).items() for one in joined(grants)),
    )  # fmt: skip


def joined(grants: Iterable[Grant]) -> Iterator[Grant]:
    """Grants that differ only in their states as one."""
    found: dict[tuple[object, ...], Grant] = {}
    for one in grants:
        key = (one.relations, one.purposes, one.slice)
        found[key] = replace(one, states=found[key].states | one.states) if key in found else one
    yield from found.values()


def grant(book: AccessBook, one: Grant) -> tuple[str, str, str]:
    relations = [f"`{name}`" for name in book.relations if name in one.relations]
    states = [state for state in book.states if state in one.states]
    all_but_gone = len(states) == len(book.states) - 1
    purposes = ", ".join(name for name in book.purposes if name in one.purposes)
    slice_ = " (slice)" if one.slice else ""
    return ", ".join(relations), "all" if all_but_gone else ", ".join(states), f"{purposes}{slice_}"


# -- htcds


def htcds_page(content: Content) -> str:
    """Every field of the standard, where it stands here, and what has no equivalent."""
    form = standard(content)
    mapped = [one for one in form.live if one.place]
    head = [
        "# HTCDS 2.0, in and out", MADE, "",
        f"{form.standard} ({form.licence}).", "",
        f"Names go in and out exactly. Of {len(form.live)} live fields {len(mapped)} have a place with us; the others",
        "are kept as they came, go out again as they came, and are counted. A value that has no place is kept and",
        "counted too. No endorsement by IOM is suggested.", "", UNSIGNED, "",
    ]  # fmt: skip
    return "\n".join([*head, *fields(form), *values(form)])


def fields(form: Standard) -> Iterator[str]:
    yield from ("## Fields", "")
    yield from rows(
        ("field", "label", "type", "core", "place with us"),
        (
            (f"`{one.name}`", one.label, one.type, "core" if one.core else "", place(one))
            for one in form.fields.values()
        ),
    )


def place(one: Field) -> str:
    if one.deprecated:
        return "deprecated: kept, not sent"
    return f"`{one.place}`" if one.place else "no equivalent: kept"


def values(form: Standard) -> Iterator[str]:
    yield from ("## Values", "")
    for one in form.fields.values():
        if one.ours or one.note:
            yield from (f"### `{one.name}`", "")
        if one.note:
            yield from (one.note("en"), "")
        if one.ours:
            lines = [(f"`{theirs}`", f"`{one.ours[theirs]}`" if theirs in one.ours else "kept as it came")
                     for theirs in one.values or one.ours]  # fmt: skip
            yield from rows(("HTCDS", "with us"), lines)


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    content = load()
    made = {
        "lifecycles.md": lifecycles_page(content),
        "sharing-rules.md": sharing_page(content),
        "htcds.md": htcds_page(content),
    }
    return {PAGES / name: text.rstrip() + "\n" for name, text in made.items()}


def main() -> None:
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(f"docs/reference/{path.name}: {len(text.splitlines())} lines")


if __name__ == "__main__":
    main()
