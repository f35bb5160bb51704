"""The only reader of releases on their way: for researchers of the Rapporteur, of their own organisation."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.monitor.desk import kept
from loket.monitor.desk.models import Draft
from loket.monitor.desk.states import open_to
from loket.monitor.desk.who import must_read
from schakel.disclosure.protected import ProtectedRelease
from schakel.monitor import publishing

SILENT = timedelta(seconds=60)
"""The work gives a sign of life every second: after this long it is told that it broke off."""


@dataclass(frozen=True)
class Release:
    """A release on its way, as a page shows it."""

    id: str
    name: str
    title: dict[str, str]
    state: str
    version: int
    changed: datetime
    destroy_on: Any
    has_counts: bool
    stage: str
    silent: bool
    signer: str
    signer_at: str
    signed: datetime | None
    published: datetime | None
    earlier: tuple[str, ...]
    may: frozenset[str]
    mode: str = ""
    base: int = 0
    k: int = 0
    report: dict[str, Any] = field(default_factory=dict)


def releases(*, by: Member) -> list[Release]:
    """All releases of this organisation, those that were worked on last first; not those that were thrown away."""
    must_read(by, "desk.list", kind="release")
    rows = Draft.objects.select_related("key").filter(organisation=by.organisation).exclude(state="discarded")
    return [_shown(row) for row in rows.order_by("-changed_at")]


def release(*, by: Member, draft: uuid.UUID) -> Release:
    """One of them, with what the attack told."""
    row = _row(by, draft)
    policy, report = kept.policy(row), json.loads(str(row.report)) if row.report else {}
    return _shown(row, mode=policy.mode, base=policy.base, k=policy.k, report=report)


def tables(*, by: Member, draft: uuid.UUID) -> ProtectedRelease:
    """The protected tables before they are published."""
    row = _row(by, draft)
    if not row.made:
        raise Refused("nothing_made", event="desk.look", kind="release", object=draft)
    return kept.release(row)


def published_names() -> tuple[str, ...]:
    """What was published before, and not only what still stands: a reader may have kept it."""
    folder = Path(settings.LOKET_RELEASES)
    return tuple(one.name for one in publishing.publications(folder))


def _row(by: Member, draft: uuid.UUID) -> Draft:
    must_read(by, "desk.look", kind="release", object=draft)
    row = Draft.objects.select_related("key").filter(pk=draft, organisation=by.organisation).first()
    if row is None or row.state == "discarded":
        raise Refused("no_such_release", event="desk.look", kind="release", object=draft)
    return row


def _shown(row: Draft, **more: Any) -> Release:
    alive = row.sign_of_life and timezone.now() - row.sign_of_life < SILENT
    return Release(
        id=str(row.pk), name=row.name, title=row.title, state=row.state, version=row.version, changed=row.changed_at,
        destroy_on=row.destroy_on, has_counts=bool(row.counts), stage=row.stage,
        silent=row.state == "making" and not alive, signer=row.signed_by, signer_at=row.signed_for,
        signed=row.signed_at, published=row.published_at, earlier=tuple(row.earlier), may=open_to(row), **more,
    )  # fmt: skip
