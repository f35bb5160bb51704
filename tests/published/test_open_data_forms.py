"""Open data against the forms that it claims: CSV-W, SDMX-CSV and DCAT-AP, each by rules from its own text or reader.

No validator of CSV-W or DCAT is installed here, so their rules stand below, each with where it was read. CSV-W: the W3C
Recommendation "Metadata Vocabulary for Tabular Data" of 17 December 2015, sections 5.2, 5.3, 5.5 and 5.6
(github.com/w3c/csvw, publishing-snapshots/REC-metadata/Overview.html); the built-in datatypes and the forms of numbers
are recalled. DCAT-AP: the SHACL shapes of github.com/SEMICeu/DCAT-AP (releases/3.0.0/html/shacl/shapes.ttl, whose own
header says 2.1.1). DCAT-AP-NL 3.0: the SHACL shapes of github.com/Geonovum/DCAT-AP-NL30 (shapes/300, and the table of
doc/gen/klassen.md), which are meant to hold beside those of DCAT-AP. SDMX-CSV is read back by pysdmx.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from schakel.disclosure.protect import protect
from schakel.disclosure.spec import Policy
from schakel.monitor.dcat import Publisher
from schakel.monitor.opendata import open_data
from tests.figures import asked, persons

BASE = "https://example.org/figures/"
WHO = Publisher("Test office", "https://example.org", "info@example.org", "https://example.org/cc0", date(2026, 1, 2))
MODES = {"rounded": Policy(), "withheld": Policy(mode="suppression")}


@pytest.fixture(scope="module", params=MODES)
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    made, _ = protect(asked(policy=MODES[request.param]), persons(120), seed=5)
    return open_data(made, BASE, WHO)


# -- CSV-W


def table(files: Mapping[str, bytes], url: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[url.removeprefix(BASE)].decode())))


def csvw_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    """What the metadata say that the tables are not."""
    group = json.loads(files["observations.csv-metadata.json"])
    match group["@context"]:  # 5.2: that string, or an array of it and an object with a base, a language or both
        case "http://www.w3.org/ns/csvw":
            pass
        case ["http://www.w3.org/ns/csvw", dict(local)] if set(local) <= {"@base", "@language"}:
            pass
        case _:
            yield "the context is not that of CSV-W"
    if not group["tables"] or len({one["url"] for one in group["tables"]}) < len(group["tables"]):
        yield "a group has tables, each with its own url"
    for one in group["tables"]:
        yield from columns_problems(one, table(files, one["url"]))
        yield from keys_problems(one, {each["url"]: each for each in group["tables"]}, files)


def columns_problems(one: Mapping[str, Any], rows: list[dict[str, str]]) -> Iterator[str]:
    columns = one["tableSchema"]["columns"]
    names = [column["name"] for column in columns]
    if len(set(names)) < len(names) or any(not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.%]*", name) for name in names):
        yield f"{one['url']}: a name begins with _ , stands twice, or is no name of a variable"
    if list(rows[0]) != names:
        yield f"{one['url']}: the columns are not those of the metadata"
        return
    for column, head in zip(columns, rows[0], strict=True):  # 5.5: columns are matched by position
        said = column.get("titles", [])
        if isinstance(said, dict) and not all(re.fullmatch(r"[a-z]{2,3}", tag) for tag in said):
            yield f"{one['url']}: the titles of '{head}' are not by language"
        titles = [title for each in (said.values() if isinstance(said, dict) else [said]) for title in _listed(each)]
        if head not in (column["name"], *titles):
            yield f"{one['url']}: the head '{head}' is not the name or a title of its column"
        kind = column.get("datatype", "string")
        kind = kind["base"] if isinstance(kind, dict) else kind
        if kind not in ("string", "integer", "nonNegativeInteger", "decimal", "date", "boolean"):
            yield f"{one['url']}: {kind} is no built-in datatype that is used here"
        for row in rows:
            value = row[head]
            if value == column.get("null", ""):
                if column.get("required"):
                    yield f"{one['url']}: '{head}' is required and empty"
            elif kind.lower().endswith("integer") and not re.fullmatch(r"-?\d+", value):
                yield f"{one['url']}: '{value}' is no whole number"


def keys_problems(
    one: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]], files: Mapping[str, bytes]
) -> Iterator[str]:
    schema = one["tableSchema"]
    rows = table(files, one["url"])
    if list(rows[0]) != [column["name"] for column in schema["columns"]]:
        return
    primary = schema.get("primaryKey", [])
    primary = [primary] if isinstance(primary, str) else primary
    if not set(primary) <= set(rows[0]):
        yield f"{one['url']}: the primary key names a column that is not there"
        return
    if primary and len({tuple(row[name] for name in primary) for row in rows}) < len(rows):
        yield f"{one['url']}: two rows have one primary key"
    for key in schema.get("foreignKeys", []):
        # 5.5: these properties and no other; a table or a schema, never both; each row refers to exactly one row
        if set(key) != {"columnReference", "reference"} or set(key["reference"]) != {"columnReference", "resource"}:
            yield f"{one['url']}: a foreign key has other properties than it may have"
            continue
        mine, there = key["columnReference"], key["reference"]["columnReference"]
        other = tables.get(key["reference"].get("resource", ""))
        if other is None:
            yield f"{one['url']}: a foreign key leads to no table of this group"
            continue
        given = [tuple(row[name] for name in _listed(there)) for row in table(files, other["url"])]
        allowed = {row for row in given if given.count(row) == 1}
        for row in rows:
            if tuple(row[name] for name in _listed(mine)) not in allowed:
                yield f"{one['url']}: {mine} has a value that its list does not have"


def _listed(name: str | list[str]) -> list[str]:
    return [name] if isinstance(name, str) else name


def test_the_tables_are_what_their_csvw_metadata_say(files: dict[str, bytes]) -> None:
    assert list(csvw_problems(files)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"@language": "nl"', b'"@vocab": "nl"'), (b'"columnReference": "figure"', b'"columns": "figure"'),
     (b'"primaryKey": "code"', b'"primaryKey": "cod"'), (b'"name": "code"', b'"name": "_code"')],
)  # fmt: skip
def test_the_check_sees_metadata_that_the_recommendation_refuses(
    files: dict[str, bytes], old: bytes, new: bytes
) -> None:
    told = files["observations.csv-metadata.json"]
    assert old in told
    changed = {**files, "observations.csv-metadata.json": told.replace(old, new, 1)}
    assert list(csvw_problems(changed)) != []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("observations.csv", b"2021", b"1999"), ("codes-sex.csv", b"woman", b"other"),
     ("observations.csv", b"figure,", b"table,")],
)  # fmt: skip
def test_the_check_sees_what_is_wrong(files: dict[str, bytes], name: str, old: bytes, new: bytes) -> None:
    assert list(csvw_problems({**files, name: files[name].replace(old, new, 1)})) != []


# -- SDMX-CSV


def test_sdmx_csv_is_read_back_by_its_own_reader(files: dict[str, bytes]) -> None:
    from pysdmx.io import read_sdmx

    read = read_sdmx(files["sdmx.csv"].decode(), validate=False)
    (data,) = read.data
    rows = data.data
    long = table(files, f"{BASE}observations.csv")
    assert len(rows) == len(long)
    assert set(rows.columns) >= {"FIGURE", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "CONF_STATUS"}
    assert data.short_urn.startswith("DataStructure=SCHAKEL:")
    for value, row in zip(rows["OBS_VALUE"].tolist(), long, strict=True):
        shown = "" if value is None or value != value or value in ("", "#N/A", "NaN") else str(int(float(value)))
        assert shown == row["value"]


# -- DCAT-AP

LEAST = {
    "dcat:Dataset": ("dct:title", "dct:description"),
    "dcat:Distribution": ("dcat:accessURL",),
    "foaf:Agent": ("foaf:name",),
    "spdx:Checksum": ("spdx:algorithm", "spdx:checksumValue"),
}
ONE = {
    "dcat:Dataset": ("dct:publisher", "dct:accessRights", "dct:issued", "dct:modified"),
    "dcat:Distribution": ("dct:issued", "dct:modified", "dct:license", "dct:rights", "spdx:checksum", "dcat:mediaType"),
    "spdx:Checksum": ("spdx:algorithm", "spdx:checksumValue"),
}


NL_LEAST = {
    "dcat:Dataset": ("dct:accessRights", "dcat:contactPoint", "dct:creator", "dct:identifier", "dct:publisher",
                     "dcat:theme", "dct:title", "dct:description"),
    "dcat:Distribution": ("dct:license", "dcat:accessURL"),
}  # fmt: skip
"""What DCAT-AP-NL 3.0 asks of a provider at least once; title, description and accessURL as DCAT-AP does."""
NL_ONE = {
    "dcat:Dataset": ("dcat:contactPoint", "dct:identifier", "adms:status", "dcat:version"),
    "dcat:Distribution": ("dcat:accessService", "dcat:accessURL", "dcat:downloadURL", "dcat:spatialResolutionInMeters",
                          "dcat:temporalResolution"),
}  # fmt: skip


def dcat_problems(record: Any, least: Mapping[str, Any], one: Mapping[str, Any]) -> Iterator[str]:
    for node in nodes(record):
        kind = node["@type"]
        yield from (f"{kind} has no {name}" for name in least.get(kind, ()) if not node.get(name))
        yield from (f"{kind} has several {name}" for name in one.get(kind, ()) if isinstance(node.get(name), list))


def test_the_record_keeps_to_the_shapes_of_dcat_ap_nl(files: dict[str, bytes]) -> None:
    assert list(dcat_problems(json.loads(files["dcat.jsonld"]), NL_LEAST, NL_ONE)) == []


def test_what_a_publisher_leaves_out_is_what_those_shapes_miss() -> None:
    """Nothing is made up: without a publisher, contact and licence the record says less than the profile asks."""
    made, _ = protect(asked(), persons(120), seed=5)
    bare = json.loads(open_data(made, BASE, Publisher())["dcat.jsonld"])
    missed = set(dcat_problems(bare, NL_LEAST, NL_ONE))
    assert missed == {
        "dcat:Dataset has no dcat:contactPoint", "dcat:Dataset has no dct:creator", "dcat:Dataset has no dct:publisher",
        "dcat:Distribution has no dct:license",
    }  # fmt: skip


def nodes(thing: Any) -> Iterator[dict[str, Any]]:
    if isinstance(thing, dict):
        if "@type" in thing and "@value" not in thing:
            yield thing
        for name, value in thing.items():
            if name != "@context":
                yield from nodes(value)
    elif isinstance(thing, list):
        for each in thing:
            yield from nodes(each)


def test_the_record_keeps_to_the_shapes_of_dcat_ap(files: dict[str, bytes]) -> None:
    found = list(nodes(json.loads(files["dcat.jsonld"])))
    kinds = {node["@type"] for node in found}
    assert {"dcat:Dataset", "dcat:Distribution", "spdx:Checksum"} <= kinds
    assert list(dcat_problems(found, LEAST, ONE)) == []
    for node in found:
        if node["@type"] == "spdx:Checksum":
            assert node["spdx:checksumValue"]["@type"] == "xsd:hexBinary"
            assert re.fullmatch(r"[0-9a-f]{64}", node["spdx:checksumValue"]["@value"])


def test_every_prefix_of_the_record_is_declared(files: dict[str, bytes]) -> None:
    record = json.loads(files["dcat.jsonld"])
    used = set(re.findall(r'"(?:@type": ")?([a-z]+):[A-Za-z]', files["dcat.jsonld"].decode())) - {
        "https",
        "http",
        "mailto",
    }
    assert used <= set(record["@context"])
