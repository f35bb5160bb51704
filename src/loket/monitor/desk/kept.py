"""What is kept of a release on its way, in the words of the library: specification, counts, protected files."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from loket.monitor.desk.models import Draft
from loket.monitor.desk.seals import release_key, show_public
from schakel.disclosure.advice import Merge, mended
from schakel.disclosure.directory import opened
from schakel.disclosure.earlier import earlier_in, named_by
from schakel.disclosure.files import data_table, directory, known_policies, read_earlier, release_texts
from schakel.disclosure.protected import ProtectedRelease, resealed
from schakel.disclosure.spec import Policy, Spec
from schakel.disclosure.spec_file import parse_spec
from schakel.disclosure.spec_text import spec_text
from schakel.monitor import publications, publishing
from schakel.monitor.dcat import Publisher
from schakel.monitor.engines import on_duckdb
from schakel.monitor.intake import from_extract, is_extract, reduced, refuse_identity
from schakel.monitor.opendata import open_data
from schakel.monitor.publications import Signature, Withdrawal
from schakel.monitor.release import YEARLY
from schakel.vocabulary.errors import BadInput, refused
from schakel.vocabulary.texts import LANGUAGES, Text

if TYPE_CHECKING:
    import pandas as pd

    from schakel.disclosure.earlier import Earlier

COUNTS: Final = "counts.csv"
NO_FILE: Final = (
    ("no file was handed over", "Choose a CSV or Parquet file without identities"),
    ("er is geen bestand ingeleverd", "Kies een CSV- of Parquet-bestand zonder identiteiten"),
)
PACKED: Final = (
    ("'{name}' is packed, and could be far larger than it seems", "Unpack it first"),
    ("'{name}' is ingepakt, en kan veel groter zijn dan het lijkt", "Pak het eerst uit"),
)
NOT_READ: Final = (
    ("the earlier publication '{name}' cannot be read, so what the two tell together cannot be attacked",
     "Ask whoever keeps this installation to put it back"),
    ("de eerdere publicatie '{name}' is niet te lezen, dus wat de twee samen vertellen kan niet worden aangevallen",
     "Vraag de beheerder van deze installatie haar terug te zetten"),
)  # fmt: skip
MORE: Final = ("sectors-outside-sex-industry", "victims-by-region")
"""What a yearly release of this site prints besides the minimum: sectors outside the sex industry, and regions."""


@dataclass(frozen=True)
class Upload:
    """What was handed over, brought down to counts; nothing else of the file is kept."""

    spec: Spec
    counts: pd.DataFrame
    earlier: tuple[str, ...] = ()


def take_in(
    raw: bytes, file: str, spec: bytes | None, *, name: str, title: Text, years: str | None,
    earlier: Mapping[str, Earlier],
) -> Upload:  # fmt: skip
    """A file in memory and a specification (None: the yearly figures of an extract) as an upload.

    Raises `BadInput` for a file that cannot be used, that holds an identity, or that the specification does not fit.
    """
    if file.endswith(".gz"):
        raise refused(*PACKED, name=file)
    table = data_table(io.BytesIO(raw), file)
    names = tuple(earlier)
    if spec is None and is_extract(table):
        with on_duckdb() as engine:
            made, counts = from_extract(
                table, engine, (*YEARLY, *MORE), years, name=name, title=title, earlier=names
            )  # fmt: skip
    else:
        refuse_identity(table)
        made = replace(parse_spec(spec or b"", known_policies(), "spec.yaml"), earlier=names)
        made = replace(made, name=name or made.name, title=title if title("nl") else made.title)
        counts = table
    return Upload(*reduced(made, counts, named_by(tuple(earlier.values()))), names)


def no_file() -> BadInput:
    return refused(*NO_FILE)


def plain(words: Text) -> dict[str, str]:
    return {lang: words(lang) for lang in LANGUAGES}


def put_asked(draft: Draft, spec: Spec, counts: pd.DataFrame) -> None:
    draft.spec, draft.counts = spec_text(spec), counts.to_csv(index=False, lineterminator="\n")


def asked(draft: Draft) -> tuple[Spec, pd.DataFrame]:
    """The specification and the true counts, in memory only."""
    spec = parse_spec(draft.spec, known_policies(), f"{draft.name}/spec.yaml")
    return spec, data_table(io.BytesIO(str(draft.counts).encode()), COUNTS)


def policy(draft: Draft) -> Policy:
    """How it is to be protected."""
    return parse_spec(draft.spec, known_policies(), draft.name).policy


def mend(draft: Draft, merge: Merge | None, changes: Mapping[str, Any], folder: Path) -> None:
    """Carry a merge out, or change the policy. Raises `BadInput` where that leaves nothing to protect."""
    spec, counts = asked(draft)
    if merge:
        spec, counts = mended(spec, counts, merge, tuple(earlier_of(folder, draft.earlier).values()))
    if changes:
        spec = replace(spec, policy=replace(spec.policy, **changes))
    put_asked(draft, spec, counts)


def release(draft: Draft) -> ProtectedRelease:
    """The protected release as it was made. Raises `BadInput` where seal and checksums do not fit.

    It carries the installation's seal from the moment that a person signed, and not before.
    """
    return opened(directory(json.loads(str(draft.made)), draft.name, release_key() if draft.signed_at else None))


def seal(draft: Draft, secret: bytes | None) -> None:
    """Seal what was made with the secret; without one take the seal off again."""
    draft.made = json.dumps(release_texts(resealed(release(draft), secret)))


def checksum(draft: Draft) -> str:
    return publications.checksum(dict(release(draft).note))


def earlier_of(folder: Path, names: Sequence[str]) -> dict[str, Earlier]:
    """What a reader knows of earlier publications, withdrawn ones included: what was printed once stays known."""
    found = {}
    for name in names:
        place = folder / name / publishing.RELEASE
        if place.is_dir():
            found[name] = replace(read_earlier(place, release_key()), name=name)
            continue
        row = Draft.objects.filter(name=name, state="withdrawn").first()
        if row is None or not row.made:
            raise refused(*NOT_READ, name=name)
        found[name] = earlier_in(directory(json.loads(str(row.made)), row.name, release_key()))
    return found


def publish(draft: Draft, folder: Path, address: str, today: date) -> None:
    """The release and its open data in the folder of publications, in one step."""
    made = release(draft)
    assert draft.signed_at is not None
    signed = Signature(draft.signed_by, draft.signed_for, draft.signed_at.date())
    files = open_data(made, address, Publisher(draft.signed_for, "", "", "", today))
    publishing.publish(folder, made, signed, today, files, release_key())
    show_public()


def withdraw(draft: Draft, folder: Path, why: Withdrawal) -> None:
    publishing.withdraw(folder, draft.name, why, release_key())
