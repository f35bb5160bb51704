"""What the footer says about the content: its version, and whether anybody signed it.

Another room supplies the callable in ``settings.LOKET_CONTENT_STATUS`` (no arguments, returns a ContentStatus).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from schakel.mechanism.content import Content, load


@dataclass(frozen=True)
class ContentStatus:
    """version: as to be shown, empty if no content is loaded. signed: a person put their name to it."""

    version: str
    signed: bool


def not_loaded() -> ContentStatus:
    """The answer of a site without content."""
    return ContentStatus(version="", signed=False)


def of_content() -> ContentStatus:
    """The fingerprint of the content that answers, shortened, and whether anybody checked any duty of it."""
    return _status(load())


@lru_cache(maxsize=4)
def _status(content: Content) -> ContentStatus:
    signed = any(duty.checked_by for duty in content.duties.values())
    return ContentStatus(version=content.fingerprint[:10], signed=signed)


def content_status() -> ContentStatus:
    status: ContentStatus = import_string(settings.LOKET_CONTENT_STATUS)()
    return status
