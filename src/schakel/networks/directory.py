"""From a kind of organisation in the content to an entry in a directory, by region and target group.

The directory comes in as data. Where it has nobody, or nobody with an account, the answer is no name but a task of the
registrar, shown as such: nothing is sent into the void.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from schakel.vocabulary.places import Municipality
from schakel.vocabulary.texts import Text, text

NATIONAL: Final = "*"


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation of the directory: its kind, the regions it serves and for whom.

    A region is a code (municipality, safety region, police unit), or `*` for the whole country; no target group means
    everyone. `account` says whether somebody there can sign in, `places_free` how many places it has (None: not told).
    """

    id: str
    kind: str
    regions: frozenset[str]
    groups: frozenset[str] = frozenset()
    account: bool = False
    places_free: int | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """Whom a kind leads to: the entries that fit best, or the registrar with the reason why."""

    kind: str
    entries: tuple[Entry, ...]
    task_of_registrar: Text | None = None


NOBODY: Final = text({
    "nl": "Geen organisatie van deze soort in de gids voor deze regio en doelgroep. Het registratiepunt zoekt er een.",
    "en": "No organisation of this kind in the directory for this region and target group. The registration point "
    "looks for one.",
})  # fmt: skip
NO_ACCOUNT: Final = text({
    "nl": "De organisatie staat in de gids, maar niemand daar kan inloggen. Het registratiepunt belt.",
    "en": "The organisation is in the directory, but nobody there can sign in. The registration point calls.",
})  # fmt: skip


def lead(kind: str, place: Municipality | None, groups: frozenset[str], directory: Iterable[Entry]) -> Lead:
    """Whom a kind of organisation leads to, the nearest region first; entries of the whole country come last.

    `groups` are the target groups that the person belongs to; an entry fits when it serves everyone or one of them.
    Without a place only entries for the whole country fit.
    """
    near = (place.code, place.safety_region, place.police_unit) if place else ()
    fitting = [
        entry
        for entry in directory
        if entry.kind == kind and (not entry.groups or entry.groups & groups) and entry.regions & {*near, NATIONAL}
    ]
    if not fitting:
        return Lead(kind, (), NOBODY)
    ranked = sorted(fitting, key=lambda entry: (not entry.account, _distance(entry, near), entry.id))
    return Lead(kind, tuple(ranked), None if ranked[0].account else NO_ACCOUNT)


def _distance(entry: Entry, near: tuple[str, ...]) -> int:
    return next((step for step, region in enumerate(near) if region in entry.regions), len(near))
