"""What the proof hands over: findings, known gaps, lists and figures, as data and as text; it proves nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from schakel.vocabulary.periods import Period
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import Text, text

COUNTED: Final = 3
"""Of a kind of listed things with more entries than this, the text gives the number and the first few."""


@dataclass(frozen=True)
class Finding:
    """A claim that does not hold, in one stretch of time.

    `situation` is the counterexample as a facts document (as `facts_file.parse_facts` reads it),
    shortened to the facts that matter; `pending` names events that have not happened in it, which a
    facts document cannot say. Both are empty where the finding is about no situation.
    """

    kind: str
    id: str
    interval: Period
    text: Text
    situation: Mapping[str, Any] | None = field(default=None, hash=False)
    words: Text | None = None
    pending: tuple[str, ...] = ()


@dataclass(frozen=True)
class GapResult:
    """A known gap of the law: where its goal fails inside it, and whether it fails in the whole of it.

    A gap that touches no goal has no `goal` and no situation: it is told, not proven.
    """

    gap: str
    goal: str
    interval: Period
    everywhere: bool
    text: Text
    what: Text
    sources: tuple[Source, ...]
    situation: Mapping[str, Any] | None = field(default=None, hash=False)
    words: Text | None = None


@dataclass(frozen=True)
class Listed:
    """Something to know that refutes nothing: an old source, an open term, an unsigned file."""

    kind: str
    id: str
    text: Text
    count: int = 1


@dataclass(frozen=True)
class Report:
    """The outcome of the proof over all situations and all intervals."""

    findings: tuple[Finding, ...]
    gaps: tuple[GapResult, ...]
    listed: tuple[Listed, ...]
    statistics: Mapping[str, int]

    @property
    def ok(self) -> bool:
        """Whether nothing was refuted; known gaps and lists do not count."""
        return not self.findings


WORDS: Final[Mapping[str, Text]] = {
    name: text({"nl": nl, "en": en})
    for name, nl, en in (
        ("looked", "Bekeken: {duties} plichten en {goals} doelen, in {intervals} tijdvakken, over alle situaties.",
         "Looked at: {duties} duties and {goals} goals, in {intervals} intervals, over all situations."),
        ("proven", "Bewezen: buiten de bekende gaten valt niemand tussen twee stoelen.",
         "Proven: outside the known gaps nobody falls between two chairs."),
        ("no_more", "Ook geen dubbele leiding, geen doodlopend eind en geen stilte.",
         "Nor is there a double lead, a dead end or a silence."),
        ("refuted", "Weerlegd: {n} tegenvoorbeelden.", "Refuted: {n} counterexamples."),
        ("gaps", "Bekende gaten: {n}", "Known gaps: {n}"),
        ("listed", "Om te weten", "To know"),
        ("always", "altijd", "always"),
        ("from", "vanaf {first}", "from {first}"),
        ("until", "van {first} tot en met {last}", "from {first} to {last}"),
        ("whole", "Het doel faalt overal binnen dit gat.", "The goal fails everywhere inside this gap."),
        ("partly", "Het doel faalt in een deel van dit gat.", "The goal fails in part of this gap."),
        ("example", "Voorbeeld", "Example"),
        ("sources", "Bron", "Source"),
        ("more", "en nog {n}", "and {n} more"),
    )
}  # fmt: skip


def as_text(report: Report, lang: str) -> str:
    """The whole report for a reader."""
    lines = [WORDS["looked"](lang).format(**report.statistics)] if report.statistics else []
    verdict = ("proven", "no_more") if report.ok else ("refuted",)
    lines += [*(WORDS[name](lang).format(n=len(report.findings)) for name in verdict), ""]
    for finding in report.findings:
        lines += [*_finding(finding, lang), ""]
    return "\n".join([*lines, gaps_as_text(report, lang), "", *_listed(report.listed, lang)])


def gaps_as_text(report: Report, lang: str) -> str:
    """The known gaps of the law, each with what the proof showed of it and its source."""
    lines = [WORDS["gaps"](lang).format(n=len({one.gap for one in report.gaps}))]
    for one in report.gaps:
        lines += ["", *_gap(one, lang)]
    return "\n".join(lines)


def when(period: Period, lang: str) -> str:
    """A stretch of time in words."""
    name = "until" if period.last else "from" if period.first else "always"
    return WORDS[name](lang).format(first=period.first, last=period.last)


def _finding(finding: Finding, lang: str) -> Iterator[str]:
    yield f"{finding.kind} {finding.id}, {when(finding.interval, lang)}"
    yield f"  {finding.text(lang)}"
    if finding.words:
        yield f"  {finding.words(lang)}"


def _gap(one: GapResult, lang: str) -> Iterator[str]:
    yield f"{one.gap}, {when(one.interval, lang)}"
    yield f"  {one.text(lang)}"
    yield f"  {one.what(lang)}"
    if one.words:
        yield f"  {WORDS['whole' if one.everywhere else 'partly'](lang)}"
        yield f"  {WORDS['example'](lang)}: {one.words(lang)}"
    yield f"  {WORDS['sources'](lang)}: {'; '.join(_source(source) for source in one.sources)}"


def _source(source: Source) -> str:
    return f"{source.ref} {source.at or source.row} ({source.certainty})".replace("  ", " ")


def _listed(listed: Sequence[Listed], lang: str) -> Iterator[str]:
    yield WORDS["listed"](lang)
    for kind in dict.fromkeys(one.kind for one in listed):
        entries = [one for one in listed if one.kind == kind]
        yield from (f"- {one.text(lang)}" for one in entries[:COUNTED])
        if len(entries) > COUNTED:
            yield f"  {WORDS['more'](lang).format(n=len(entries) - COUNTED)} ({kind})"


def as_data(report: Report, lang: str) -> dict[str, Any]:
    """The whole report as plain data, texts in `lang`."""
    return {
        "ok": report.ok,
        "findings": [_finding_data(one, lang) for one in report.findings],
        "gaps": [_gap_data(one, lang) for one in report.gaps],
        "listed": [
            {"kind": one.kind, "id": one.id, "text": one.text(lang), "count": one.count} for one in report.listed
        ],
        "statistics": dict(report.statistics),
    }


def _finding_data(one: Finding, lang: str) -> dict[str, Any]:
    return {
        "kind": one.kind, "id": one.id, **_period_data(one.interval), "text": one.text(lang),
        "situation": one.situation, "words": one.words(lang) if one.words else None, "pending": list(one.pending),
    }  # fmt: skip


def _gap_data(one: GapResult, lang: str) -> dict[str, Any]:
    sources = [
        {"ref": source.ref, "at": source.at, "row": source.row, "certainty": source.certainty} for source in one.sources
    ]
    return {
        "gap": one.gap, "goal": one.goal or None, **_period_data(one.interval), "everywhere": one.everywhere,
        "text": one.text(lang), "what": one.what(lang), "situation": one.situation,
        "words": one.words(lang) if one.words else None, "sources": sources,
    }  # fmt: skip


def _period_data(period: Period) -> dict[str, str | None]:
    return {
        "from": period.first.isoformat() if period.first else None,
        "to": period.last.isoformat() if period.last else None,
    }
