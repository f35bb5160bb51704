"""Words, addresses and the parts of a page that are the same for everybody. Loaded for every template (builtins).

A page of the counter holds some sixty words and forty addresses: each is worked out once for a language
(`loket.theme.remembered`), so that a page costs what is particular to it.
"""

from __future__ import annotations

import re
import uuid
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.template.defaultfilters import date as plain_date
from django.template.defaulttags import CsrfTokenNode, URLNode
from django.template.defaulttags import url as plain_url
from django.template.library import parse_bits
from django.template.loader import get_template
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from loket.site.paging import COUNTED
from loket.site.wording import wording
from loket.theme.remembered import remembered

register = template.Library()
# They stand for the ids and words in an address that is worked out once.
ANY = [uuid.UUID(int=0x5C4A7E15C4A7E15C4A7E15C4A7E1 + place) for place in range(3)]
WORD = "word{}ofaddress"
MOST = len(ANY)
AS_IT_IS = re.compile("[A-Za-z0-9_-]+")


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def spoken(context: Context) -> str:
    """The same, asked once for a page and not for each word on it."""
    said: str | None = getattr(context, "spoken", None)
    if said is None:
        said = context.spoken = language()  # type: ignore[attr-defined]
    return said


def where(context: Context) -> tuple[str, str]:
    """The language, and where on its host the site stands: what addresses hang on, asked once for a page."""
    known: tuple[str, str] | None = getattr(context, "where", None)
    if known is None:
        known = context.where = (spoken(context), get_script_prefix())  # type: ignore[attr-defined]
    return known


@remembered
def word(key: str, lang: str) -> SafeString:
    """A text without anything to fill in, escaped."""
    return escape(wording().say(key, lang))


class Words(Node):
    """``{% t "file.key" name=value %}``, or ``... as name``."""

    def __init__(self, key: FilterExpression, values: dict[str, FilterExpression], name: str) -> None:
        self.key, self.values, self.name = key, values, name

    def render(self, context: Context) -> str:
        key, lang = self.key.resolve(context), spoken(context)
        if not (self.values or self.name) and context.autoescape:
            return word(key, lang)
        said = wording().say(key, lang, **{name: value.resolve(context) for name, value in self.values.items()})
        if self.name:
            context[self.name] = said
            return ""
        return conditional_escape(said) if context.autoescape else said


@remembered
def written(day: date, form: str, lang: str) -> str:
    return str(plain_date(day, form))


@register.filter(name="date", expects_localtime=True)
def date_(value: Any, form: str = "j F Y") -> str:
    """``{{ day|date:"j F Y" }}`` as Django has it; a day that was written before is not worked out anew."""
    if type(value) is date:
        return written(value, form, language())
    if isinstance(value, datetime) and form.endswith(" H:i"):
        return f"{written(value.date(), form.removesuffix('H:i'), language())}{value:%H:%M}"
    return str(plain_date(value, form))


@register.filter
def counted(number: int) -> str:
    """A number that was counted up to a thousand (loket.site.paging)."""
    return str(number) if number <= COUNTED else {"nl": "1.000+"}.get(language(), "1,000+")


@register.tag
def t(parser: Parser, token: Token) -> Words:
    """The text, filled in and escaped like any other value. Raises WordingError for a key that does not exist."""
    tag, *bits = token.split_contents()
    name = bits.pop() if len(bits) > 2 and bits[-2] == "as" else ""
    given = bits[:-1] if name else bits
    args, values = parse_bits(parser, given, ["key"], None, "values", None, [], None, False, tag)
    return Words(args[0], values, name)


@remembered
def address(name: str, lang: str, prefix: str) -> SafeString:
    """The address of a page that needs nothing more."""
    return escape(reverse(name))


@remembered
def around(name: str, kinds: tuple[type, ...], lang: str, prefix: str) -> list[str] | None:
    """What stands before, between and after the ids and words in an address; None: Django has to make it each time."""
    stand_ins = [ANY[place] if kind is uuid.UUID else WORD.format(place) for place, kind in enumerate(kinds)]
    try:
        left, pieces = reverse(name, args=stand_ins), []
    except NoReverseMatch:
        return None
    for one in stand_ins:
        before, found, left = left.partition(str(one))
        if not found:
            return None
        pieces.append(escape(before))
    return [*pieces, escape(left)]


def between(name: str, kinds: tuple[type, ...], context: Context) -> list[str]:
    """The same for many addresses on one page. Raises NoReverseMatch where they are not of this kind."""
    found: list[str] | None = around(name, kinds, *where(context))
    if found is None:
        raise NoReverseMatch(name)
    return found


class Link(URLNode):
    """``{% url %}`` as Django has it, remembered where it takes nothing, or ids and plain words."""

    def render(self, context: Context) -> str:
        found = None if self.kwargs else self.quick(context)
        if found is None:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = found
            return ""
        return found

    def quick(self, context: Context) -> SafeString | None:
        name, args = self.view_name.resolve(context), [one.resolve(context) for one in self.args]
        here = where(context)
        if not args and not self.asvar:
            return address(name, *here)
        if 0 < len(args) <= MOST and all(map(_plain, args)):
            pieces = around(name, tuple(map(type, args)), *here)
            if pieces is not None:
                filled = "".join([f"{one}{piece}" for one, piece in zip(args, pieces[1:], strict=True)])
                return mark_safe(pieces[0] + filled)  # noqa: S308  (see _plain)
        return None


def _plain(one: Any) -> bool:
    """An id, or a word that stands in an address, and on a page, as it is."""
    return type(one) is uuid.UUID or (type(one) is str and bool(AS_IT_IS.fullmatch(one)))


@register.tag
def url(parser: Parser, token: Token) -> Link:
    """The address of a page."""
    node = plain_url(parser, token)
    return Link(node.view_name, node.args, node.kwargs, node.asvar)


class OneToken(CsrfTokenNode):
    """``{% csrf_token %}`` as Django has it, made once for a page: some hold dozens of forms."""

    def render(self, context: Context) -> str:
        known: str | None = getattr(context, "token", None)
        if known is None:
            known = context.token = super().render(context)  # type: ignore[attr-defined]
        return known


@register.tag
def csrf_token(parser: Parser, token: Token) -> OneToken:
    return OneToken()


@remembered
def part(name: str, lang: str, prefix: str, values: tuple[tuple[str, Any], ...]) -> SafeString:
    return drawn(name, lang, values)


def drawn(name: str, lang: str, values: tuple[tuple[str, Any], ...]) -> SafeString:
    return get_template(name).render({"lang": lang, **dict(values)})


class Same(Node):
    """A part of a page for which nothing counts but the language and a few values."""

    def __init__(self, template_name: str, values: dict[str, FilterExpression]) -> None:
        self.template_name, self.values = template_name, values

    def render(self, context: Context) -> SafeString:
        values = tuple((name, value.resolve(context)) for name, value in self.values.items())
        if settings.DEBUG:  # a template that somebody works on is read anew
            return drawn(self.template_name, spoken(context), values)
        return part(self.template_name, spoken(context), get_script_prefix(), values)


@register.tag
def same(parser: Parser, token: Token) -> Same:
    """``{% same "site/footer.html" name=value %}``: an include that is drawn once for these values and the language.

    It sees nothing of the page but these values: no visitor, no request. They must have few different values.
    """
    tag, *bits = token.split_contents()
    args, values = parse_bits(parser, bits, ["name"], None, "values", None, [], None, False, tag)
    return Same(args[0].var, values)
