"""Mails that anybody may see over a shoulder: that there is something, and where. Never what, who or about whom."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail

from loket.site.wording import wording


def send(to: str, lang: str | None, *, link: str = "", invitation: str = "") -> None:
    """One neutral mail. link: to set a new password; invitation: to come in. Both work once."""
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
