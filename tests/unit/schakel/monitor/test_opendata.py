"""Open data: complete, consistent with the release, the same each time, and of a protected release only."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date

import pandas as pd
import pytest

from schakel.disclosure.files import write_release
from schakel.disclosure.protected import TOTAL, Row
from schakel.monitor.csvw import LONG, METADATA
from schakel.monitor.dcat import FILE as RECORD
from schakel.monitor.dcat import Publisher
from schakel.monitor.files import passing_file, write_folder
from schakel.monitor.observations import _value, coded, observations, sdmx_code
from schakel.monitor.opendata import AUDIT, CHECKSUMS, address, open_data
from schakel.vocabulary.errors import BadInput

BASE = "https://example.org/figures"
PUBLISHER = Publisher("Test office", "https://example.org", "info@example.org", "https://example.org/cc0",
                      date(2026, 1, 2))  # fmt: skip


@pytest.fixture(scope="module")
def files(release):
    return open_data(release, BASE, PUBLISHER)


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_every_printed_cell_is_in_the_long_table_once(release, files):
    found = rows(files[LONG])
    assert len(found) == sum(len(cells) for cells in release.rows.values())
    keys = {tuple(value for name, value in row.items() if name not in ("value", "status")) for row in found}
    assert len(keys) == len(found)


def test_values_are_those_of_the_release(release, files):
    printed = {(name, frozenset(row.key)): row.value for name, cells in release.rows.items() for row in cells}
    for row in rows(files[LONG]):
        key = frozenset((n, v) for n, v in row.items() if n in observations(release).columns and v[0] != "_")
        assert printed[row["figure"], key] == int(row["value"])


def test_every_code_stands_in_its_code_list(files):
    for name in ("figure", "year", "sex", "age_group", "monitor_group", "dutch", "status"):
        known = {row["code"] for row in rows(files[f"codes-{name}.csv"])}
        assert {row[name] for row in rows(files[LONG])} <= known
        assert all(row["nl"] and row["en"] for row in rows(files[f"codes-{name}.csv"]))


def test_the_metadata_describe_each_column_and_each_code_list(files):
    told = json.loads(files[METADATA])
    assert told["@context"][0] == "http://www.w3.org/ns/csvw"
    long = told["tables"][0]
    assert [column["name"] for column in long["tableSchema"]["columns"]] == list(rows(files[LONG])[0])
    urls = {table["url"] for table in told["tables"]}
    assert {key["reference"]["resource"] for key in long["tableSchema"]["foreignKeys"]} <= urls
    assert urls == {f"{BASE}/{name}" for name in files if name == LONG or name.startswith("codes-")}


def test_sdmx_has_the_same_values_with_both_statuses(files):
    sdmx, long = rows(files["sdmx.csv"]), rows(files[LONG])
    assert [row["OBS_VALUE"] for row in sdmx] == [row["value"] for row in long]
    assert {row["OBS_STATUS"] for row in sdmx} == {"A"}
    assert {row["CONF_STATUS"] for row in sdmx} == {"F"}
    assert "TIME_PERIOD" in sdmx[0]


@pytest.mark.parametrize("code", ["0-17", "23+", "Den Haag", "_T", "unknown", "vänster"])
def test_a_code_is_one_that_sdmx_allows(code):
    assert set(sdmx_code(code)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@$-")


def test_no_two_codes_of_a_list_become_one_in_sdmx(release):
    for variable in coded(release):
        assert len({sdmx_code(code) for code in variable.names}) == len(variable.names)


def test_a_withheld_count_is_empty_and_never_nought_and_one_mark_tells_nothing():
    key = (("sex", "man"),)
    assert _value(Row(key, None, "withheld"), two=False)[0] == ""
    assert _value(Row(key, None, "withheld"), two=False)[2:] == _value(Row(key, None, "small"), two=False)[2:]
    assert _value(Row(key, None, "withheld"), two=True)[2:] == ("Q", "D")
    assert _value(Row(key, None, "small"), two=True)[2:] == ("Q", "C")


def test_the_spreadsheet_can_be_read_and_holds_the_totals(release, files):
    found = pd.read_excel(io.BytesIO(files["tables-nl.xlsx"]), sheet_name=None, header=None)
    assert {"Voorblad", "Inhoud", "Tabel 1", "Tabel 3"} <= set(found)
    whole = next(row.value for row in release.rows["victims-by-group"] if all(code == TOTAL for _, code in row.key))
    sheet = found["Tabel 2"]
    assert whole in sheet[(sheet[0] == "Totaal") & (sheet[1] == "Totaal")][2].tolist()


def test_the_catalogue_record_names_every_file_with_its_checksum(files):
    told = json.loads(files[RECORD])
    named = {one["dcat:downloadURL"]["@id"]: one["spdx:checksum"]["spdx:checksumValue"]["@value"]
             for one in told["dcat:distribution"]}  # fmt: skip
    wanted = {f"{BASE}/{name}": hashlib.sha256(data).hexdigest() for name, data in files.items()
              if name not in (RECORD, CHECKSUMS)}  # fmt: skip
    assert named == wanted
    assert told["dct:issued"]["@value"] == "2026-01-02"
    assert "no validator was run" in told["dct:conformsTo"]["dct:title"]


def test_what_the_publisher_did_not_give_is_left_out_and_named(release):
    told = json.loads(open_data(release, BASE, Publisher())[RECORD])
    assert not {"dct:publisher", "dcat:contactPoint", "dct:issued"} & set(told)
    assert all("dct:license" not in one for one in told["dcat:distribution"])
    assert Publisher().missing == ("name", "address", "contact", "licence", "issued")
    assert PUBLISHER.missing == ()


def test_the_audit_note_is_that_of_the_release_and_checksums_fit(release, files):
    assert json.loads(files[AUDIT]) == dict(release.note)
    sums = dict(reversed(line.split("  ")) for line in files[CHECKSUMS].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != CHECKSUMS}


def test_the_codebook_says_what_a_figure_is_not(files):
    assert "Niet uit nationaliteit afgeleid" in files["codebook-nl.md"].decode()
    assert "What we do not know" not in files["codebook-nl.md"].decode()
    assert "Fall of 2018".lower() in files["codebook-en.md"].decode().lower()


def test_the_same_release_gives_the_same_bytes(release, files):
    assert open_data(release, f"{BASE}/", PUBLISHER) == files


@pytest.mark.parametrize("thing", [pd.DataFrame({"value": [1]}), {"value": 1}, None, 5])
def test_nothing_but_a_protected_release_comes_out(thing):
    with pytest.raises(BadInput, match="internal count"):
        open_data(thing, BASE, PUBLISHER)
    with pytest.raises(BadInput, match="internal count"):
        observations(thing)


@pytest.mark.parametrize("typed", ["", "example.org", "ftp://example.org", "https://", "https://a b", "https://x/?q=1"])
def test_an_address_that_is_none(typed):
    with pytest.raises(BadInput, match="no address"):
        address(typed)


def test_a_folder_is_whole_or_not_there(tmp_path):
    with pytest.raises(TypeError):
        write_folder(tmp_path / "a", {"one": b"1", "two": None})
    assert list(tmp_path.iterdir()) == []
    write_folder(tmp_path / "a", {"one": b"1"})
    assert (tmp_path / "a" / "one").read_bytes() == b"1"
    with pytest.raises(BadInput, match="exists already"):
        write_folder(tmp_path / "a", {"one": b"2"})
    with pytest.raises(BadInput, match="cannot be made there"):
        write_folder(tmp_path / "no" / "a", {"one": b"2"})


def test_a_passing_file_is_gone():
    kept = []
    assert passing_file(lambda path: (kept.append(path), path.write_bytes(b"x")), ".x") == b"x"
    assert not kept[0].exists()


def test_a_tampered_release_directory_gives_no_open_data(release, tmp_path, capsys):
    from schakel.cli import main

    folder = tmp_path / "release"
    write_release(release, folder)
    out = tmp_path / "open"
    assert main(["opendata", str(folder), "--out", str(out), "--base-url", BASE, "--lang", "en"]) == 0
    assert "left out, not made up" in capsys.readouterr().out
    cells = folder / "cells.csv"
    cells.write_text(cells.read_text(encoding="utf-8").replace("woman", "man"), encoding="utf-8")
    again = tmp_path / "again"
    assert main(["opendata", str(folder), "--out", str(again), "--base-url", BASE, "--lang", "nl"]) == 2
    assert not again.exists()
    assert capsys.readouterr().err.startswith("schakel opendata:")
