"""What is installed: units that name commands that are there, a compose file on loopback, a clock that runs somewhere.

Neither Docker nor nginx runs here. The units are also shown to `systemd-analyze`, where this machine has it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
LOKET = re.compile(r"loket ([a-z]+)(?: ([a-z]+))?")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


def settings_of(path: Path) -> dict[str, dict[str, list[str]]]:
    """Sections of a unit with every value of each key, lines that go on joined."""
    found: dict[str, dict[str, list[str]]] = {}
    section = ""
    for line in path.read_text("utf-8").replace("\\\n", " ").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line.strip() and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(section, {}).setdefault(key, []).append(" ".join(value.split()))
    return found


def commands() -> set[str]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings.test")
    django.setup()
    from django.core.management import get_commands

    return set(get_commands())


@pytest.mark.parametrize("path", UNITS, ids=lambda one: one.name)
def test_a_unit_starts_what_is_there_and_as_nobody_special(path: Path) -> None:
    told = settings_of(path)
    assert told["Unit"]["Description"]
    if path.suffix == ".timer":
        assert told["Timer"]["OnCalendar"]
        assert path.with_suffix(".service") in UNITS
        return
    service = told["Service"]
    assert service["User"] == ["schakel"]
    assert service["NoNewPrivileges"] == ["yes"]
    named = [name for line in service["ExecStart"] + service.get("ExecStartPre", []) for name, _ in LOKET.findall(line)]
    assert set(named) <= commands()
    assert named or "loket.site.wsgi" in service["ExecStart"][0]


def test_the_clock_and_the_outbox_run_in_both_ways_of_installing() -> None:
    units = " ".join(line for path in UNITS for line in settings_of(path).get("Service", {}).get("ExecStart", []))
    assert {"clock", "worker", "backup"} <= {name for name, _ in LOKET.findall(units)}
    assert COMPOSE["services"]["worker"]["command"] == ["loket", "worker", "--clock"]


def test_the_compose_file_shows_itself_on_loopback_only_and_holds_no_secret() -> None:
    assert set(COMPOSE["services"]) == {"schakel", "worker", "database"}
    ports = [port for one in COMPOSE["services"].values() for port in one.get("ports", [])]
    assert ports == ["127.0.0.1:8000:8000"]
    for name in ("schakel", "worker"):
        one = COMPOSE["services"][name]
        assert (one["read_only"], one["cap_drop"]) == (True, ["ALL"])
        assert one["environment"]["LOKET_SECRET_KEY"].startswith("${")
        assert set(one["secrets"]) <= set(COMPOSE["secrets"])
    mounted = {place.split(":")[0] for one in COMPOSE["services"].values() for place in one.get("volumes", [])}
    assert mounted == set(COMPOSE["volumes"])


def test_the_proxy_lets_files_through_on_the_pages_that_take_them_only() -> None:
    from loket.site.settings.counter import LOKET_FILE_PAGES

    words = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert words.count("{") == words.count("}")
    found = re.search(r'location ~ "(.+)"', words)
    assert found
    person = "0b5e2d4e-0000-4000-8000-000000000000"
    files = [f"/nl/loket/zaken/persoon/{person}/bijlagen/", "/en/loket/zaken/invoer/", "/nl/loket/publicaties/nieuw/"]
    others = [
        "/nl/loket/zaken/",
        f"/nl/loket/zaken/persoon/{person}/",
        "/api/v1/registrations",
        "/nl/loket/zaken/x/invoer/",
    ]
    for there, places in ((True, files), (False, others)):
        for place in places:
            assert bool(re.match(found[1], place)) is bool(re.fullmatch(LOKET_FILE_PAGES, place)) is there
    assert "access_log off" in words


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
@pytest.mark.parametrize("path", UNITS, ids=lambda one: one.name)
def test_systemd_finds_nothing_wrong_but_that_it_is_not_installed(path: Path) -> None:
    said = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
    wrong = [line for line in said.stderr.splitlines() if path.name in line and "is not executable" not in line]
    assert wrong == []
