"""Whether a content holds together: every file as its schema asks, every name one that exists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from schakel.mechanism.content import Content
from schakel.mechanism.model import ANYONE, FINDER, Duty
from schakel.rules.schemas import complaints
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.sources import Source

FOLDERS = (
    "facts", "definitions", "constraints", "duties", "rights", "goals", "gaps", "periods",
    "organisations", "law", "indicators", "professions", "book", "scenarios",
)  # fmt: skip
NO_ORGANISATIONS = frozenset({FINDER, ANYONE, "person", "encounter"})


def broken(content: Content) -> Iterator[BadInput]:
    """Everything that is wrong with the files of a content, in the order in which one would mend it."""
    schemas = content.root / "schema"
    for folder in FOLDERS:
        for document in content.documents(folder):
            yield from complaints(schemas, document)
    for duty in content.duties.values():
        yield from (_complaint(duty, what) for what in _of_duty(content, duty))
    yield from (BadInput(what, remedy="Correct the name") for what in _of_goals(content))
    for where, source in sources(content):
        if source.ref not in content.law:
            yield BadInput(f"{where}: no instrument '{source.ref}' in law/", remedy="Describe it there")


def _complaint(duty: Duty, what: str) -> BadInput:
    return BadInput(f"{duty.id}: {what}", where=duty.file, remedy="Correct the name or add the item")


def _of_duty(content: Content, duty: Duty) -> Iterator[str]:
    known = NO_ORGANISATIONS | set(content.organisations)
    yield from (f"no organisation '{name}'" for name in (duty.holder, duty.to) if name not in known)
    if duty.contact and duty.contact not in content.organisations:
        yield f"no organisation '{duty.contact}' to contact"
    yield from (f"no duty '{name}'" for name in (*duty.after, *duty.overrides) if name not in content.duties)
    yield from (f"no goal '{name}'" for name in duty.meets if name not in content.goals)
    for version in duty.versions:
        starts = version.term.starts if version.term else ""
        if starts and (starts not in content.facts or content.facts[starts].kind != "date"):
            yield f"'{starts}' is no event at which a term can start"
        if version.read and (version.term is None) == (version.no_term is None):
            yield "a version has either a term, or says that there is none"
        if version.selected_by != "on" and version.selected_by not in content.facts:
            yield f"'{version.selected_by}' is no date that can select a version"
    for one, other in combinations(duty.versions, 2):
        same = one.selected_by == other.selected_by and one.applies_when == other.applies_when
        if same and one.period.overlaps(other.period):
            yield "two versions of the same condition overlap in time"


def _of_goals(content: Content) -> Iterator[str]:
    for goal in content.goals.values():
        yield from (f"goal {goal.id} names no gap '{name}'" for name in goal.gaps if name not in content.gaps)
        if goal.power and not any(one.has(goal.power) for one in content.organisations.values()):
            yield f"goal {goal.id} asks for the power '{goal.power}', which nobody has"
    for gap in content.gaps.values():
        yield from (f"gap {gap.id} names no goal '{name}'" for name in gap.goals if name not in content.goals)
        for goal in content.goals.values():
            if (goal.id in gap.goals) != (gap.id in goal.gaps):
                yield f"goal {goal.id} and gap {gap.id} do not name each other"
    for organisation in content.organisations.values():
        unknown = (power.id for power in organisation.powers if power.id not in content.powers)
        yield from (f"{organisation.id} has the power '{name}', which is not in the list" for name in unknown)
    for right in content.rights.values():
        if right.told_by and right.told_by not in content.duties:
            yield f"right {right.id} is told by no duty '{right.told_by}'"
    for value in content.facts["finder"].values:
        if value.organisation and value.organisation not in content.organisations:
            yield f"finder {value.id} belongs to no organisation '{value.organisation}'"


def sources(content: Content) -> Iterator[tuple[str, Source]]:
    """Every source of the content, with what it stands in."""
    for duty in content.duties.values():
        yield from ((duty.id, source) for source in duty.sources)
    for kind in ("rights", "goals", "gaps", "definitions", "constraints", "unread"):
        for name, item in getattr(content, kind).items():
            yield from ((name, source) for source in item.sources)
    for fact in content.facts.facts:
        yield from ((fact.id, source) for source in fact.sources)
    for organisation in content.organisations.values():
        for power in organisation.powers:
            yield from ((organisation.id, source) for source in power.sources)
