"""``{% t "file.key" %}``: a text of the interface in the language of the page. Loaded for every template (builtins)."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.translation import get_language

from loket.site.wording import wording

register = template.Library()


@register.simple_tag
def t(key: str, **values: object) -> str:
    """The text, filled in and escaped like any other value. Raises WordingError for a key that does not exist."""
    return wording().say(key, get_language() or settings.LANGUAGE_CODE, **values)
