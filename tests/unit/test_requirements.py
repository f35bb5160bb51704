"""The locked requirements: exact, hashed, without any address, and agreeing with pyproject.toml and with each other."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("base", "demo", "counter", "dev", "benchmark")
INNER_OUTER = [("base", "demo"), ("base", "counter"), ("demo", "dev"), ("counter", "dev"), ("dev", "benchmark")]
COUNTER = {"site", "proof", "book", "release", "postgres"}  # what the counter and the public site run on
NOT_IN_DEMO = {"postgres", "spark", "dp"}  # what shows the house on one machine needs no server and no cluster
ADDRESS = re.compile(
    r"://|(^|\s)(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b|\s@\s", re.MULTILINE
)
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")


def normal(name: str) -> str:
    """A package's name as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def text(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")


def entries(lock: str) -> list[str]:
    """The requirements of one file, each as one line with its hashes."""
    lines = [line for line in text(lock).splitlines() if line and not line.lstrip().startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


def pins(lock: str) -> dict[str, str]:
    """Package and version of each requirement that names one."""
    found = [match for match in map(PIN.match, entries(lock)) if match]
    return {normal(match["name"]): match["version"] for match in found}


def asked_for() -> dict[str, set[str]]:
    """What pyproject.toml asks for, per lock file, by package name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras, groups = project["project"]["optional-dependencies"], project["dependency-groups"]
    base = [*project["project"]["dependencies"], *groups["build"]]
    everything = [*base, *(item for extra in extras.values() for item in extra)]
    demo = [*base, *(item for name, extra in extras.items() if name not in NOT_IN_DEMO for item in extra)]
    dev = [*everything, *groups["test"]]
    counter = [*base, *(item for name, extra in extras.items() if name in COUNTER for item in extra)]
    wanted = {"base": base, "demo": demo, "counter": counter, "dev": dev, "benchmark": [*dev, *groups["benchmark"]]}
    return {lock: {normal(re.match(r"[\w.-]+", item)[0]) for item in items} for lock, items in wanted.items()}


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_stands_in_a_lock(lock):
    assert ADDRESS.findall(text(lock)) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_each_requirement_is_exact_and_hashed(lock):
    loose = [entry for entry in entries(lock) if not PIN.match(entry) or "--hash=sha256:" not in entry]
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_all_that_the_project_asks_for(lock):
    missing = asked_for()[lock] - pins(lock).keys()
    assert not missing, f"requirements/{lock}.txt lacks {sorted(missing)}: run make lock"


@pytest.mark.parametrize(("inner", "outer"), INNER_OUTER)
def test_a_larger_lock_holds_the_smaller_at_the_same_versions(inner, outer):
    larger = pins(outer)
    assert {name: larger.get(name) for name in pins(inner)} == pins(inner)


def test_the_base_install_is_a_yaml_reader_and_json_schema():
    assert not {"django", "numpy", "pandas", "python-sat", "typst"} & pins("base").keys()


@pytest.mark.parametrize(
    "line",
    ["--index-url somewhere", "-f wheels", "six @ file", "six==1.0 # https://example.org", "--extra-index-url x"],
)
def test_the_search_for_addresses_finds_one(line):
    assert ADDRESS.search(line)
