"""Importing one room loads that room and what it stands on, nothing else; the mechanism needs no numbers library."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.architecture.graph import FLOORS, arrows, read, room
from tests.architecture.loading import loaded_by, run
from tests.architecture.rules import NUMBER_ROOMS, NUMBERS

SRC = Path(__file__).parents[2] / "src"
ROOMS = sorted(
    f"schakel.{path.parent.name}" for path in (SRC / "schakel").glob("*/__init__.py") if path.parent.name != "cli"
)
HEAVY = {"numpy", "scipy", "pandas", "django", "pysat", "typst", "duckdb", "altair", "loket"}


def strangers(modules: set[str]) -> set[str]:
    """The heavy libraries among the modules, by their first name."""
    return {name.partition(".")[0] for name in modules} & HEAVY


def ours(modules: set[str]) -> set[str]:
    """The rooms among the modules, without the face."""
    return {room(name) for name in modules if name.startswith("schakel.")}


@cache
def ways() -> set[tuple[str, str]]:
    """Which room imports which."""
    return {(room(arrow.source), room(arrow.target)) for arrow in arrows(read(SRC, ["schakel"]))}


def stands_on(name: str) -> set[str]:
    """A room and all that it imports, by way of others too."""
    reached = {name}
    while more := {target for source, target in ways() if source in reached} - reached:
        reached |= more
    return reached


@cache
def with_a_room() -> dict[str, set[str]]:
    """What each room loads: all in one look, because starting takes longer than looking."""
    return loaded_by([f"import {name}" for name in ROOMS], SRC)


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_loads_only_what_it_stands_on(name):
    modules = with_a_room()[f"import {name}"]
    assert ours(modules) <= stands_on(name)
    assert not strangers(modules), f"import {name} loads {strangers(modules)}"


def test_the_face_loads_no_room():
    assert ours(loaded_by(["import schakel"], SRC)["import schakel"]) == set()


@pytest.mark.parametrize(
    ("counts", "there"), [(False, ()), (True, ("pandas", "scipy.stats"))], ids=["rules", "numbers"]
)
def test_a_name_from_the_face_loads_one_room_and_what_that_stands_on(counts, there):
    # Names of one module come with that module: one look for all of them.
    told = run("import schakel; print(*(f'{schakel._ROOMS.get(name)}:{name}' for name in schakel.__all__))", SRC)
    names = [name.split(":") for name in sorted(told.split())]
    modules = {module: [name for other, name in names if other == module] for module, _ in names}
    statements = [
        "import schakel; " + "; ".join(f"schakel.{name}" for name in each)
        for module, each in modules.items()
        if (room(module) in NUMBER_ROOMS) == counts
    ]
    for statement, loaded in loaded_by(statements, SRC, there).items():
        standing = ours(loaded)
        top = [name for name in standing if FLOORS[name] == max(map(FLOORS.__getitem__, standing))]
        assert len(top) <= 1, f"{statement} loads more than one room: {sorted(standing)}"
        assert (set(top) <= set(NUMBER_ROOMS)) == counts, f"{statement} loads {top}"
        allowed = NUMBERS if counts else set()
        assert strangers(loaded) <= allowed, f"{statement} loads {strangers(loaded)}"


def test_the_look_sees_what_is_loaded(tmp_path):
    for name, text in {"a": "import schakel.b.heart", "b": "", "b/heart": "import json"}.items():
        path = tmp_path / "schakel" / name / "__init__.py"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "schakel" / "__init__.py").touch()
    answers = loaded_by(["import schakel.a", "import schakel.b"], tmp_path)
    assert ours(answers["import schakel.a"]) == {"schakel.a", "schakel.b"}
    assert ours(answers["import schakel.b"]) == {"schakel.b"}
    assert "json" not in loaded_by(["import schakel.b.heart"], tmp_path, ["json"])["import schakel.b.heart"]
    assert strangers({"numpy.linalg", "json"}) == {"numpy"}
