"""What may be shown: a release that was protected and attacked. Only `schakel.disclosure.protect` can make one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from schakel.disclosure.seal import sealed
from schakel.disclosure.spec import Spec

if TYPE_CHECKING:
    import pandas as pd

    from schakel.disclosure.cells import Key

TOTAL: Final = "_T"
"""The category that stands for all categories together, as in SDMX."""
ROUNDED, SHOWN, SMALL, WITHHELD = "rounded", "printed", "small", "withheld"
STATUSES: Final = (ROUNDED, SHOWN, SMALL, WITHHELD)
_MINT: Final = object()


@dataclass(frozen=True)
class Row:
    """One printed cell: its categories, its value (None where withheld) and its status."""

    key: Key
    value: int | None
    status: str


@dataclass(frozen=True)
class ProtectedRelease:
    """Tables that may be shown, with the specification they met and the sealed note of the audit.

    `made_by` is what only the protecting door has: constructing, copying with changes or unpickling a release by any
    other way is a `TypeError`.
    """

    spec: Spec
    note: Mapping[str, Any] = field(repr=False)
    rows: Mapping[str, tuple[Row, ...]] = field(repr=False)
    beside: Mapping[str, str | None] = field(repr=False)
    made_by: InitVar[object] = None

    def __post_init__(self, made_by: object) -> None:
        if made_by is not _MINT:
            raise TypeError("only schakel.disclosure.protect makes a protected release")
        for name in ("note", "rows", "beside"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def __reduce__(self) -> Any:
        raise TypeError("a protected release is read from its directory, not unpickled")

    @property
    def claims(self) -> Mapping[str, Any]:
        """What the note claims: the width, and whether no small count can be proved."""
        claim: Mapping[str, Any] = self.note["claim"]
        return claim

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(self.rows)

    def table(self, name: str) -> pd.DataFrame:
        """One table as a DataFrame: a column for each variable (`_T` is the total), then `value` and `status`.

        `value` is a nullable whole number: <NA> where the count is withheld, which is not nought.
        """
        import pandas as pd

        rows = self.rows[name]
        names = list(dict.fromkeys(variable for row in rows for variable, _ in row.key))
        asked = next((table.by for table in self.spec.tables if table.name == name), ())
        names = [*asked, *(variable for variable in names if variable not in asked)]
        data: dict[str, Any] = {each: [dict(row.key).get(each, TOTAL) for row in rows] for each in names}
        data["value"] = pd.array([row.value for row in rows], dtype="Int64")
        data["status"] = [row.status for row in rows]
        return pd.DataFrame(data)


def mint(
    spec: Spec, note: Mapping[str, Any], rows: Mapping[str, tuple[Row, ...]], beside: Mapping[str, str | None]
) -> ProtectedRelease:
    """For `schakel.disclosure.protect` alone; a test looks that nothing else names it."""
    return ProtectedRelease(spec, note, rows, beside, _MINT)


def resealed(release: ProtectedRelease, secret: bytes | None) -> ProtectedRelease:
    """The same release under another seal: that of a secret, or a plain checksum without one."""
    return mint(release.spec, sealed(release.note, secret), release.rows, release.beside)


def reopen(
    spec: Spec, note: Mapping[str, Any], rows: Mapping[str, tuple[Row, ...]], beside: Mapping[str, str | None]
) -> ProtectedRelease:
    """A release that was protected before, once `files.open_release` has looked at its seal and checksums.

    It stands here and not with `protect`, so that whoever only reads loads no solver.
    """
    return mint(spec, note, rows, beside)
