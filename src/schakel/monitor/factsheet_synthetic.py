"""Protected releases of a synthetic country, for figures that show nobody: they say so in their own title."""

from __future__ import annotations

from collections.abc import Sequence

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
    names = (NATIONALITY, AGE, SECTORS, OUTSIDE, REGIONS)
    return synthetic_figures(names, [year], name=f"synthetic-factsheet-{year}", seed=seed, country=country)


def synthetic_figures(
    names: Sequence[str], years: Sequence[int], *, name: str, seed: int, key: bytes | None = None,
    country: Country = SIZES["demo"],
) -> ProtectedRelease:  # fmt: skip
    """These figures of these years of the synthetic country; the country itself is always the one of `SEED`.

    Raises as `synthetic_release` does.
    """
    made = simulate(country, seed=SEED)
    extract = make_extract(made.registrations, clusters_of_truth(made.truth), load().places, seed=SEED)
    when = f"{years[0]}-{years[-1]}" if len(years) > 1 else f"{years[0]}"
    title = text({"nl": f"SYNTHETISCH: mogelijke slachtoffers, {when}", "en": f"SYNTHETIC: possible victims, {when}"})
    spec = release_spec(names, years, name=name, title=title)
    with on_duckdb() as engine:
        release, _ = make(spec, engine, extract, seed=seed, key=key)
    return release
