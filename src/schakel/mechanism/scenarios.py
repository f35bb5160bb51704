"""Scenarios: situations with the position that the sources lead one to expect, as tests a jurist can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schakel.mechanism.asking import next_question
from schakel.mechanism.assess import Assessment, PersonView, assess
from schakel.mechanism.content import Content
from schakel.mechanism.facts_file import from_document
from schakel.mechanism.situation import Situation
from schakel.rules.documents import Item
from schakel.rules.outcome import STATUSES
from schakel.rules.reading import Document
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import Text

FACT_KEYS = ("on", "who", "municipality", "signals", "shared", "persons")
LISTS = (*STATUSES, "rights", "gaps")
EXPECT_KEYS = (*LISTS, "due", "lead", "next_question", "no_duty_applies")


@dataclass(frozen=True)
class Scenario:
    """One situation, told in words, with what is expected for each person, and the rows it comes from."""

    id: str
    title: Text
    story: Text
    rows: tuple[str, ...]
    situation: Situation
    expect: Mapping[str, Mapping[str, Any]]
    file: str


@dataclass(frozen=True)
class Failure:
    """An expectation that did not come true."""

    scenario: str
    person: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.scenario}, {self.person}: expected {self.expected}, found {self.found}"


def scenarios(content: Content) -> Iterator[Scenario]:
    """All scenarios of the content, in order of their files."""
    for document in content.documents("scenarios"):
        yield scenario(content, document)


def scenario(content: Content, document: Document) -> Scenario:
    """One scenario; an expectation that names an unknown duty, right or gap is refused."""
    item = Item(document.data, document)
    told = Document({key: item.data[key] for key in FACT_KEYS if key in item.data}, document.lines, document.name)
    situation = from_document(content, told, on=date.min)
    expect = item.need("expect")
    for person, wanted in expect.items():
        situation.person(str(person))
        _check(content, item, person, wanted)
    return Scenario(
        item.word("id"), item.text("title"), item.text("text"), item.words("rows"), situation, expect, document.name
    )


def _check(content: Content, item: Item, person: str, wanted: Mapping[str, Any]) -> None:
    where = item.document.where((*item.path, "expect", person))
    known: dict[str, Any] = dict.fromkeys(STATUSES, content.duties)
    known |= {"rights": content.rights, "gaps": content.gaps, "due": content.duties}
    for key, names in wanted.items():
        if key not in EXPECT_KEYS:
            raise BadInput(f"'{key}' is no expectation", where=where, remedy=f"Use {', '.join(EXPECT_KEYS)}")
        for name in names if key in known else ():
            if name not in known[key]:
                raise BadInput(f"the expectation names '{name}', which does not exist", where=where,
                               remedy="Use the id of a duty, right or gap")  # fmt: skip


def run(content: Content) -> list[Failure]:
    """Every expectation of every scenario that does not come true."""
    return [failure for one in scenarios(content) for failure in failures(one, assess(content, one.situation))]


def failures(one: Scenario, assessment: Assessment) -> Iterator[Failure]:
    """The expectations of one scenario that its assessment does not meet."""
    for person, wanted in one.expect.items():
        for expected, found in _person(assessment.view(str(person)), wanted):
            yield Failure(one.id, str(person), expected, found)


def _person(view: PersonView, wanted: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for status in STATUSES:
        for name in wanted.get(status, ()):
            if view.by_id[name].status != status:
                yield f"{name} {status}", view.by_id[name].status
    for key, have in (("rights", view.rights), ("gaps", view.gaps)):
        ids = {item.id for item, _ in have}
        for name in wanted.get(key, ()):
            if name not in ids:
                yield f"{key} {name}", "not there"
    for name, day in (wanted.get("due") or {}).items():
        ends = view.by_id[name].due
        found = ends.unextended.isoformat() if ends else "none"
        if found != str(day or "none"):
            yield f"{name} due {day}", found
    for task, holder in (wanted.get("lead") or {}).items():
        if view.leads.get(task) != holder:
            yield f"{task} led by {holder}", str(view.leads.get(task))
    yield from _other(view, wanted)


def _other(view: PersonView, wanted: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "next_question" in wanted:
        question = next_question(view)
        found = question.fact.id if question else "none"
        if found != str(wanted["next_question"] or "none"):
            yield f"next question {wanted['next_question']}", found
    if wanted.get("no_duty_applies") and view.with_status("applies"):
        yield "no duty applies", ", ".join(outcome.duty.id for outcome in view.with_status("applies")[:5])
