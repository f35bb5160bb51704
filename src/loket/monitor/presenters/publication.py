"""One publication: what it is, who answers for it, what can be taken from it, and how to cite it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats, translation

from loket.site.wording import wording
from schakel.disclosure.protected import ProtectedRelease
from schakel.disclosure.seal import VERIFIED
from schakel.disclosure.signing import PublicKey
from schakel.monitor.charts import SYNTHETIC
from schakel.monitor.factsheet import AGE, NATIONALITY
from schakel.monitor.opendata import figure_title, title_of
from schakel.monitor.publications import Publication, years
from schakel.monitor.revisions import Edition, revisions
from schakel.monitor.slices import names
from schakel.vocabulary.texts import LANGUAGES


@dataclass(frozen=True)
class Change:
    """A number that two publications print differently."""

    figure: str
    of: str
    earlier: str
    later: str


def synthetic(one: Publication) -> bool:
    """Whether a publication says of itself that nobody in it exists."""
    return any(SYNTHETIC[lang] in one.title(lang) for lang in LANGUAGES)


def line(one: Publication, lang: str) -> Mapping[str, Any]:
    """A publication in a list."""
    return {
        "name": one.name, "title": one.title(lang), "published": day(one.published, lang), "people": one.people(lang),
        "synthetic": synthetic(one), "withdrawn": one.withdrawn is not None, "broken": bool(one.broken),
    }  # fmt: skip


def page(
    one: Publication, release: ProtectedRelease | None, lang: str, address: str, key: PublicKey | None = None
) -> Mapping[str, Any]:  # fmt: skip
    """The page of a publication; without its release it says only what happened to it."""
    found: dict[str, Any] = {
        **line(one, lang), "signer": one.signed.name, "organisation": one.signed.organisation,
        "signed": day(one.signed.on, lang), "checksum": one.checksum, "address": address,
        "cite": cite(one, lang, address),
    }  # fmt: skip
    if one.withdrawn:
        why = one.withdrawn
        found |= {"reason": why.reason(lang), "withdrawer": why.by.name, "withdrawn_on": day(why.by.on, lang),
                  "withdrawer_at": why.by.organisation}  # fmt: skip
    if release is None:
        return found
    return found | {
        "claim": release.claims["text"][lang], "verified": key.fingerprint if key and one.seal == VERIFIED else "",
        "tables": [(name, figure_title(release, name)(lang)) for name in release.tables],
        "files": [(name, title_of(name)(lang), value) for name, value in one.files.items()],
        "sheets": [*reversed(years(release))] if {NATIONALITY, AGE} <= set(release.tables) else [],
    }  # fmt: skip


def cite(one: Publication, lang: str, address: str) -> str:
    """A line to cite a publication by: who, when, what, where, and the checksum that says which."""
    return wording().say(
        "figures.cite_line", lang, organisation=one.signed.organisation, year=one.published.year, title=one.title(lang),
        address=address, checksum=one.checksum[:12],
    )  # fmt: skip


def day(value: Any, lang: str) -> str:
    """A day as people write it."""
    with translation.override(lang):
        return str(formats.date_format(value, "j F Y"))


def changes(release: ProtectedRelease, editions: Sequence[Edition], lang: str) -> list[tuple[str, list[Change]]]:
    """Against each other publication that stands: the numbers that both print, differently."""
    mine = next((one for one in editions if one.name == release.spec.name), None)
    if mine is None:
        return []
    found = []
    for other in editions:
        if other.name != mine.name:
            earlier, later = sorted((other, mine), key=lambda each: (each.published, each.name))
            found.append((other.name, [_change(release, one, lang) for one in revisions(earlier, later)]))
    return found


def _change(release: ProtectedRelease, one: Any, lang: str) -> Change:
    of = ", ".join(names(release, name, lang).get(code, code) for name, code in one.key)
    title = figure_title(release, one.figure)(lang) if one.figure in release.rows else one.figure
    total = wording().say("figures.total", lang)
    return Change(title, of or total, _number(one.earlier, lang), _number(one.later, lang))


def _number(value: int | None, lang: str) -> str:
    return wording().say("figures.withheld", lang) if value is None else f"{value}"
