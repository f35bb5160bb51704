"""No file names a machine or a package registry, and no source file is longer than a person reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.architecture.tree import MACHINE, REGISTRIES, holding, repository_files, too_long

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def files():
    return repository_files(ROOT)


def test_no_file_holds_a_path_of_one_machine(files):
    assert holding(MACHINE, files, ROOT) == []


def test_no_file_holds_the_address_of_a_package_registry(files):
    assert holding(REGISTRIES, files, ROOT) == []


def test_no_source_file_is_too_long(files):
    assert too_long([path for path in files if (ROOT / "src") in path.parents], ROOT) == []


def test_the_files_are_those_of_the_repository(files):
    names = {str(path.relative_to(ROOT)) for path in files}
    assert {"pyproject.toml", "LICENSE", "tests/architecture/tree.py"} <= names
    assert not any(name.startswith(".venv/") for name in names)


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE, "read from /" + "work/shared/x"),
        (MACHINE, "'/" + "home/someone/x.yaml'"),
        (MACHINE, "x = /" + "root/.cache"),
        (REGISTRIES, "https://" + "pypi" + ".org/simple"),
        (REGISTRIES, "https://files." + "pythonhosted" + ".org/packages"),
        (REGISTRIES, "https://registry" + ".npmjs" + ".org/htmx"),
        (REGISTRIES, "http://deb" + ".debian" + ".org/debian"),
    ],
)
def test_the_search_finds_what_it_looks_for(tmp_path, pattern, line):
    path = tmp_path / "a.txt"
    path.write_text(f"first\n{line}\n", encoding="utf-8")
    assert holding(pattern, [path], tmp_path)[0].startswith("a.txt:2: ")


@pytest.mark.parametrize(
    "line", ["https://example.nl/" + "home/house/x", "tests/house/a.py", "/" + "home", "{{ x }}/" + "root/a", "and/or"]
)
def test_an_address_or_a_relative_path_is_no_machine(line):
    assert not MACHINE.search(line)


def test_a_long_file_is_found(tmp_path):
    (tmp_path / "a.py").write_text("x = 1\n" * 501, encoding="utf-8")
    (tmp_path / "b.py").write_text("x = 1\n" * 500, encoding="utf-8")
    assert too_long(sorted(tmp_path.iterdir()), tmp_path) == ["a.py: 501 lines"]


def test_without_git_the_tree_is_walked(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "a").touch()
    (tmp_path / "b").touch()
    assert shutil.which("git") is None
    assert repository_files(tmp_path) == [tmp_path / "b"]
