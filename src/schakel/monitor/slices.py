"""A slice of a protected release: the categories of one variable beside each other, everything else held fast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schakel.disclosure.protected import TOTAL, ProtectedRelease
from schakel.monitor.definitions import YEAR
from schakel.monitor.observations import NOT_APPLICABLE, coded_as, variables
from schakel.monitor.refusals import refusal


@dataclass(frozen=True)
class Slice:
    """One table of a protected release along one variable. Anything else than a release is refused.

    `year` None: all years together, or the years beside each other where `along` is the year. `along` '': the one
    variable besides the year. `at` holds the categories at which other variables are held; those not named are at
    their total.
    """

    release: ProtectedRelease = field(repr=False)
    table: str
    year: int | None = None
    codes: tuple[str, ...] = ()
    """Only these categories, in this order; empty: all of them, as the release lists them."""
    along: str = ""
    at: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.release, ProtectedRelease):
            raise refusal("internal")
        if self.table not in self.release.rows:
            raise refusal("no-figure", value=self.table, allowed=", ".join(self.release.tables))
        if self.year is not None:
            self._known(YEAR, str(self.year))
        if self.along and self.along not in self.by:
            raise refusal("unknown-code", value=self.along, name=self.table, allowed=", ".join(self.by))
        for name, code in self.at:
            self._known(name, code)

    def _known(self, name: str, code: str) -> None:
        allowed = categories(self.release, name) if name in self.by else ()
        if code not in (*allowed, TOTAL):
            raise refusal("unknown-code", value=code, name=name, allowed=", ".join(allowed))

    @property
    def by(self) -> tuple[str, ...]:
        """The variables of the table."""
        return next(table.by for table in self.release.spec.tables if table.name == self.table)

    @property
    def variable(self) -> str:
        """The variable whose categories stand beside each other."""
        others = [name for name in self.by if name != YEAR]
        if not self.along and len(others) != 1:
            problem = {"nl": f"tabel '{self.table}' heeft niet één indeling", "en": f"table '{self.table}' is no list"}
            raise refusal("line", problem=problem)
        return self.along or others[0]

    @property
    def values(self) -> Mapping[str, int | None]:
        """The printed number of each category, `_T` the total; None where withheld."""
        held = dict.fromkeys(self.by, TOTAL) | dict(self.at)
        if self.year is not None:
            held[YEAR] = str(self.year)
        variable = self.variable
        del held[variable]
        found = {}
        for row in self.release.rows[self.table]:
            key = dict(row.key)
            if all(key.get(name, TOTAL) == code for name, code in held.items()):
                found[key.get(variable, TOTAL)] = row.value
        return found

    @property
    def order(self) -> tuple[str, ...]:
        """The categories that are shown, in order; a group of others only where it was asked for."""
        values, declared = self.values, self.release.spec.variables.get(self.variable)
        groups = declared.groups if declared else {}
        every = categories(self.release, self.variable)
        return self.codes or tuple(code for code in every if code in values and code not in groups)

    def names(self, lang: str) -> Mapping[str, str]:
        """What the categories are called."""
        return names(self.release, self.variable, lang)


def categories(release: ProtectedRelease, variable: str) -> tuple[str, ...]:
    """The categories and groups of a variable that a release prints, in the order in which it lists them."""
    return tuple(code for code in names(release, variable, "nl") if code not in (TOTAL, NOT_APPLICABLE))


def names(release: ProtectedRelease, variable: str, lang: str) -> Mapping[str, str]:
    """Codes and names of a variable of a release; its total too."""
    if variable not in variables(release):
        return {}
    return {code: words(lang) for code, words in coded_as(variable, release).names.items()}
