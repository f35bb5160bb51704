"""What the pages about files and imports need: a day as people write it, and words of the content."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import formats, timezone

from loket.accounts.pages import lang
from schakel.casework.content import sharing
from schakel.casework.filetypes import KINDS
from schakel.mechanism.content import load

register = template.Library()


@register.simple_tag
def file_kind(name: str) -> str:
    """A kind of file in words. (By its id: a template would call the text itself.)"""
    return KINDS[name].name(lang())


@register.simple_tag
def field_kind(name: str) -> str:
    """A kind of data in words."""
    return sharing(load()).fields[name].text(lang())


@register.simple_tag
def stamp(moment: date | datetime) -> str:
    """A day, and the time where there is one, in the time of the Netherlands."""
    if isinstance(moment, datetime):
        local = timezone.localtime(moment)
        return f"{formats.date_format(local, 'j F Y')}, {local:%H:%M}"
    return formats.date_format(moment, "j F Y")
