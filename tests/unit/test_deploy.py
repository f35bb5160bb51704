"""What is installed: units that name commands that are there, a compose file on loopback, a clock that runs somewhere.

Neither Docker nor nginx runs here. The units are also shown to `systemd-analyze`, where this machine has it. What can
be run is in tests/spec/site/test_deployment.py.
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

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
HOW_TO = ROOT / "docs" / "how-to"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
LOKET = re.compile(r"loket ([a-z]+)(?: (--[a-z]+|[a-z]+))?")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
OWN_FOLDERS = ["/var/lib/schakel", "/var/lib/keys", "/var/lib/ledger", "/var/backups/schakel"]  # in a container


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
    assert service["EnvironmentFile"] == ["/etc/schakel/environment"]  # root's own: systemd reads it
    named = [name for line in service["ExecStart"] + service.get("ExecStartPre", []) for name, _ in LOKET.findall(line)]
    assert set(named) <= commands()
    assert named or "loket.site.wsgi" in service["ExecStart"][0] or "backup.sh" in service["ExecStart"][0]


def test_the_clock_and_the_outbox_run_in_both_ways_of_installing() -> None:
    units = " ".join(line for path in UNITS for line in settings_of(path).get("Service", {}).get("ExecStart", []))
    assert {"clock", "worker"} <= {name for name, _ in LOKET.findall(units)}
    assert COMPOSE["services"]["worker"]["command"] == ["loket", "worker", "--clock"]


def test_back_ups_and_destroying_in_time_happen_in_both_ways_of_installing() -> None:
    backup, clock = (settings_of(DEPLOY / f"schakel-{name}.service")["Service"] for name in ("backup", "clock"))
    *_, kept = COMPOSE["services"]["nightly"]["command"]
    assert ("publications", "--tidy") in LOKET.findall(" ".join(clock["ExecStart"]))
    assert ("publications", "--tidy") in LOKET.findall(kept)
    for line in (backup["ExecStart"][0], kept):
        script, folder = re.findall(r"sh (\S+/backup\.sh) ([^\s;]+)", line)[0]
        assert ROOT / script.removeprefix("/srv/schakel/") == DEPLOY / "backup.sh"
        assert folder == "/var/backups/schakel"
    assert "/var/backups/schakel" in backup["ReadWritePaths"][0].split()
    assert f"install -d -o schakel -g schakel -m 700 {' '.join(OWN_FOLDERS)}" in DOCKERFILE


def test_the_folders_of_the_site_are_its_own_and_the_socket_is_also_its_groups() -> None:
    services = {path.name: settings_of(path)["Service"] for path in UNITS if path.suffix == ".service"}
    for service in services.values():
        assert service["UMask"] == ["0077"]
        assert service.get("StateDirectoryMode") == (["0700"] if "StateDirectory" in service else None)
        assert service.get("RuntimeDirectoryMode") == (["0750"] if "RuntimeDirectory" in service else None)
    # Who is in that group reaches the socket, so no secret may be the group's.
    words = (HOW_TO / "install.md").read_text("utf-8")
    assert "usermod --append --groups schakel www-data" in words
    assert "install -m 600 deploy/environment.example /etc/schakel/environment" in words
    assert re.findall(r"root:schakel|(?:chmod|-m) 6[4-7]", words) == []


def test_an_upgrade_makes_ready_all_that_the_new_version_needs() -> None:
    site, worker = (settings_of(DEPLOY / name) for name in ("schakel.service", "schakel-worker.service"))
    named = [name for line in site["Service"]["ExecStartPre"] for name, _ in LOKET.findall(line)]
    assert named == ["migrate", "collectstatic"]
    static = Path(example()["LOKET_STATIC_ROOT"])
    assert static.is_relative_to(f"/var/lib/{site['Service']['StateDirectory'][0]}")  # all else is read-only to it
    assert worker["Unit"]["PartOf"] == ["schakel.service"]
    _, _, upgrade = (HOW_TO / "install.md").read_text("utf-8").partition("## Upgrade")
    assert "systemctl restart schakel schakel-worker" in upgrade
    assert "daemon-reload" in upgrade


def example() -> dict[str, str]:
    lines = (DEPLOY / "environment.example").read_text("utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name: value for name, _, value in pairs}


@pytest.mark.parametrize("guide", sorted(HOW_TO.glob("*.md")), ids=lambda one: one.name)
def test_every_command_of_the_guides_is_there(guide: Path) -> None:
    assert {
        name for name, _ in re.findall(r"(?m)(?:^ *|`|bin/)" + LOKET.pattern, guide.read_text("utf-8"))
    } <= commands()


def test_the_guide_types_loket_as_the_user_of_the_site() -> None:
    script, guide = (path.read_text("utf-8") for path in (DEPLOY / "loket.sh", HOW_TO / "install.md"))
    service = settings_of(DEPLOY / "schakel.service")["Service"]
    for name in ("EnvironmentFile", "UMask", "WorkingDirectory"):
        assert f"-p {name}={service[name][0]}" in script
    assert f"--uid={service['User'][0]} --gid={service['Group'][0]}" in script
    assert '/bin/loket "$@"' in script
    assert guide.index("install -m 755 deploy/loket.sh /usr/local/sbin/loket") < guide.index("\nloket keys new")


def test_the_database_can_be_made_in_a_cluster_of_any_locale() -> None:
    (line,) = re.findall(r"^.* createdb .*$", (HOW_TO / "install.md").read_text("utf-8"), re.MULTILINE)
    assert "--encoding UTF8" in line
    assert "--template template0" in line


def test_a_container_is_told_everything_that_a_server_is_told() -> None:
    in_image = dict(re.findall(r"(\w+)=(\S+)", re.findall(r"(?ms)^ENV (.+?[^\\])$", DOCKERFILE)[0]))
    assert set(example()) <= set(in_image) | set(COMPOSE["services"]["schakel"]["environment"])
    # A new volume takes over the owner of the folder in the image: a folder that is not there would be root's.
    for name in ("schakel", "worker", "nightly"):
        mounted = [place.split(":")[1] for place in COMPOSE["services"][name]["volumes"]]
        assert mounted == OWN_FOLDERS
    for name in ("LOKET_DATA", "LOKET_KEY_FILE", "LOKET_LEDGER", "LOKET_STATIC_ROOT"):
        assert any(Path(in_image[name]).is_relative_to(folder) for folder in OWN_FOLDERS), name


def test_keys_can_be_renewed_in_a_container() -> None:
    """A mounted file cannot be replaced, and `loket keys rotate` replaces it: its folder is what is mounted."""
    assert "secrets" not in COMPOSE
    assert re.search(r"LOKET_KEY_FILE=/var/lib/keys/\S+", DOCKERFILE)
    assert "keys:/var/lib/keys" in COMPOSE["services"]["schakel"]["volumes"]


def test_the_compose_file_shows_itself_on_loopback_only_and_holds_no_secret() -> None:
    assert set(COMPOSE["services"]) == {"schakel", "worker", "nightly", "database"}
    ports = [port for one in COMPOSE["services"].values() for port in one.get("ports", [])]
    assert ports == ["127.0.0.1:8000:8000"]
    for name in ("schakel", "worker", "nightly"):
        one = COMPOSE["services"][name]
        assert (one["read_only"], one["cap_drop"]) == (True, ["ALL"])
        secret = [value for key, value in one["environment"].items() if key.endswith(("_KEY", "_PASSWORD"))]
        assert len(secret) == 3
        assert all(value.startswith("${") for value in secret)
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


def test_the_proxy_writes_nothing_of_a_visitor_and_speaks_what_debian_12_has() -> None:
    words = re.sub(r"#.*", "", (DEPLOY / "nginx.conf").read_text("utf-8"))
    servers = words.split("server {")[1:]
    assert len(servers) == 2
    for server in servers:
        assert "access_log off;" in server
        assert re.findall(r"error_log \S+ (\w+);", server) == ["emerg"]  # a milder one comes with address and page
    assert re.findall(r"listen (\S*443.*);", words) == ["443 ssl http2", "[::]:443 ssl http2"]
    assert "http2 on" not in words  # of nginx 1.25; Debian 12 has 1.22


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
@pytest.mark.parametrize("path", UNITS, ids=lambda one: one.name)
def test_systemd_finds_nothing_wrong_but_that_it_is_not_installed(path: Path) -> None:
    said = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
    wrong = [line for line in said.stderr.splitlines() if path.name in line and "is not executable" not in line]
    assert wrong == []
