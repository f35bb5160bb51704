"""What a simulation gives: the tables of one synthetic country, its parameters, and how it was made."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from schakel.simulation.assumptions import assumptions
from schakel.simulation.country import Country
from schakel.vocabulary.tables import Table


@dataclass(frozen=True, eq=False)
class Simulated:
    """The tables of one synthetic country. All but `population` are declared in `schakel.vocabulary.passing`.

    `people` holds everybody who is on at least one list; nobody invents a name for those whom no list knows. They are
    counted in `population`: by year, form, age group, sex and group of nationality how many `people` there are, how
    many of them are new in that year (`new_people`: their sum is `country.people`), `within_reach` of any list, and
    `registered` in that year. `truth` says of each record who it is about and the true stratum of person and year.
    """

    country: Country
    seed: int
    people: pd.DataFrame
    encounters: pd.DataFrame
    registrations: pd.DataFrame
    events: pd.DataFrame
    truth: pd.DataFrame
    population: pd.DataFrame

    @property
    def parameters(self) -> Table:
        """Every parameter of the country with its value and its source, or that it is an assumption."""
        return assumptions(self.country)

    def __repr__(self) -> str:
        years = "-".join(map(str, self.country.years))
        return (
            f"SYNTHETIC country {years}, seed {self.seed}: {self.country.people} people, {len(self.people)} of them on "
            f"a list, {len(self.registrations)} registrations"
        )
