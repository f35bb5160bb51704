"""Mails that anybody may see over a shoulder: that there is something, and where. Never what, who or about whom."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.mail import send_mail

from loket.site.wording import wording

SMTP = "django.core.mail.backends.smtp.EmailBackend"
log = logging.getLogger("loket.mail")


def possible() -> bool:
    """Whether this installation has somewhere to hand a mail to."""
    return settings.EMAIL_BACKEND != SMTP or bool(settings.EMAIL_HOST)


def send(to: str, lang: str | None, *, link: str = "", invitation: str = "") -> None:
    """One neutral mail. link: to set a new password; invitation: to come in. Both work once.

    Raises OSError or SMTPException where the mail server cannot be reached or does not take it.
    """
    say, language = wording().say, lang or settings.LANGUAGE_CODE
    parts = ["mail.something"]
    if link:
        parts = ["mail.password"]
    if invitation:
        parts = ["mail.invitation"]
    text = "\n\n".join(say(part, language) for part in parts)
    address = link or invitation
    body = "\n\n".join(part for part in (text, address, say("mail.foot", language)) if part)
    send_mail(say("mail.subject", language), body, settings.DEFAULT_FROM_EMAIL, [to])


def send_aside(to: str, lang: str | None, **links: str) -> None:
    """The same for a page, which neither waits for the mail server nor fails with it: the log says that a mail was not
    sent. How long a page takes must not tell whether there was anybody to write to."""
    if not possible():
        return
    if settings.EMAIL_BACKEND == SMTP:
        Thread(target=_tried, args=(to, lang), kwargs=links, daemon=True).start()
    else:
        _tried(to, lang, **links)


def _tried(to: str, lang: str | None, **links: Any) -> None:
    try:
        send(to, lang, **links)
    except (OSError, SMTPException) as error:
        log.warning("not_sent", extra={"fields": {"problem": type(error).__name__}})
