"""How an organisation can be reached, with its hours; what no source names is said to be not known."""

from __future__ import annotations

from dataclasses import dataclass

from loket.wegwijzer.presenters.words import sayer
from schakel.mechanism.content import Content
from schakel.mechanism.model import Contact, Organisation
from schakel.vocabulary.places import Municipality

LOCAL = ("municipality", "police_unit", "safety_region")


@dataclass(frozen=True)
class Reach:
    """One organisation: the ways to reach it, or the sentence that none is known; and what stands beside it."""

    name: str
    ways: tuple[dict[str, str], ...]
    notes: tuple[str, ...]


def reach(content: Content, organisation_id: str, lang: str, place: Municipality | None, *, shut: bool) -> Reach | None:
    """How to reach it from `place`; `shut`: it is evening or weekend now. None for who is no organisation."""
    organisation = content.organisations.get(organisation_id)
    if organisation is None or organisation.category == "collective" or organisation_id == "anyone":
        return None
    ways = tuple(_way(organisation, contact, lang) for contact in organisation.contacts)
    notes = (*_local(organisation, lang, place, found=bool(ways)), *_hours(content, organisation, lang, shut=shut))
    return Reach(organisation.name(lang), ways, notes)


def _way(organisation: Organisation, contact: Contact, lang: str) -> dict[str, str]:
    say = sayer(lang)
    words = {"always": say("wegwijzer.hours_always"), "office": say("wegwijzer.hours_office")}
    return {
        "name": organisation.name(lang),
        "for": contact.purpose(lang),
        "phone": contact.phone,
        "web": contact.web,
        "web_text": contact.web.removeprefix("https://").removeprefix("www."),
        "hours": words.get(contact.hours, say("wegwijzer.hours_unknown")),
    }


def _local(organisation: Organisation, lang: str, place: Municipality | None, *, found: bool) -> list[str]:
    """Which of several it is, where a municipality was chosen; and that no number is known where none is."""
    say = sayer(lang)
    name = organisation.name(lang)
    out = [] if found else [say("wegwijzer.no_number", name=name)]
    if place is not None and organisation.level in LOCAL:
        by_level = {"municipality": place.name, "police_unit": place.police_unit,
                    "safety_region": place.safety_region_name}  # fmt: skip
        out.append(say(f"wegwijzer.local_{organisation.level}", place=place.name, name=by_level[organisation.level]))
    return out


def _hours(content: Content, organisation: Organisation, lang: str, *, shut: bool) -> list[str]:
    say = sayer(lang)
    out = [organisation.hours_text(lang)] if organisation.hours_text and organisation.hours != "unknown" else []
    night = content.organisations.get(organisation.night_holder)
    if shut and organisation.hours == "office":
        out.append(say("wegwijzer.shut_now", name=night.name(lang)) if night else say("wegwijzer.shut_now_nobody"))
    return out
