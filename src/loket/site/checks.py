"""What `loket check` says about the frame, each with what to do about it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from loket.site.textpages import SLUGS, text_page
from loket.site.wording import LANGUAGES, WordingError, wording


@register()
def texts_are_complete(**_: Any) -> list[CheckMessage]:
    try:
        wording()
        for name in SLUGS:
            for lang in LANGUAGES:
                text_page(name, lang)
    except WordingError as error:
        return [Error(str(error), id="loket.E001")]
    return []


@register(Tags.security, deploy=True)
def somebody_can_be_reached(**_: Any) -> list[CheckMessage]:
    """Before the public: the pages must be able to say who runs the site and where a weakness can be reported."""
    names = ("LOKET_OPERATOR", "LOKET_CONTACT", "LOKET_SECURITY_CONTACT", "LOKET_SECURITY_EXPIRES")
    return [
        Warning(f"{name} is empty, so the pages say it is not known: set it.", id="loket.W001")
        for name in names
        if not getattr(settings, name)
    ]
