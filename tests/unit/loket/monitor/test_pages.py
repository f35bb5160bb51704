"""The public figures: no database, every number from a protected release or a published source, addresses that stay."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, override_settings

from schakel.disclosure.protected import ProtectedRelease
from schakel.monitor import publishing
from schakel.monitor.publications import Withdrawal
from schakel.monitor.series import published as published_figures
from schakel.monitor.show import number
from schakel.vocabulary.texts import text
from tests.counter import html
from tests.figures import DAY, SIGNED

PAGES = (
    "", "gepubliceerd/breakdowns/", "gepubliceerd/chain/", "gepubliceerd/estimates/", "gepubliceerd/factsheet/",
    "begrippen/", "proef/", "proef/herzieningen/", "proef/by-sex/", "proef/victims-by-sex-and-age/?naast=year&sex=man",
)  # fmt: skip
TABLE = "/nl/cijfers/proef/victims-by-sex-and-age/"


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_database_and_sets_no_cookie(strict: Client, published: Path, lang: str, path: str) -> None:
    def refuse(execute: object, sql: str, *rest: object) -> None:
        raise AssertionError(sql)

    with connection.execute_wrapper(refuse):
        response = strict.get(f"/{lang}/cijfers/{path}")
    assert response.status_code == 200
    assert not response.cookies
    assert f'<html lang="{lang}"' in response.content.decode()


def test_the_published_series_is_there_from_day_one_with_every_source(strict: Client) -> None:
    with override_settings(LOKET_RELEASES=""):
        page = strict.get("/nl/cijfers/").content.decode()
    for one in published_figures("reported"):
        assert f"<td>{number(one.value, 'nl')}</td>" in page
        assert one.sources[0].ref in page
    assert "nog niets gepubliceerd" in page


def test_a_table_shows_what_was_chosen_and_nothing_else(
    strict: Client, published: Path, made: ProtectedRelease
) -> None:
    page = html(strict.get(f"{TABLE}?naast=age_group&year=2022&sex=woman"))
    rows = {row.key: row.value for row in made.rows["victims-by-sex-and-age"]}
    for age, words in (("0-17", "Minderjarig (0-17)"), ("18-22", "18 tot en met 22"), ("23+", "23 en ouder")):
        value = rows[("year", "2022"), ("sex", "woman"), ("age_group", age)]
        assert f'<th scope="row">{words}</th><td>{value}</td>' in page
    assert f"Samen: {rows[('year', '2022'), ('sex', 'woman')]}" in page
    assert "SYNTHETISCH" in page


def test_years_beside_each_other_are_not_added_up(strict: Client, published: Path) -> None:
    page = strict.get(f"{TABLE}?naast=year").content.decode()
    assert "Samen:" not in page
    assert "niet op te tellen" in page


@pytest.mark.parametrize("query", ["naast=form", "year=1999", "naast=sex&age_group=old", "age_group=%00"])
def test_a_choice_that_does_not_exist_is_told(strict: Client, published: Path, query: str) -> None:
    response = strict.get(f"{TABLE}?{query}")
    assert response.status_code == 400
    assert "bestaat niet in deze tabel" in response.content.decode()


def test_the_numbers_of_a_page_can_be_taken_along(strict: Client, published: Path, made: ProtectedRelease) -> None:
    text = strict.get(f"{TABLE}selectie.csv?naast=sex&year=2023").content.decode()
    rows = {row.key: row.value for row in made.rows["victims-by-sex-and-age"]}
    assert text.splitlines()[1] == f"woman,Vrouw,{rows[('year', '2023'), ('sex', 'woman')]}"


def test_every_file_is_given_as_it_was_published(strict: Client, published: Path, files: dict[str, bytes]) -> None:
    page = strict.get("/nl/cijfers/proef/").content.decode()
    for name, data in files.items():
        response = strict.get(f"/nl/cijfers/proef/bestanden/{name}")
        assert response.content == data
        digest = hashlib.sha256(data)
        assert response["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
        assert digest.hexdigest() in page
        assert 'filename="synthetic-' in response["Content-Disposition"]


def test_a_page_tells_how_to_cite_who_signed_and_the_checksum(strict: Client, published: Path) -> None:
    page = strict.get("/en/cijfers/proef/").content.decode()
    one = publishing.find(published, "proef")
    assert one is not None
    assert one.checksum in page
    assert "Signed by Onderzoeker 1, Rapporteur, on 26 November 2026" in page
    assert (
        f"Rapporteur (2026). SYNTHETIC: proef. http://testserver/en/cijfers/proef/ (checksum {one.checksum[:12]})"
        in page
    )


@pytest.mark.parametrize(
    "part", ["release/cells.csv", "release/audit.json", "data/observations.csv", "release/extra.csv"]
)
def test_a_changed_directory_is_not_shown(strict: Client, published: Path, part: str) -> None:
    place = published / "proef" / part
    place.write_bytes((place.read_bytes() if place.exists() else b"") + b"x")
    response = strict.get("/nl/cijfers/proef/")
    assert response.status_code == 503
    assert "passen niet bij hun controlesom" in response.content.decode()
    assert strict.get(TABLE).status_code == 404
    assert strict.get("/nl/cijfers/proef/bestanden/sdmx.csv").status_code == 404


def test_a_publication_that_cannot_be_read_does_not_take_the_others_along(strict: Client, published: Path) -> None:
    for broken in (b"{", b'{"kind": "other"}', b"[]"):
        (published / "kapot").mkdir(exist_ok=True)
        (published / "kapot" / "publication.json").write_bytes(broken)
        assert "SYNTHETISCH: proef" in strict.get("/nl/cijfers/").content.decode()
        assert strict.get("/nl/cijfers/kapot/").status_code == 404


def test_a_withdrawn_publication_says_so_and_why_and_shows_no_figure(
    strict: Client, published: Path, made: ProtectedRelease
) -> None:
    why = Withdrawal(SIGNED, text({"nl": "Er zat een fout in de telling.", "en": "There was an error in the count."}))
    publishing.withdraw(published, "proef", why)
    response = strict.get("/nl/cijfers/proef/")
    page = response.content.decode()
    assert response.status_code == 410
    assert "Er zat een fout in de telling." in page
    assert "Onderzoeker 1" in page
    assert strict.get(TABLE).status_code == 404
    assert strict.get("/nl/cijfers/proef/bestanden/observations.csv").status_code == 404
    assert "Ingetrokken" in strict.get("/nl/cijfers/").content.decode()
    assert not [path for path in published.rglob("*") if path.name in ("cells.csv", "observations.csv")]


@pytest.mark.parametrize("path", ["nowhere/", "PROEF/", "..%2f/", "proef/other/", "proef/bestanden/../publication.json",
                                  "proef/bestanden/publication.json", "proef/factsheet-2023.pdf"])  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_so(client: Client, published: Path, path: str) -> None:
    response = client.get(f"/nl/cijfers/{path}")
    assert response.status_code == 404
    assert b"Traceback" not in response.content


def test_the_factsheet_of_2013_can_be_had_as_a_file(strict: Client) -> None:
    response = strict.get("/nl/cijfers/gepubliceerd/factsheet-2011.pdf")
    assert response.content.startswith(b"%PDF")
    assert strict.get("/nl/cijfers/gepubliceerd/factsheet-1999.pdf").status_code == 404


def test_what_another_publication_printed_stands_beside_it(
    strict: Client, published: Path, made: ProtectedRelease
) -> None:
    page = strict.get("/nl/cijfers/proef/herzieningen/").content.decode()
    assert "geen andere publicatie" in page
    told = json.loads((published / "proef" / "publication.json").read_text())
    assert told["published"] == DAY.isoformat()
