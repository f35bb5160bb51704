"""Icons, and the components that wrap a body: ``alert``, ``card``, ``details``. Loaded for every template (builtins).

Components without a body are plain includes: see ``templates/theme/``.
"""

from __future__ import annotations

import re

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from loket.theme.remembered import remembered

register = template.Library()


@register.simple_tag
@remembered
def icon(name: str, extra: str = "") -> SafeString:
    """A drawing from icons.svg, hidden from screen readers: the word beside it says what it means."""
    return format_html(
        '<svg class="sk-icon {}" aria-hidden="true" width="24" height="24"><use href="{}#{}"></use></svg>',
        extra,
        static("schakel/icons.svg"),
        name,
    )


@register.simple_block_tag
def alert(content: SafeString, kind: str = "info", title: str = "", level: int = 2) -> str:
    """A notice: kind is info, ok, warning, error or danger; icon and words say the kind, not the colour alone."""
    return render_to_string("theme/alert.html", {"content": content, "kind": kind, "title": title, "level": level})


@register.simple_block_tag
def card(content: SafeString, title: str = "", level: int = 2, id: str = "", tone: str = "") -> str:
    """A framed part of a page; tone is empty, tint or strong."""
    context = {"content": content, "title": title, "level": level, "id": id, "tone": tone}
    return render_to_string("theme/card.html", context)


@register.simple_block_tag
def details(content: SafeString, summary: str, open: bool = False) -> str:
    """What only some readers need, closed until asked for; works without JavaScript and is opened for print."""
    return render_to_string("theme/details.html", {"content": content, "summary": summary, "open": open})


@register.filter
def tel(phone: str) -> str:
    """A telephone number as the address of a link: digits only."""
    return "tel:" + re.sub(r"\D", "", phone)
