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
from schakel.monitor.definitions import PERSONS, YEAR, Definition, definitions
from schakel.monitor.figures import COUNTED, persons
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
YEAR_TEXT: Final = text({"nl": "jaar van registratie", "en": "year of registration"})
NOT_PERSONS: Final = {
    "nl": "het telt geen personen, of telt personen meer dan één keer",
    "en": "it counts no persons, or counts persons more than once",
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

    Raises `BadInput`: a figure that does not exist, that counts no persons, or no years.
    """
    if not years:
        raise refusal("empty")
    asked = [definitions().figure(each) for each in names]
    for one in asked:
        if one.unit != PERSONS:
            raise refusal("not-releasable", name=one.id, problem=NOT_PERSONS)
    tables = tuple(TableSpec(one.id, one.by, one.where, one.title) for one in asked)
    return Spec(
        name=name, title=title, people=PEOPLE, policy=policy or Policy(), tables=tables,
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
    return persons(engine, source, spec.names, years)


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
