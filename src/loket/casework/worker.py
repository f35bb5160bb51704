"""The one worker: sends what is due in the outbox, goes on with imports, and throws away what is over. Never silent.

A line that was sent twice (a worker died in between) carries the same id both times, so its receiver can tell.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from smtplib import SMTPException

from django.conf import settings
from django.db import connections
from django.utils import timezone

from loket.accounts import mail
from loket.audit.actions import record
from loket.audit.who import SERVER
from loket.casework import importing, outgoing, transport
from loket.casework.actions import outbox
from loket.casework.actions.clock import night
from loket.casework.models.outbox import GIVEN_UP, SENT, Message
from loket.site.trouble import LOST, reason

NIGHT = 3  # the hour after which a new day begins for the clock
LONGEST = 60.0  # seconds between two looks whether the database is back
log = logging.getLogger("loket.worker")


@dataclass
class Round:
    """How many lines went, have to wait for another try, or were given up."""

    sent: int = 0
    again: int = 0
    given_up: int = 0


def work(now: datetime | None = None) -> Round:
    """One round over everything that is due."""
    done = Round()
    while taken := outbox.claim(now=now or timezone.now()):
        for one in taken:
            _settled(one, _try(one), done)
    return done


def _settled(message: uuid.UUID, problem: transport.NotSent | None, done: Round) -> None:
    code, last = (problem.problem, problem.last) if problem else ("", False)
    state = outbox.settle(message=message, now=timezone.now(), problem=code, last=last)
    if state == SENT:
        done.sent += 1
    elif state == GIVEN_UP:
        done.given_up += 1
        record("exchange.given_up", by=SERVER, purpose="telling", kind="message", object=message, place=code)
    else:
        done.again += 1


def _try(message: uuid.UUID) -> transport.NotSent | None:
    """Send one line; what stood in the way, if anything did."""
    row = Message.objects.select_related("membership__user", "webhook").filter(pk=message).first()
    if row is None:
        return None
    try:
        (_mail if row.kind == "mail" else _webhook)(row)
    except transport.NotSent as problem:
        return problem
    return None


def _mail(row: Message) -> None:
    """There is something for you. To who is gone meanwhile nothing is sent."""
    to = row.membership
    if to is None or to.until is not None or not to.user.is_active:
        return
    try:
        mail.send(to.user.email, settings.LANGUAGE_CODE)
    except (OSError, SMTPException):
        raise transport.NotSent("mail_refused") from None


def _webhook(row: Message) -> None:
    hook = row.webhook
    if hook is None or hook.ended_at is not None:
        return
    sent = outgoing.body(row.pk, row.what, row.object, row.made_at)
    signed = outgoing.signature(hook.secret, sent, int(time.time()))
    transport.post(hook.address, sent, {outgoing.SIGNATURE: signed, outgoing.MESSAGE: str(row.pk)})
    record("exchange.webhook_sent", by=SERVER, purpose="telling", kind="webhook", object=hook.pk, place=row.what)


@dataclass
class Times:
    """When the worker last did what it does not do in every round."""

    tidied: float = 0.0
    ticked: date | None = None


def run(stopped: Callable[[], bool], pause: float = 2.0, clock: bool = False) -> None:
    """Rounds until told to stop, with a pause where nothing was due; once an hour old things are thrown away.

    clock: do the work of `loket clock` as well, at the start and then every night.
    A database that goes away comes back: until then the worker waits, longer each time.
    """
    times, failed = Times(), 0
    while not stopped():
        try:
            busy = _round(times, clock)
        except LOST as error:
            failed += 1
            seconds = min(pause * 2 ** min(failed, 10), LONGEST)
            told = {"why": reason(error), "tries_again_after": seconds}
            log.warning("the database does not answer", extra={"fields": told})
            connections.close_all()
            _rest(seconds, pause, stopped)
            continue
        if failed:
            log.info("the database answers again")
            failed = 0
        connections.close_all()
        if not busy:
            time.sleep(pause)


def _round(times: Times, clock: bool) -> bool:
    """Everything that is due now; whether there was anything, so that there may be more."""
    from loket.casework.chores import tidy

    done, rows = work(), importing.go_on()
    if done.sent or done.again or done.given_up:
        log.info("worked", extra={"fields": done.__dict__})
    now = timezone.localtime()
    if clock and (times.ticked is None or (times.ticked < now.date() and now.hour >= NIGHT)):
        passed, verdict = night()
        times.ticked = now.date()
        log.info("ticked", extra={"fields": {**passed.__dict__, "log_holds": verdict.holds}})
    if time.monotonic() - times.tidied > 3_600 or not times.tidied:
        log.info("tidied", extra={"fields": tidy()})
        times.tidied = time.monotonic()
    return bool(done.sent or done.given_up or rows)


def _rest(seconds: float, pause: float, stopped: Callable[[], bool]) -> None:
    """Wait, and look in between whether to stop: who stops a server does not wait a minute for it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not stopped():
        time.sleep(min(pause, seconds))
