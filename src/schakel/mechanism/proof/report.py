"""What the proof hands over: findings, known gaps, lists and figures; nothing here proves anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schakel.vocabulary.periods import Period
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import Text


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
    """A known gap of the law: where its goal fails inside it, and whether it fails in the whole of it."""

    gap: str
    goal: str
    interval: Period
    everywhere: bool
    text: Text
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
