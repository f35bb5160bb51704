"""The bridge to disclosure: figures become a specification and its data, and by `protect` what may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from schakel.disclosure.earlier import Earlier
from schakel.disclosure.protect import Report, protect
from schakel.disclosure.protected import ProtectedRelease
from schakel.disclosure.spec import Policy, Spec, TableSpec, VariableSpec
from schakel.monitor.codes import CodeList, codelists
from schakel.monitor.definitions import OVERLAPPING, PERSONS, REPORTS, YEAR, Definition, definitions
from schakel.monitor.figures import COUNTED, combinations
from schakel.monitor.refusals import refusal
from schakel.vocabulary.periods import Period
from schakel.vocabulary.texts import Text, text

if TYPE_CHECKING:
    import pandas as pd

    from schakel.monitor.engines import Engine

PEOPLE: Final = text(
    {
        "nl": "mogelijke slachtoffers; wie in twee jaren is gemeld, telt in elk van die jaren één keer",
        "en": "possible victims; somebody reported in two years counts once in each of them",
    }
)
COUNTED_UNITS: Final = {
    PERSONS: PEOPLE,
    REPORTS: text(
        {
            "nl": "meldingen, geen personen: over één persoon kan vaker en door meer organisaties zijn gemeld",
            "en": "reports, no persons: one person can be reported more often and by several organisations",
        }
    ),
}
"""What a release can count, and how it says so. What counts persons more than once cannot be protected as either."""
YEAR_TEXT: Final = text({"nl": "jaar van registratie", "en": "year of registration"})
MORE_THAN_ONCE: Final = {"nl": "het telt personen meer dan één keer", "en": "it counts persons more than once"}
MIXED: Final = {
    "nl": "het telt iets anders dan de andere; vraag twee publicaties",
    "en": "it counts something else than the others; ask for two releases",
}
YEARLY: Final = (
    "victims-by-organisation", "victims-by-sex-and-age", "victims-by-citizenship", "victims-by-form",
    "victims-by-group", "dutch-or-not", "dutch-by-age", "sectors",
)  # fmt: skip
"""The figures of a yearly release: the minimum set of the European Union, the four groups, and the factsheet."""


def release_spec(
    names: Sequence[str], years: Sequence[int], *, name: str, title: Text, policy: Policy | None = None,
    earlier: Sequence[str] = (),
) -> Spec:  # fmt: skip
    """The specification of one release of these figures over these years: one table a figure, closed code lists.

    All of them count persons, or all of them reports: the small counts of reports are then protected, and a report is
    about one person at most. Raises `BadInput`: a figure that does not exist, that counts persons more than once, that
    counts something else than the others, or no years.
    """
    if not years:
        raise refusal("empty")
    asked = [definitions().figure(each) for each in names]
    for one in asked:
        if one.unit == OVERLAPPING:
            raise refusal("not-releasable", name=one.id, problem=MORE_THAN_ONCE)
        if one.unit != asked[0].unit:
            raise refusal("not-releasable", name=one.id, problem=MIXED)
    tables = tuple(TableSpec(one.id, one.by, one.where, one.title) for one in asked)
    return Spec(
        name=name, title=title, people=COUNTED_UNITS[asked[0].unit], policy=policy or Policy(), tables=tables,
        period=Period(date(min(years), 1, 1), date(max(years), 12, 31)),
        variables=_variables(asked, years), earlier=tuple(earlier), period_variable=YEAR, count=COUNTED,
    )  # fmt: skip


def _variables(asked: Sequence[Definition], years: Sequence[int]) -> Mapping[str, VariableSpec]:
    used = dict.fromkeys(name for one in asked for name in (*one.by, *one.where))
    found = {YEAR: VariableSpec(YEAR, tuple(str(year) for year in sorted(set(years))), title=YEAR_TEXT)}
    return found | {name: _variable(codelists()[name]) for name in used if name != YEAR}


def _variable(listed: CodeList) -> VariableSpec:
    return VariableSpec(listed.id, tuple(listed.codes), dict(listed.groups), listed.title)


def release_data(spec: Spec, engine: Engine, source: str | pd.DataFrame) -> pd.DataFrame:
    """INTERNAL: the true counts behind a specification of ours, one row a combination."""
    years = [int(year) for year in spec.variables[YEAR].categories or ()]
    return combinations(engine, source, spec.names, years, unit_of(spec))


def unit_of(spec: Spec) -> str:
    """What a specification of ours counts: persons or reports."""
    known = definitions().figures
    units = {known[table.name].unit for table in spec.tables if table.name in known}
    return REPORTS if units == {REPORTS} else PERSONS


def make(
    spec: Spec, engine: Engine, source: str | pd.DataFrame, *, seed: int, key: bytes | None = None,
    earlier: Sequence[Earlier] = (), seconds: float = 60.0,
) -> tuple[ProtectedRelease, Report]:  # fmt: skip
    """Count, protect, attack and seal: what may be published, and what only its author may see.

    `seed` is secret. Raises `BadInput` for what cannot be used, `schakel.disclosure.protect.NotSafe` where nothing
    safe can be given.
    """
    data = release_data(spec, engine, source)
    return protect(spec, data, seed=seed, key=key, earlier=earlier, seconds=seconds)
