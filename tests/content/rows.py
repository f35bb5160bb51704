"""Which content carries which row of the collected facts; `python -m tests.content.rows` writes the table anew."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from schakel.mechanism.content import Content, load

TABLE = Path(__file__).parent / "rows.csv"
STEPS = ("0", "1", "2", "3", "4a", "4b", "4c", "4d", "4e", "5", "5b", *map(str, range(6, 15)))
NUMBERED = {"L": range(1, 17), "A": range(1, 6), "B": range(1, 11), "C": range(1, 6), "D": range(1, 17),
            "E": range(1, 6), "F": range(1, 7), "K": (*range(1, 27), *range(30, 40)), "T": range(1, 6)}  # fmt: skip
DEADLINES = (
    "0 (112)", "0 offer reflection period", "0 (EMM)", "0 (met spoed)", "0 (onverwijld)", "≤ 24 h", "≤ 5 days",
    "≤ 2 weeks", "monthly", "≤ 4 working weeks", "30 days", "≤ 10 weeks", "3 months", "1 year", "3 years",
    "3 → 10 years",
)  # fmt: skip
ROWS = (
    *(f"{letter}{number}" for letter, numbers in NUMBERED.items() for number in numbers),
    "B1'",
    *(f"step {step}" for step in STEPS),
    *(f"deadline {name}" for name in DEADLINES),
)
ELSEWHERE = {
    "L15": ("K4", "new in corrections as K4; carried there"),
    "L16": ("", "no row L16 stands in procedure.md or corrections.md"),
    "F6": ("", "a figure of the scale of protected reception, no duty; belongs to the room of figures"),
    "K35": ("indicators:former-om-list", "in the header and the marks of the list of indicators"),
    "K37": ("", "about the factsheet's charts; belongs to the room of figures"),
    "K38": ("", "about published figures; belongs to the room of figures"),
    "K39": ("", "about words; held by tests/content/test_content.py and the glossary"),
    "T1": ("schakel.mechanism.terms", "computed"),
    "T2": ("schakel.mechanism.terms", "computed"),
    "T3": ("schakel.mechanism.terms", "computed"),
    "T4": ("schakel.vocabulary.calendar", "computed"),
    "T5": ("schakel.mechanism.terms", "computed and marked"),
    "step 0": ("K12", "new in corrections as K12; carried there"),
}
_ROW = re.compile(r"(?:step \d+[a-e]?|B1'|[LABCDEFKT]\d+)")


def mentions(content: Content) -> Iterator[tuple[str, str]]:
    """(row, kind:id) for every row that a source of the content names."""
    for kind in ("duties", "rights", "goals", "gaps", "definitions", "constraints", "unread", "organisations"):
        for name, item in getattr(content, kind).items():
            holders = (*item.powers, *item.contacts) if kind == "organisations" else (item,)
            for holder in holders:
                for source in holder.sources:
                    yield from ((row, f"{kind}:{name}") for row in named(source.row))
    for fact in content.facts.facts:
        for source in fact.sources:
            yield from ((row, f"facts:{fact.id}") for row in named(source.row))


def named(row: str) -> Iterator[str]:
    """The rows that the words of a source name."""
    if row.startswith("deadline "):
        yield row
    else:
        yield from (found for part in re.split(r"[;,]| and ", row) for found in _ROW.findall(part.strip())[:1])


def carried(content: Content) -> dict[str, list[str]]:
    """Every row with the content that carries it, in order."""
    out: dict[str, set[str]] = {row: set() for row in ROWS}
    for row, name in mentions(content):
        if row in out:
            out[row].add(name)
    return {row: sorted(names) for row, names in out.items()}


def table(content: Content) -> list[tuple[str, str, str]]:
    """Row, content that carries it, and why none does."""
    return [
        (row, "; ".join(names) or ELSEWHERE.get(row, ("", ""))[0], "" if names else ELSEWHERE.get(row, ("", ""))[1])
        for row, names in carried(content).items()
    ]


def main() -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("row", "carried_by", "why_none_does"), *table(load())])


if __name__ == "__main__":
    main()
