"""One seeded synthetic country: its people, what lists know of them, and the truth beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from schakel.simulation.capture import Cells, capture, cell_of, cells_of
from schakel.simulation.checking import check_seed
from schakel.simulation.country import SMALL, Country
from schakel.simulation.draws import Numbers, stream
from schakel.simulation.events import events
from schakel.simulation.files import municipalities
from schakel.simulation.meetings import Meetings, arrange, encounters
from schakel.simulation.population import Everybody, Presences, Sites, presences, settle
from schakel.simulation.records import Captures, registrations, report, strata, truth
from schakel.simulation.seen import Seen, meet, people_table
from schakel.simulation.simulated import Simulated


@dataclass(frozen=True)
class Register:
    """Who came on which list: kept as codes until the tables are made."""

    sites: Sites
    seen: Seen
    meetings: Meetings
    captures: Captures
    population: pd.DataFrame


def simulate(country: Country = SMALL, *, seed: int) -> Simulated:
    """One synthetic country. The same parameters and the same seed give the same tables, to the last byte.

    Places of exploitation are drawn, people at them, the years each is in the country; then, list by list, who is
    registered (`schakel.simulation.capture` has the formula), what each list wrote down and what it got wrong. Cost:
    about 15 CPU seconds and 1.5 GiB for a million registrations.

    Raises `BadInput` where the seed is negative; parameters are refused when the `Country` is made.
    Assumes: lists work independently given the cell, the person's visibility, and the named dependences.
    """
    seed = check_seed(seed)
    regions = municipalities()
    codes = tuple(regions["code"])
    register = _registered(country, codes, seed)
    sites, seen, captures = register.sites, register.seen, register.captures
    reports = report(country, captures, seed)
    return Simulated(
        country,
        seed,
        people_table(country, sites, seen, regions),
        encounters(country, sites, seen, captures.seen, register.meetings, codes, seed),
        registrations(country, sites, seen, captures, reports, codes, seed),
        events(country, captures, reports, seed),
        truth(cells_of(country), captures, reports, register.meetings.of_capture + 1, country.lists),
        register.population,
    )


def _registered(country: Country, codes: tuple[str, ...], seed: int) -> Register:
    """Everybody drawn and put before every list; what is not on any list is counted and let go."""
    sites, everybody = settle(country, codes, seed)
    present, cells = presences(country, everybody), cells_of(country)
    cell = cell_of(cells, sites, everybody, present)
    on = capture(country, cells, cell, everybody, present, seed)
    which, where = np.nonzero(on)
    person, year = present.person[where], present.year[where]
    who = stream(seed, "order of people").permutation(np.unique(person))
    row = np.zeros(len(everybody.site), dtype=np.int32)
    row[who] = np.arange(len(who))
    meetings = arrange(country, which, year, everybody.site[person], seed)
    met = meetings.day[meetings.of_capture]
    captures = Captures(row[person], which.astype(np.int8), year, cell[where], met)
    population = population_table(cells, cell, everybody, present, np.any(on, axis=0))
    return Register(sites, meet(country, everybody.of(who), seed), meetings, captures, population)


def population_table(cells: Cells, cell: Numbers, people: Everybody, present: Presences, seen: Numbers) -> pd.DataFrame:
    """How many people there are, by stratum, those on no list included."""
    counted = {
        "people": np.ones(len(cell), dtype=bool),
        "new_people": present.year == people.first_year[present.person],
        "within_reach": people.reachable[present.person],
        "registered": seen,
    }
    table = pd.DataFrame(
        {
            **strata(cells, np.arange(cells.count)),
            **{name: np.bincount(cell[mask], minlength=cells.count) for name, mask in counted.items()},
        }
    )
    return table[table["people"] > 0].reset_index(drop=True)
