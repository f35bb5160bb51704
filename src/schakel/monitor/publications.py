"""What was published, who signed it, and what was withdrawn and why: plain data, sealed like the release itself.

A publication is a release at an address that stays. It is never replaced: another count is another publication beside
it. Withdrawing takes the figures away and leaves the page, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from schakel.disclosure.protected import ProtectedRelease
from schakel.disclosure.seal import BROKEN, UNSEEN, digest, sealed, state
from schakel.disclosure.signing import Key
from schakel.monitor.definitions import YEAR
from schakel.monitor.refusals import refusal
from schakel.rules.documents import parse_day
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.periods import Period
from schakel.vocabulary.texts import LANGUAGES, Text, text

KIND: Final = "schakel-publication"
WITHDRAWN: Final = "schakel-withdrawal"
FORM: Final = 1


@dataclass(frozen=True)
class Signature:
    """A person who answers for a release; the installation's seal stands over their name and the release alike."""

    name: str
    organisation: str
    on: date


@dataclass(frozen=True)
class Withdrawal:
    """Why figures were taken away. `reason` says it to the reader, and tells no count."""

    by: Signature
    reason: Text


@dataclass(frozen=True)
class Publication:
    """One publication. `checksum` is over the files of the release, `files` the SHA-256 of each file beside it."""

    name: str
    title: Text
    people: Text
    period: Period
    published: date
    signed: Signature
    checksum: str
    files: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Withdrawal | None = None
    broken: tuple[str, ...] = ()
    """What does not fit, of: seal, withdrawal, release, and names of files. Nothing of it is then shown."""
    seal: str = UNSEEN
    """What the seal is worth: one of `schakel.disclosure.seal.STATES`; with a key, `verified` or broken."""


def publication(
    release: ProtectedRelease, signed: Signature, published: date, files: Mapping[str, str]
) -> Publication:  # fmt: skip
    """The publication of a release. Raises `BadInput` for anything but a protected release."""
    if not isinstance(release, ProtectedRelease):
        raise refusal("internal")
    spec = release.spec
    return Publication(
        spec.name, spec.title, spec.people, spec.period, published, signed, checksum(dict(release.note)), files
    )


def checksum(note: Mapping[str, Any]) -> str:
    """One checksum of a release: SHA-256 over those of its files, which the note holds, and over its seal."""
    parts = {**note["files"], "seal": note["seal"]["value"]}
    return digest("".join(f"{name} {value}\n" for name, value in sorted(parts.items())))


def as_data(one: Publication, key: bytes | None) -> dict[str, Any]:
    """What is written beside the release, sealed with the key (a plain checksum without one)."""
    days = {name: day.isoformat() for name, day in (("from", one.period.first), ("to", one.period.last)) if day}
    return sealed(
        {
            "kind": KIND, "form": FORM, "name": one.name, "title": _by_tag(one.title), "people": _by_tag(one.people),
            "period": days, "published": one.published.isoformat(), "signed": _signature(one.signed),
            "checksum": one.checksum, "files": dict(sorted(one.files.items())),
        },
        key,
    )  # fmt: skip


def withdrawal_data(name: str, why: Withdrawal, key: bytes | None) -> dict[str, Any]:
    """What is written when a publication is withdrawn, sealed in the same way."""
    told = {"kind": WITHDRAWN, "form": FORM, "name": name, "by": _signature(why.by), "reason": _by_tag(why.reason)}
    return sealed(told, key)


def from_data(
    data: Mapping[str, Any], withdrawn: Mapping[str, Any] | None, where: str, key: Key | None = None
) -> Publication:  # fmt: skip
    """A publication as it was written. A seal that needs a key is looked at where the key is given.

    Raises `BadInput` where it is none; a seal that does not fit is told in `broken`.
    """
    try:
        days = data["period"]
        first, last = (parse_day(days[each], where) if each in days else None for each in ("from", "to"))
        made = Publication(
            str(data["name"]), text(data["title"]), text(data["people"]), Period(first, last),
            parse_day(data["published"], where), _signed(data["signed"], where), str(data["checksum"]),
            {str(name): str(value) for name, value in data["files"].items()},
            _withdrawal(withdrawn, where) if withdrawn else None,
            tuple(part for part, told in (("seal", data), ("withdrawal", withdrawn)) if told and _forged(told, key)),
            state(data, key),
        )  # fmt: skip
    except BadInput:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = {"nl": "dit is geen publicatie", "en": "this is no publication"}
        raise refusal("line", where, problem=problem) from error
    return made


def _forged(told: Mapping[str, Any], key: Key | None) -> bool:
    return state(told, key) == BROKEN


def _by_tag(words: Text) -> dict[str, str]:
    return {lang: words(lang) for lang in LANGUAGES}


def _signature(one: Signature) -> dict[str, str]:
    return {"name": one.name, "organisation": one.organisation, "on": one.on.isoformat()}


def _signed(data: Mapping[str, Any], where: str) -> Signature:
    return Signature(str(data["name"]), str(data["organisation"]), parse_day(data["on"], where))


def _withdrawal(data: Mapping[str, Any], where: str) -> Withdrawal:
    return Withdrawal(_signed(data["by"], where), text(data["reason"]))


def years(release: ProtectedRelease) -> tuple[int, ...]:
    """The years that a release tells apart, oldest first."""
    declared = release.spec.variables.get(YEAR)
    return tuple(int(year) for year in (declared.categories or () if declared else ()) if year.isdecimal())
