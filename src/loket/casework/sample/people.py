"""The people of the demo country: meetings of `schakel.simulation`, brought to the last months before today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from loket.casework.sample.places import Cast
from schakel.casework.person import Identity
from schakel.mechanism.content import load

SEED: Final = 2013
PEOPLE: Final = 900
DAYS: Final = 150  # how far back the demo goes
SHARED: Final = ("form", "sector", "place_kind", "indication", "danger", "held", "action", "time")
OWN: Final = ("age", "language", "residence", "nationality", "papers", "injuries", "safe_place", "wish_shelter")
# Who meets people, by the kind of their organisation.
FINDERS: Final = {
    "labour_inspector": "labour-inspectorate", "police": "police", "municipal_officer": "municipality",
    "youth_worker": "youth-care-provider",
}  # fmt: skip


@dataclass(frozen=True)
class Meeting:
    """One meeting: the day, the kind of organisation that met them, the facts document, and who each person is."""

    on: date
    kind: str
    facts: Mapping[str, Any]
    identities: tuple[Identity | None, ...]


def synthetic() -> Any:
    """One synthetic country, the same on every machine."""
    from schakel.simulation.country import Country
    from schakel.simulation.simulate import simulate

    return simulate(Country(people=PEOPLE, years=(2024, 2025)), seed=SEED)


def meetings(made: Any, cast: Cast, today: date, most: int) -> list[Meeting]:
    """So many meetings, the oldest first."""
    who = {row["person"]: row for row in made.people.to_dict("records")}
    rows = [row for row in made.encounters.to_dict("records") if cast.has(FINDERS.get(row["finder"], "nobody"))]
    rows.sort(key=lambda row: row["at"])
    step = max(1, len(rows) // most)
    chosen = rows[::step][:most]
    return list(_spread(chosen, who, today))


def _spread(rows: list[dict[str, Any]], who: Mapping[int, Mapping[str, Any]], today: date) -> Iterator[Meeting]:
    """The meetings over the last months, in their order; every fourth person is counted without a name."""
    for place, row in enumerate(rows):
        on = today - timedelta(days=DAYS - (DAYS - 2) * place // max(1, len(rows) - 1))
        named = place % 4 != 3
        yield Meeting(on, FINDERS[row["finder"]], facts(row, on), (identity(who[row["person"]]) if named else None,))


def facts(row: Mapping[str, Any], on: date) -> dict[str, Any]:
    """A facts document from a meeting; what is not known is left out. What was asked of others, was asked that day."""
    kinds = load().facts

    def told(names: tuple[str, ...]) -> dict[str, Any]:
        return {name: value for name in names if name in kinds and (value := _value(row.get(name), kinds[name]))}

    document: dict[str, Any] = {"who": row["finder"], "shared": told(SHARED),
                                "persons": [{"id": "1", "facts": told(OWN)}]}  # fmt: skip
    own = document["persons"][0]["facts"]
    if own.get("wish_shelter") == "yes":
        own["shelter_request_on"] = on.isoformat()
    if own.get("age") in ("under_12", "12_15", "16_17"):
        own["vt_report_on"] = on.isoformat()
    place = row.get("municipality")
    return {**document, "municipality": place} if isinstance(place, str) else document


def _value(value: Any, fact: Any) -> Any:
    if not isinstance(value, str):
        return None
    words = value.split()
    return words if fact.kind == "many" else words[0]


def identity(row: Mapping[str, Any]) -> Identity:
    """Who somebody of the synthetic country is."""
    nationalities = str(row.get("nationalities") or row["nationality"]).split()
    alias = row.get("alias")
    return Identity(
        row["given_names"], row["surname"], f"{row['stated_birth_date']:%Y-%m-%d}", row["sex"], tuple(nationalities),
        (alias,) if isinstance(alias, str) else (),
    )  # fmt: skip


def alike(made: Any, **wanted: str) -> Iterator[Identity]:
    """People of the synthetic country of this form, sex or nationality, for the two stories of the factsheet."""
    for row in made.people.to_dict("records"):
        if all(row.get(name) == value for name, value in wanted.items()):
            yield identity(row)
