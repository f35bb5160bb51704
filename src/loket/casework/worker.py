"""The one worker: sends what is due in the outbox, goes on with imports, and throws away what is over. Never silent.

A line that was sent twice (a worker died in between) carries the same id both times, so its receiver can tell.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
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

NIGHT = 3  # the hour after which a new day begins for the clock
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


def run(stopped: Callable[[], bool], pause: float = 2.0, clock: bool = False) -> None:
    """Rounds until told to stop, with a pause where nothing was due; once an hour old things are thrown away.

    clock: do the work of `loket clock` as well, at the start and then every night.
    """
    from loket.casework.chores import tidy

    tidied, ticked = 0.0, None
    while not stopped():
        done, rows = work(), importing.go_on()
        if done.sent or done.again or done.given_up:
            log.info("worked", extra={"fields": done.__dict__})
        now = timezone.localtime()
        if clock and (ticked is None or (ticked < now.date() and now.hour >= NIGHT)):
            ticked = now.date()
            passed, verdict = night()
            log.info("ticked", extra={"fields": {**passed.__dict__, "log_holds": verdict.holds}})
        if time.monotonic() - tidied > 3_600 or not tidied:
            tidied = time.monotonic()
            log.info("tidied", extra={"fields": tidy()})
        connections.close_all()
        if not (done.sent or done.given_up or rows):
            time.sleep(pause)
