"""The only writer of releases on their way. Each action is one transaction, and is in the log with who did it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from loket.accounts.people import Member
from loket.audit.actions import act
from loket.audit.who import SERVER, Refused, Trail
from loket.monitor.desk import kept
from loket.monitor.desk.models import Draft
from loket.monitor.desk.seals import release_key
from loket.monitor.desk.states import GONE, after
from loket.monitor.desk.states import SERVER as PROGRAM
from loket.monitor.desk.who import PURPOSE, must
from loket.vault import actions as vault
from schakel.disclosure.advice import Merge
from schakel.monitor import publishing
from schakel.monitor.publications import Signature, Withdrawal
from schakel.vocabulary.texts import text

DAYS_KEPT = 30  # a choice of this project: no source sets a term


def hand_over(*, by: Member, upload: kept.Upload) -> Draft:
    """A new draft of what was handed over: counts only, sealed at once under a key of their own."""
    now = timezone.now()
    with act(by=by.actor, purpose=PURPOSE) as trail:
        must(by, "desk.hand_over", kind="release")
        name = publishing.check_name(upload.spec.name)
        if Draft.objects.filter(name=name).exists() or _published(name):
            raise Refused("release_exists", event="desk.hand_over", kind="release")
        draft = Draft(
            organisation=uuid.UUID(by.organisation), name=name, title=kept.plain(upload.spec.title),
            key=vault.new_subject(at=now), begun_by=uuid.UUID(by.membership), begun_at=now, changed_at=now,
            destroy_on=timezone.localdate() + timedelta(days=DAYS_KEPT), earlier=list(upload.earlier),
        )  # fmt: skip
        kept.put_asked(draft, upload.spec, upload.counts)
        draft.save(force_insert=True)
        trail.note("desk.hand_over", kind="release", object=draft.pk)
    return draft


def begin(*, by: Member, draft: uuid.UUID, version: int) -> None:
    """Have it protected and attacked, beside the site; what comes of it is told on the page."""
    with _step(by, draft, version, "make") as (one, trail):
        _must_be_kept(one, "desk.make")
        one.run, one.stage, one.sign_of_life = uuid.uuid4(), "begin", timezone.now()
        one.report = one.made = None
        trail.note("desk.make", kind="release", object=one.pk)
        run, work = one.run, import_string(settings.LOKET_RELEASE_WORK)
        transaction.on_commit(lambda: work(draft, run))


def stop(*, by: Member, draft: uuid.UUID, version: int) -> None:
    """Stop the work. Whatever it would still have found is not taken in any more."""
    with _step(by, draft, version, "stop") as (one, trail):
        one.run, one.stage = None, ""
        trail.note("desk.stop", kind="release", object=one.pk)


def alive(*, draft: uuid.UUID, run: uuid.UUID, stage: str = "") -> bool:
    """A sign of life of the work; False when it was stopped and should end."""
    told = {"stage": stage} if stage else {}
    return bool(Draft.objects.filter(pk=draft, run=run).update(sign_of_life=timezone.now(), **told))


def settle(*, draft: uuid.UUID, run: uuid.UUID, event: str, report: Mapping[str, Any], made: str | None) -> bool:
    """What the work came to; False where it was stopped meanwhile, and then nothing of it is kept."""
    with act(by=SERVER, purpose=PURPOSE) as trail:
        one = Draft.objects.select_for_update(of=("self",)).select_related("key").filter(pk=draft, run=run).first()
        if one is None:
            return False
        one.state = after(one, event, by=PROGRAM)
        one.report, one.made, one.run, one.stage = json.dumps(report), made, None, ""
        _save(one)
        trail.note(f"desk.{event}", kind="release", object=one.pk)
    return True


def mend(*, by: Member, draft: uuid.UUID, version: int, merge: Merge | None = None, **policy: Any) -> None:
    """Take categories together, leave a variable out, or protect in another way; then it is a draft again."""
    with _step(by, draft, version, "mend") as (one, trail):
        _must_be_kept(one, "desk.mend")
        kept.mend(one, merge, policy, folder())
        one.report = one.made = None
        trail.note("desk.mend", kind="release", object=one.pk)


def sign(*, by: Member, draft: uuid.UUID, version: int) -> None:
    """A person answers for exactly these files, and so they are sealed; another byte, and there is no signature."""
    with _step(by, draft, version, "sign") as (one, trail):
        kept.seal(one, release_key())
        one.signed_by, one.signed_for, one.signed_at = by.name, by.organisation_name, timezone.now()
        one.checksum = kept.checksum(one)
        trail.note("desk.sign", kind="release", object=one.pk)


def unsign(*, by: Member, draft: uuid.UUID, version: int) -> None:
    """Take a signature back, and the seal with it."""
    with _step(by, draft, version, "unsign") as (one, trail):
        kept.seal(one, None)
        one.checksum, one.signed_by, one.signed_for, one.signed_at = "", "", "", None
        trail.note("desk.unsign", kind="release", object=one.pk)


def publish(*, by: Member, draft: uuid.UUID, version: int, address: str) -> None:
    """Put it where everybody can see it, whole and in one step, and destroy the true counts."""
    with _step(by, draft, version, "publish") as (one, trail):
        if kept.checksum(one) != one.checksum:
            raise Refused("signature_broken", event="desk.publish", kind="release", object=one.pk)
        kept.publish(one, folder(), address, timezone.localdate())
        one.published_at = timezone.now()
        _destroy(one, trail)
        trail.note("desk.publish", kind="release", object=one.pk)


def withdraw(*, by: Member, draft: uuid.UUID, version: int, reason: Mapping[str, str]) -> None:
    """Take a publication away; its page stays and says why."""
    given = ("reason",) if all(len(words.strip()) >= 10 for words in reason.values()) else ()
    with _step(by, draft, version, "withdraw", given=given) as (one, trail):
        who = Signature(by.name, by.organisation_name, timezone.localdate())
        kept.withdraw(one, folder(), Withdrawal(who, text(reason)))
        one.withdrawn_at = timezone.now()
        trail.note("desk.withdraw", kind="release", object=one.pk)


def discard(*, by: Member, draft: uuid.UUID, version: int) -> None:
    """Throw a draft away, with all that was handed over. Its name becomes free."""
    with _step(by, draft, version, "discard") as (one, trail):
        _destroy(one, trail)
        one.made, one.name = None, f"{one.name[:20]}-{one.pk.hex}"
        trail.note("desk.discard", kind="release", object=one.pk)


def looked(*, by: Member, draft: uuid.UUID, place: str) -> None:
    """Who saw what of a release before it was published: each look is in the log."""
    with act(by=by.actor, purpose=PURPOSE) as trail:
        must(by, "desk.look", kind="release", object=draft)
        trail.note("desk.look", kind="release", object=draft, place=place)


def destroy_overdue() -> int:
    """Destroy what was handed over and whose day has come; how many. The draft stays, without its counts."""
    done, today = 0, timezone.localdate()
    waiting = Draft.objects.filter(destroy_on__lte=today, counts__isnull=False).exclude(state__in=GONE)
    for pk in list(waiting.values_list("pk", flat=True)):
        with act(by=SERVER, purpose=PURPOSE) as trail:
            one = Draft.objects.select_for_update(of=("self",)).select_related("key").get(pk=pk)
            _destroy(one, trail)
            one.run = None
            _save(one)
            done += 1
    return done


@contextmanager
def _step(
    by: Member, draft: uuid.UUID, version: int, event: str, given: Sequence[str] = ()
) -> Iterator[tuple[Draft, Trail]]:
    """One step of the lifecycle in one transaction: only on what the author looked at, and not over a colleague."""
    told = {"event": f"desk.{event}", "kind": "release", "object": draft}
    with act(by=by.actor, purpose=PURPOSE) as trail:
        must(by, **told)  # type: ignore[arg-type]
        rows = Draft.objects.select_for_update(of=("self",)).select_related("key")
        one = rows.filter(pk=draft, organisation=by.organisation).first()
        if one is None:
            raise Refused("no_such_release", **told)
        if one.version != version:
            raise Refused("release_changed", **told)
        one.state = after(one, event, given=given)
        yield one, trail
        _save(one)


def _save(one: Draft) -> None:
    one.version += 1
    one.changed_at = timezone.now()
    one.save()


def _must_be_kept(one: Draft, event: str) -> None:
    if not one.counts:
        raise Refused("counts_destroyed", event=event, kind="release", object=one.pk)


def _destroy(one: Draft, trail: Trail) -> None:
    """The key goes first and the ledger knows it, so that no back-up opens the counts again; then the columns."""
    if one.key.wrapped is not None:
        vault.erase(subject=one.key, at=timezone.now())
        trail.note("desk.destroyed", kind="release", object=one.pk)
    one.counts = one.report = None


def folder() -> Path:
    """Where publications stand; made when it is missing."""
    place = Path(settings.LOKET_RELEASES)
    place.mkdir(parents=True, exist_ok=True)
    return place


def _published(name: str) -> bool:
    return publishing.find(Path(settings.LOKET_RELEASES), name) is not None
