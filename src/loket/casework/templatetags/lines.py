"""The lines of the long lists: tasks, referrals, requests for a place, registrations, and what was told of somebody.

They are drawn here and not by a template: a page holds dozens of them, each of a title and a few words that are there
or not, and a template would spend as much on those as on all the rest of the page.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from loket.accounts.templatetags.counter import codes
from loket.casework.templatetags.casework import in_state
from loket.site.templatetags.loket_site import between, date_, spoken, word, written
from loket.site.wording import wording
from loket.theme.remembered import remembered
from loket.theme.templatetags.theme import icon

register = template.Library()
LINE = """<li class="cw-line{late}"><div class="cw-line__what">
<p class="cw-line__title"><a class="nl-link" href="{to}">{title}</a></p>
{more}</div></li>"""
LATE = " cw-line--late"
DAY = "j F Y"


class Drawn:
    """What the lines of one list share: the language, and the address of the page behind each."""

    def __init__(self, context: Context, page: str) -> None:
        self.lang = spoken(context)
        self.pieces = between(page, (uuid.UUID,), context)

    def line(self, pk: uuid.UUID, title: str, *more: str, late: bool = False) -> str:
        """One line; the title and what follows are HTML already."""
        before, after = self.pieces
        return LINE.format(late=LATE if late else "", to=f"{before}{pk}{after}", title=title, more="\n".join(more))

    def say(self, key: str, **values: Any) -> str:
        return escape(wording().say(key, self.lang, **values)) if values else word(key, self.lang)

    def on(self, key: str, day: date, form: str = DAY) -> str:
        """Words with a day in them."""
        return _on(key, day, form, self.lang)

    def day(self, day: date) -> str:
        return written(day, DAY, self.lang)


@remembered
def _on(key: str, day: date, form: str, lang: str) -> str:
    return escape(wording().say(key, lang, day=written(day, form, lang)))


def _list(lines: Iterable[str]) -> SafeString:
    return mark_safe(f'<ul class="cw-list">{"".join(lines)}</ul>')  # noqa: S308  (each part was escaped)


def _more(*parts: str) -> str:
    return f'<p class="cw-line__more">{" · ".join(filter(None, parts))}</p>'


def _name(one: Any) -> str:
    return f'<span class="cw-name">{one.name}</span>'  # a pseudonym: letters and digits


def _capital(words: str) -> str:
    return escape(words[:1].upper() + words[1:])


@register.simple_tag(takes_context=True)
def task_lines(context: Context, tasks: Iterable[Any], group: str) -> SafeString:
    """Tasks in today's work; whose it is stands with what nobody has yet."""
    drawn = Drawn(context, "casework:task")
    return _list(_task(drawn, one, group) for one in tasks)


def _task(drawn: Drawn, one: Any, group: str) -> str:
    late, due = one.state == "late", drawn.on("casework.is_due", one.due) if one.due else ""
    if one.due and late:
        due = f"{icon('clock')}{drawn.on('casework.was_due', one.due)}"
    taken = "casework.taken_by_you" if one.mine else "casework.taken_by_other" if one.taken else ""
    return drawn.line(one.id, escape(one.title), _more(
        f"<strong>{drawn.say('casework.urgent')}</strong>" if one.urgent else "", _capital(one.moment), due,
        escape(one.holder) if group == "to_place" else "", _name(one), drawn.say(taken) if taken else "",
        drawn.say("casework.uncertain") if one.uncertain else "",
    ), late=late)  # fmt: skip


@register.simple_tag(takes_context=True)
def person_task_lines(context: Context, tasks: Iterable[Any]) -> SafeString:
    """Tasks in the plan of one person."""
    drawn = Drawn(context, "casework:task")
    return _list(_person_task(drawn, one) for one in tasks)


def _person_task(drawn: Drawn, one: Any) -> str:
    return drawn.line(one.id, escape(one.title), _more(
        escape(in_state("duty", one.state, drawn.lang)), escape(one.holder), drawn.day(one.due) if one.due else "",
        drawn.say("casework.urgent") if one.urgent else "", drawn.say("casework.uncertain") if one.uncertain else "",
    ), late=one.state == "late")  # fmt: skip


def _way(drawn: Drawn, sender: str, receiver: str, sign: str = "care-arrow") -> str:
    to = f'{icon("arrow", sign)}<span class="sk-hidden">{drawn.say("care.to")}</span>'
    return f"{escape(sender)} {to} {escape(receiver)}"


@register.simple_tag(takes_context=True)
def referral_lines(context: Context, cards: Iterable[Any]) -> SafeString:
    """Referrals in the list of both sides."""
    drawn = Drawn(context, "casework:referral")
    return _list(_referral(drawn, one) for one in cards)


