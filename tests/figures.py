"""What tests of figures share: a small release of invented people, its publication, a researcher of the Rapporteur."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from django.test import Client, override_settings

from schakel.disclosure.protect import protect
from schakel.disclosure.protected import ProtectedRelease
from schakel.disclosure.spec import Policy, Spec, TableSpec, VariableSpec
from schakel.monitor import publishing
from schakel.monitor.dcat import Publisher
from schakel.monitor.opendata import open_data
from schakel.monitor.publications import Signature
from schakel.vocabulary.texts import text
from tests.unit.schakel.disclosure.small import people

DAY = date(2026, 11, 26)
SIGNED = Signature("Onderzoeker 1", "Rapporteur", DAY)
AGES = {"18-23": "18-22", "24+": "23+"}
YEARS = ("2021", "2022", "2023")


def persons(count: int = 90, seed: int = 7) -> pd.DataFrame:
    """Invented people, one a row, in the variables of the definitions."""
    table = people(count, seed).rename(columns={"age": "age_group"})
    return table.assign(age_group=table["age_group"].replace(AGES))


def few(policy: Policy) -> Spec:
    """One table only, which for few people cannot be protected by withholding."""
    whole = asked("cijfers-1", policy)
    variables = {name: whole.variables[name] for name in ("year", "sex")}
    return replace(whole, tables=whole.tables[1:], variables=variables)


def asked(name: str = "proef", policy: Policy | None = None) -> Spec:
    """Two tables by year over the variables of the definitions."""
    variables = {
        "year": VariableSpec("year", YEARS, title=text({"nl": "jaar van registratie", "en": "year of registration"})),
        "sex": VariableSpec("sex", ("woman", "man")), "age_group": VariableSpec("age_group", ("0-17", "18-22", "23+")),
    }  # fmt: skip
    tables = (TableSpec("victims-by-sex-and-age", ("year", "sex", "age_group")), TableSpec("by-sex", ("year", "sex")))
    title = text({"nl": f"SYNTHETISCH: {name}", "en": f"SYNTHETIC: {name}"})
    who = text({"nl": "verzonnen mensen", "en": "invented people"})
    return Spec(name, title, who, policy or Policy(), tables, variables=variables)


@pytest.fixture(scope="session")
def made() -> ProtectedRelease:
    return protect(asked(), persons(), seed=5)[0]


@pytest.fixture(scope="session")
def files(made: ProtectedRelease) -> dict[str, bytes]:
    return open_data(made, "https://example.org/nl/cijfers/proef/bestanden/", Publisher())


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for publications, with nothing in it."""
    place = tmp_path / "publications"
    place.mkdir()
    with override_settings(LOKET_RELEASES=str(place)):
        yield place


@pytest.fixture
def published(folder: Path, made: ProtectedRelease, files: dict[str, bytes]) -> Path:
    """The small release, published."""
    publishing.publish(folder, made, SIGNED, DAY, files)
    return folder


@pytest.fixture
def author(database: dict[str, Any], folder: Path) -> Any:
    """A researcher of the Rapporteur."""
    return researcher("Rapporteur", "national-rapporteur")


def researcher(organisation: str, kind: str, role: str = "researcher") -> Any:
    from django.utils import timezone

    from loket.accounts.models import Organisation
    from tests.counter import Someone

    Organisation.objects.get_or_create(name=organisation, defaults={"kind": kind, "admitted_at": timezone.now()})
    return Someone(role, organisation)


@pytest.fixture
def strict() -> Client:
    """A visitor for whom a fault on the server is a failing test."""
    return Client()
