"""Lists come in from CSV, Parquet and Excel; what cannot be read is told, and never guessed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from schakel.linkage.files import read_lists, read_table, workplace, write_json
from schakel.linkage.mapping import ColumnMapping, parse_mapping
from schakel.linkage.quality import TRUTH
from schakel.rules.reading import read
from schakel.vocabulary.errors import BadInput

PLAIN = "voornaam,achternaam,geboortedatum\nAnna,Jansen,1990-02-03\nBram,de Vries,\n"


def lists(path: Path, mapping: ColumnMapping | None = None) -> pd.DataFrame:
    return read_lists([path], mapping or ColumnMapping()).registrations


def written(tmp_path: Path, content: str | bytes, name: str = "police.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_usual_dutch_columns_are_known_and_the_file_names_the_list(tmp_path: Path) -> None:
    found = lists(written(tmp_path, PLAIN))
    assert found["list"].unique().tolist() == ["police"]
    assert found["record"].tolist() == [1, 2]
    assert found["given_names"].tolist() == ["Anna", "Bram"]
    assert pd.isna(found["birth_date"][1])


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_the_separator_is_seen(tmp_path: Path, separator: str) -> None:
    assert lists(written(tmp_path, PLAIN.replace(",", separator)))["surname"].tolist() == ["Jansen", "de Vries"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings_are_detected(tmp_path: Path, encoding: str) -> None:
    text = PLAIN.replace("Anna", "Zoë").replace("Bram", "Renée")
    assert lists(written(tmp_path, text.encode(encoding)))["given_names"].tolist() == ["Zoë", "Renée"]


def test_a_row_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    found = read_lists([written(tmp_path, PLAIN + "Carla,Smit\n\nDaan,Bos,1980\n")], ColumnMapping())
    assert len(found.registrations) == 3
    assert found.unreadable.to_numpy().tolist() == [["police.csv", 4, "2 fields, 3 expected"]]


def test_a_row_of_nothing_but_separators_is_told_and_an_empty_line_is_not(tmp_path: Path) -> None:
    found = read_lists([written(tmp_path, PLAIN + ",,\n\n , ,\n")], ColumnMapping())
    assert len(found.registrations) == 2
    assert found.unreadable.to_numpy().tolist() == [
        ["police.csv", 4, "all fields are empty"],
        ["police.csv", 6, "all fields are empty"],
    ]


def test_a_row_of_a_workbook_without_cells_is_no_row_but_one_of_blanks_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["record", "surname"], [0, "A"], [None, None], [" ", ""], [1, "B"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "police.xlsx")
    found = read_lists([tmp_path / "police.xlsx"], ColumnMapping())
    assert found.registrations["record"].tolist() == [0, 1]
    assert found.unreadable["line"].tolist() == [4]


def test_parquet_is_read_as_text_whatever_the_kind_of_a_column(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "surname": pd.Series(["  Ito ", " ", None, "Ōta"]).astype("category"),
            "birth_date": pd.Series(["1980-02-03T04:05", None, "0900-01-02", "1999-12-31"], dtype="datetime64[s]"),
            "postcode": [1234, 5678, 1, 2],
            "age": [17.0, None, 30.0, 1.5],
            "registered_on": pd.to_datetime(["2020-01-01T23:30Z"] * 4).tz_convert("Europe/Amsterdam"),
        }
    )
    table.to_parquet(tmp_path / "police.parquet")
    found = read_lists([tmp_path / "police.parquet"], ColumnMapping(exact=("postcode",))).registrations
    told = {name: found[name].fillna("-").tolist() for name in ("surname", "birth_date", "postcode", "age")}
    assert told == {
        "surname": ["Ito", "-", "-", "Ōta"],
        "birth_date": ["1980-02-03", "-", "0900-01-02", "1999-12-31"],
        "postcode": ["1234", "5678", "1", "2"],
        "age": ["17", "-", "30", "1.5"],
    }
    assert found["registered_on"].dt.strftime("%Y-%m-%d").unique().tolist() == ["2020-01-02"]


def test_numbers_and_days_from_parquet_stand_beside_those_from_csv(tmp_path: Path) -> None:
    days = pd.Series(["2020-01-02T23:30:01.5", None], dtype="datetime64[ns]")
    table = pd.DataFrame({"record": pd.Series([3, 2**53 + 1], dtype="int64"), "surname": ["A", "B"]})
    table.assign(registered_on=days).to_parquet(tmp_path / "police.parquet")
    (tmp_path / "care.csv").write_text("record,surname,registered_on\n5,C,2020-02-03\n", encoding="utf-8")
    for order in (("police.parquet", "care.csv"), ("care.csv", "police.parquet")):
        found = read_lists([tmp_path / name for name in order], ColumnMapping()).registrations
        assert found.set_index("surname")["record"].to_dict() == {"A": 3, "B": 2**53 + 1, "C": 5}
        told = found.set_index("surname")["registered_on"].dt.strftime("%Y-%m-%d %H:%M").fillna("-")
        assert told.to_dict() == {"A": "2020-01-02 00:00", "B": "-", "C": "2020-02-03 00:00"}


def test_parquet_and_excel_give_the_same_as_csv(tmp_path: Path) -> None:
    expected = lists(written(tmp_path, PLAIN))
    table = pd.read_csv(written(tmp_path, PLAIN), parse_dates=["geboortedatum"])
    table.to_parquet(tmp_path / "police.parquet")
    pd.testing.assert_frame_equal(lists(tmp_path / "police.parquet"), expected)
    book = openpyxl.Workbook()
    for row in [list(table.columns), *table.astype("object").where(table.notna(), None).to_numpy().tolist()]:
        book.worksheets[0].append(row)
    book.save(tmp_path / "police.xlsx")
    pd.testing.assert_frame_equal(lists(tmp_path / "police.xlsx"), expected)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("", "a.csv", "holds no rows"),
        ("surname\n", "a.csv", "holds no rows"),
        ("surname,surname\nA,B\n", "a.csv", "stands twice"),
        ("street,town\nA,B\n", "a.csv", "no column with a name or a birth date"),
        (",".join(f"c{n}" for n in range(1_000_000)) + "\n1\n", "a.csv", "there are 1000000 columns"),
        ("record,surname\n1,A\n1,B\n", "a.csv", "registration 1 has the number of another"),
        ("record,surname\n7,A\nR119,B\n", "a.csv", "^a.csv: column 'record' holds 'R119'.*1 such rows"),
        ("record,surname\n7,A\n1.5,B\n", "a.csv", "holds '1.5'"),
        ("record,surname\n7,A\n1e3,B\n", "a.csv", "holds '1e3'"),
        ("record,surname\n7,A\n99999999999999999999,B\n", "a.csv", "holds '99999999999999999999'"),
        ("record,surname\n7,A\n,B\n", "a.csv", "1 registrations have no number.*list 'a'"),
        ("x", "a.parquet", "cannot be read as Parquet"),
        ("x", "a.xlsx", "cannot be read as Excel"),
        ("x", "a.pdf", "is no CSV, Parquet or Excel file"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, content: str, name: str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as told:
        lists(written(tmp_path, content, name))
    assert told.value.dutch
    assert "\n" not in told.value.say("nl")


def test_the_ids_of_the_user_are_kept_to_the_last_digit(tmp_path: Path) -> None:
    content = f"record,surname\n{2**53 + 1},A\n50.0,B\n-1,C\n"
    assert lists(written(tmp_path, content))["record"].tolist() == [2**53 + 1, 50, -1]
    assert lists(written(tmp_path, "record,surname\n,A\n,B\n"))["record"].tolist() == [1, 2]


def test_a_list_with_numbers_beside_one_without_is_refused(tmp_path: Path) -> None:
    paths = [written(tmp_path, "record,surname\n7,A\n", "kmar.csv"), written(tmp_path, PLAIN)]
    with pytest.raises(BadInput, match=r"2 registrations have no number.*list 'police'"):
        read_lists(paths, ColumnMapping())


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no file"):
        lists(tmp_path / "gone.csv")
    with pytest.raises(BadInput, match="no file"):
        read_table(tmp_path / "gone.csv", TRUTH)


def test_a_table_is_read_whatever_its_separator_and_another_table_is_refused_by_name(tmp_path: Path) -> None:
    assert read_table(written(tmp_path, "record;person\n1;2\n"), TRUTH).to_numpy().tolist() == [[1, 2]]
    with pytest.raises(BadInput, match=r"^police\.csv: the table has no column 'record'"):
        read_table(written(tmp_path, "foo,bar\n1,yes\n"), TRUTH)


def mapping(text: str) -> ColumnMapping:
    return parse_mapping(read(text, "map.yaml"))


def test_a_mapping_names_columns_for_all_lists_and_for_one(tmp_path: Path) -> None:
    made = mapping("columns:\n  surname: Naam\nlists:\n  kmar:\n    surname: Nom\nexact: [pc]\nonce: [kmar]\n")
    found = lists(written(tmp_path, "Nom,pc\nA,1234\n", "kmar.csv"), made)
    assert found[["surname", "pc"]].to_numpy().tolist() == [["A", "1234"]]
    assert made.once == ("kmar",)
    assert lists(written(tmp_path, "Naam,pc\nB,1\n"), made)["surname"].tolist() == ["B"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n", "not of the form"),
        ("colums: {}\n", "line 1: 'colums' is not known"),
        ("columns:\n  surnam: Naam\n", "line 2: 'surnam' is not known"),
        ("exact: pc\n", "not of the form"),
        ("lists: [a]\n", "not of the form"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_one_sentence(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        mapping(text)


@pytest.mark.parametrize("text", ["columns:\n  surname: Gone\n", "exact: [gone]\n"])
def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match="The columns are: voornaam, achternaam"):
        lists(written(tmp_path, PLAIN), mapping(text))


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    written(tmp_path, PLAIN)
    with pytest.raises(BadInput, match="holds other files"), workplace(tmp_path):
        pass


def test_without_a_folder_nothing_stays_behind() -> None:
    with workplace(None) as place:
        write_json(place / "a.json", {})
    assert not place.exists()
