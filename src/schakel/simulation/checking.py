"""Parameters looked at before they are used: every number by its name, and what must add up or follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from operator import index
from typing import Any, Final

from schakel.simulation.refusals import refused
from schakel.simulation.reporters import REFERRAL, SUBSTITUTION, Dependence

# Numbers that are no chance: any number that is not negative will do.
FREE: Final = {"people", "heterogeneity", "order_confusion", "again", "delay", "age_spread"}
FREE_PARTS: Final = ("by_", "site_size", "adult_years", "years.", "active", "without_identity")
MOST_PEOPLE: Final = 20_000_000
LONGEST, EARLIEST, LATEST = 50, 1950, 2100
MOST_LISTS: Final = 62


def numbers(thing: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number of the parameters by its path, as `reporters.police.chance`."""
    if is_dataclass(thing):
        for part in fields(thing):
            yield from numbers(getattr(thing, part.name), f"{path}.{part.name}")
    elif isinstance(thing, Mapping):
        for key, value in thing.items():
            yield from numbers(value, f"{path}.{key or 'other'}")
    elif isinstance(thing, tuple):
        for place, value in enumerate(thing):
            yield from numbers(value, f"{path}.{_name(value, place)}")
    elif isinstance(thing, int | float):
        yield path.removeprefix("."), thing


def check_numbers(parameters: Any) -> None:
    """Refuse a number that is negative or not a number, and a chance above 1, by its name."""
    for name, value in numbers(parameters):
        if not value >= 0 or value == float("inf"):
            raise refused("negative", name=name, value=value)
        if "without_identity" in name and name.endswith(".1") and value > 1:  # a pair: from which year, which share
            raise refused("chance", name=name, value=value)
        free = name.rpartition(".")[2] in FREE or any(part in name for part in FREE_PARTS)
        if not free and value > 1:
            raise refused("chance", name=name, value=value)


def check_seed(seed: Any) -> int:
    """The seed, once it is a whole number (of any make) that is not negative."""
    try:
        number = index(seed)
    except TypeError:
        number = -1
    if number < 0:
        raise refused("seed", value=seed)
    return number


def check_size(people: int, years: tuple[int, int]) -> None:
    """Refuse a country without people, or years that do not run forward."""
    if not 1 <= people <= MOST_PEOPLE:
        raise refused("people")
    if not (EARLIEST <= years[0] <= years[1] <= LATEST and years[1] - years[0] < LONGEST):
        raise refused("years")


def check_shares(shares: Mapping[str, Sequence[float]]) -> None:
    """Refuse shares that do not add up to 1, by their name."""
    for name, values in shares.items():
        if abs(sum(values) - 1) > 1e-6:
            raise refused("shares", name=name)


def check_names(where: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Refuse a name that nothing else in the country knows, with the place where it stands."""
    if unknown := sorted(set(given) - set(known)):
        raise refused("name", name=unknown[0], place=where)


def check_lists(lists: Sequence[str], dependences: Sequence[Dependence]) -> None:
    """Refuse lists with one name, and a dependence that does not run from an earlier list to a later one."""
    if not 1 <= len(lists) <= MOST_LISTS or len(set(lists)) != len(lists):
        raise refused("lists")
    for bond in dependences:
        known = {bond.first, bond.then} <= set(lists) and bond.kind in (REFERRAL, SUBSTITUTION)
        if not known or lists.index(bond.first) >= lists.index(bond.then):
            raise refused("dependence", name=f"{bond.first} > {bond.then}")


def _name(value: Any, place: int) -> str:
    """What a part of a row of parameters is called."""
    if isinstance(value, Dependence):
        return f"{value.first}>{value.then}"
    return str(getattr(value, "name", None) or getattr(value, "nationality", None) or place)
