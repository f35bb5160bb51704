"""What a process would otherwise load while its first visitor waits."""

from __future__ import annotations

from django.template import engines
from django.urls import get_resolver

from loket.site.status import content_status
from loket.site.wording import wording


def warm_up() -> None:
    """Load the code of every page, the words and the content.

    No database is asked, so that a server can do it once, before its workers part (gunicorn: `--preload`): they then
    share what is loaded.
    """
    assert get_resolver().url_patterns
    assert engines["django"].engine.template_context_processors
    wording()
    content_status()
