"""A protected release of a synthetic country, for a factsheet that shows nobody: it says so in its own title."""

from __future__ import annotations

from schakel.disclosure.protected import ProtectedRelease
from schakel.mechanism.content import load
from schakel.monitor.engines import on_duckdb
from schakel.monitor.extract import clusters_of_truth, make_extract
from schakel.monitor.factsheet import AGE, NATIONALITY, OUTSIDE, REGIONS, SECTORS
from schakel.monitor.release import make, release_spec
from schakel.simulation.country import SIZES, Country
from schakel.simulation.simulate import simulate
from schakel.vocabulary.texts import text

SEED = 7


def synthetic_release(year: int, country: Country = SIZES["demo"], *, seed: int = SEED) -> ProtectedRelease:
    """The tables of a factsheet of one year of a synthetic country, by the same door as real ones.

    Raises `BadInput` for a year that the country does not have, `NotSafe` where nothing safe can be given.
    """
    made = simulate(country, seed=seed)
    extract = make_extract(made.registrations, clusters_of_truth(made.truth), load().places, seed=seed)
    title = text({"nl": f"SYNTHETISCH: mogelijke slachtoffers, {year}", "en": f"SYNTHETIC: possible victims, {year}"})
    names = (NATIONALITY, AGE, SECTORS, OUTSIDE, REGIONS)
    spec = release_spec(names, [year], name=f"synthetic-factsheet-{year}", title=title)
    with on_duckdb() as engine:
        release, _ = make(spec, engine, extract, seed=seed)
    return release
