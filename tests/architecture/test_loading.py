"""Importing one room loads that room and what it stands on, nothing else; the mechanism needs no numbers library."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.graph import FLOORS, arrows, read, room, rooms
from tests.architecture.loading import loaded_by, run
from tests.architecture.rules import NUMBER_ROOMS, NUMBERS

SRC = Path(__file__).parents[2] / "src"
HOUSE = read(SRC, ["schakel"])
ROOMS = [name for name in rooms(HOUSE) if name not in ("schakel", "schakel.cli", "schakel.content")]
HEAVY = {"numpy", "scipy", "pandas", "django", "pysat", "typst", "duckdb", "altair", "loket"}


def strangers(modules: set[str]) -> set[str]:
    """The heavy libraries among the modules, by their first name."""
    return {name.partition(".")[0] for name in modules} & HEAVY


def ours(modules: set[str]) -> set[str]:
    """The rooms among the modules, without the face."""
    return {room(name) for name in modules if name.startswith("schakel.")}


def stands_on(name: str) -> set[str]:
    """A room and all that it imports, by way of others too."""
    ways = {(room(arrow.source), room(arrow.target)) for arrow in arrows(HOUSE)}
    reached = {name}
    while more := {target for source, target in ways if source in reached} - reached:
        reached |= more
    return reached


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_loads_only_what_it_stands_on(name):
    modules = loaded_by([f"import {name}"], SRC)[f"import {name}"]
    assert ours(modules) <= stands_on(name)
    assert not strangers(modules), f"import {name} loads {strangers(modules)}"


def test_the_face_loads_no_room():
    assert ours(loaded_by(["import schakel"], SRC)["import schakel"]) == set()


def test_a_name_from_the_face_loads_one_room_and_what_that_stands_on():
    names = run("import schakel; print(*getattr(schakel, '__all__', ()))", SRC).split()
    uses = loaded_by([f"import schakel; schakel.{name}" for name in sorted(names)], SRC)
    for statement, modules in uses.items():
        loaded = ours(modules)
        top = [name for name in loaded if FLOORS[name] == max(map(FLOORS.__getitem__, loaded))]
        assert len(top) <= 1, f"{statement} loads more than one room: {sorted(loaded)}"
        allowed = NUMBERS if set(top) & set(NUMBER_ROOMS) else set()
        assert strangers(modules) <= allowed, f"{statement} loads {strangers(modules)}"


def test_the_look_sees_what_is_loaded(tmp_path):
    for name, text in {"a": "import schakel.b.heart", "b": "", "b/heart": "import json"}.items():
        path = tmp_path / "schakel" / name / "__init__.py"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "schakel" / "__init__.py").touch()
    answers = loaded_by(["import schakel.a", "import schakel.b"], tmp_path)
    assert ours(answers["import schakel.a"]) == {"schakel.a", "schakel.b"}
    assert ours(answers["import schakel.b"]) == {"schakel.b"}
    assert strangers({"numpy.linalg", "json"}) == {"numpy"}
