"""Plans to bring in another database: one's own only, with what they would do."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loket.accounts.people import Member
from loket.casework.models import Intake


@dataclass(frozen=True)
class PlanLine:
    """A plan and how far it is. `no_place`: how often a cell has no place here, by column."""

    id: uuid.UUID
    form: str
    state: str
    total: int
    done: int
    summary: dict[str, Any]
    no_place: tuple[tuple[str, int], ...]
    made_at: datetime
    destroy_at: datetime

    @property
    def waits(self) -> bool:
        return self.state in ("planned", "running", "stopped")

    @property
    def halted(self) -> str:
        """Why the worker stopped it, where it did: a code."""
        return str(self.summary.get("halted", "")) if self.state == "stopped" else ""

    @property
    def known(self) -> int:
        return int(self.summary.get("known", 0))

    @property
    def brought(self) -> int:
        return self.done - self.known


def plans(*, by: Member) -> list[PlanLine]:
    """The last of one's own plans."""
    rows = Intake.objects.filter(membership=by.membership).defer("rows", "mapping", "errors").order_by("-made_at")
    return [_line(row) for row in rows[:10]]


def plan(*, by: Member, intake: uuid.UUID) -> PlanLine | None:
    row = Intake.objects.filter(pk=intake, membership=by.membership).defer("rows", "mapping", "errors").first()
    return _line(row) if row else None


def errors(*, by: Member, intake: uuid.UUID, lang: str) -> list[tuple[int, str, str]]:
    """The rows that do not come in: row, column and what to do. Never the value, which may be somebody's name."""
    row = Intake.objects.filter(pk=intake, membership=by.membership).only("errors").first()
    return [(number, column, say[lang]) for number, column, say in json.loads(row.errors)] if row else []


def _line(row: Intake) -> PlanLine:
    no_place = tuple(sorted(row.summary.get("no_place", {}).items(), key=lambda one: (-one[1], one[0])))
    return PlanLine(row.pk, row.form, row.state, row.total, row.done, row.summary, no_place, row.made_at,
                    row.destroy_at)  # fmt: skip