def _referral(drawn: Drawn, one: Any) -> str:
    key = "care.transfer_for" if one.kind == "transfer" else "care.referral_for"
    asked = one.answer_by and one.state == "requested"
    note = f'<p class="care-note">{icon("info")}<span>{escape(one.why_registrar)}</span></p>'
    return drawn.line(
        one.id, drawn.say(key, purpose=one.purpose),
        _more(_name(one), _way(drawn, one.sender, one.receiver)),
        _more(f"{icon('clock')}<strong>{drawn.say('care.no_answer')}</strong>" if one.late else "", _capital(one.said),
              drawn.day(one.asked_on), drawn.on("care.answer_by", one.answer_by, "j F") if asked else ""),
        *([note] if one.why_registrar else ()), late=one.late,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def work_referral_lines(context: Context, cards: Iterable[Any]) -> SafeString:
    """Referrals in today's work."""
    drawn = Drawn(context, "casework:referral")
    return _list(_work_referral(drawn, one) for one in cards)


def _work_referral(drawn: Drawn, one: Any) -> str:
    said = escape(one.said) if one.state != "requested" else ""
    if not said and one.answer_by:
        said = drawn.on("casework.is_due", one.answer_by)
    more = _more(_way(drawn, one.sender, one.receiver, ""), _name(one), said)
    return drawn.line(one.id, _capital(one.purpose), more, late=one.late)


@register.simple_tag(takes_context=True)
def placement_lines(context: Context, cards: Iterable[Any]) -> SafeString:
    """Requests for a place in the list of both sides."""
    drawn = Drawn(context, "casework:placement")
    return _list(_placement(drawn, one) for one in cards)


def _placement(drawn: Drawn, one: Any) -> str:
    refused = drawn.say("care.refusals", number=one.refusals) if one.refusals else ""
    if one.refusals == 1:
        refused = drawn.say("care.refused_once")
    looking = f'<p class="care-note">{icon("info")}<span>{drawn.say("care.no_shelter_found")}</span></p>'
    return drawn.line(
        one.id, f"{drawn.say('care.place_for')} {_name(one)}", _more(_way(drawn, one.sender, one.shelter)),
        _more(_capital(one.said), _waits(drawn, one), refused), *([looking] if one.looking else ()),
    )  # fmt: skip


def _waits(drawn: Drawn, one: Any) -> str:
    """How long it waits already; the day of a request that waits no longer."""
    if one.state not in ("waiting", "refused", "offered"):
        return drawn.day(one.asked_on)
    if one.days > 1:
        return f"{icon('clock')}{drawn.say('care.waits_days', days=one.days)}"
    return drawn.say("care.waits_day" if one.days == 1 else "care.waits_today")


@register.simple_tag(takes_context=True)
def registration_lines(context: Context, rows: Iterable[Any]) -> SafeString:
    """Registrations in the list of the registration point."""
    drawn = Drawn(context, "casework:registration")
    return _list(_registration(drawn, one) for one in rows)


def _registration(drawn: Drawn, one: Any) -> str:
    at = (
        drawn.say("casework.submitted_on", day=date_(localtime(one.submitted_at), "j F Y, H:i"))
        if one.submitted_at
        else ""
    )
    return drawn.line(one.id, _name(one), _more(
        f"<strong>{drawn.say('casework.urgent')}</strong>" if one.urgent else "",
        drawn.say("casework.by_name" if one.named else "casework.as_count"), escape(one.reporter),
        drawn.on("casework.found_on", one.found_on), at,
    ))  # fmt: skip


FACTS = {"shared": "casework:fact", "person": "casework:person_fact"}


@register.simple_tag(takes_context=True)
def told(context: Context, lines: Iterable[Any], change: str = "", about: uuid.UUID | None = None) -> SafeString:
    """What was told, claim by claim. change: whose fact a link beside each leads to (FACTS), `about` its id."""
    lang, to, end = spoken(context), "", ""
    if change:
        start, middle, end = between(FACTS[change], (uuid.UUID, str), context)
        to = f"{start}{about}{middle}"
    drawn = [_told(one, lang, f"{to}{one.fact}{end}" if to and not one.old else "") for one in lines]
    return mark_safe(f'<dl class="cw-told">{"".join(drawn)}</dl>')  # noqa: S308  (each part was escaped)


def _told(one: Any, lang: str, to: str) -> str:
    name, said = escape(one.name), written(one.day, DAY, lang) if one.day else escape(one.said)
    how = [escape(one.source), *([written(one.said_on, DAY, lang)] if one.said_on else ())]
    if one.certainty and not one.guess:
        how.append(escape(codes("certainty", one.certainty, lang).lower()))
    link = CHANGE.format(to=to, word=word("casework.change", lang), name=name) if to else ""
    return TOLD.format(old=' class="cw-told__old"' if one.old else "", name=name, said=said,
                       doubt=_doubt(one, lang) if one.doubt else "", how=", ".join(how), link=link)  # fmt: skip


CHANGE = '<a class="nl-link cw-told__change" href="{to}">{word}<span class="sk-hidden">: {name}</span></a>'
TOLD = """<div{old}><dt>{name}</dt>
<dd>{said}{doubt}
<span class="cw-told__how">{how}</span> {link}</dd></div>"""


def _doubt(one: Any, lang: str) -> str:
    """That it is a guess, that somebody else says otherwise, that something else took its place."""
    guess, old = (f' <span class="cw-told__how">({word(key, lang)})</span>'
                  for key in ("casework.guess", "casework.replaced"))  # fmt: skip
    against = f' <span class="cw-told__against">{icon("warning")}{word("casework.against", lang)}</span>'
    return (guess if one.guess else "") + (against if one.against else "") + (old if one.old else "")
