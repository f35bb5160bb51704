"""What `loket check --deploy` lets through and refuses, that the public site alone stands without the counter, and what
of the files for a server can be run without one: the back-up, the health of the container, the proxy."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.spec.site.test_commands import PRODUCTION, loket
from tests.unit.test_requirements import normal, pins

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
COUNTER = {**PRODUCTION, "DJANGO_SETTINGS_MODULE": "loket.site.settings.production_counter", "LOKET_MAIL_HOST": "mail"}


def test_a_counter_set_up_as_the_guide_says_passes(tmp_path: Path) -> None:
    environment = {**COUNTER, "LOKET_DATA": str(tmp_path), "LOKET_STATIC_ROOT": str(tmp_path / "static"),
                   "LOKET_LEDGER": str(tmp_path / "apart" / "erasures.txt")}  # fmt: skip
    assert loket("keys", "new", **environment).returncode == 0
    done = loket("check", "--deploy", "--fail-level", "WARNING", **environment)
    assert done.returncode == 0, done.stderr


def test_the_demo_is_refused_for_deployment(tmp_path: Path) -> None:
    done = loket("check", "--deploy", LOKET_DATA=str(tmp_path))
    assert done.returncode == 1
    for code in ("E020", "E021", "E030", "E032"):
        assert f"loket.{code}" in done.stderr


def test_the_public_site_alone_needs_no_database_and_no_counter() -> None:
    code = ("import sys, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'loket.site.settings.base'; "
            "import django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns; "
            "bad = [name for name in sys.modules if name.split('.')[0] in ('allauth', 'axes', 'psycopg') "
            "or name.startswith(('loket.accounts', 'loket.vault', 'loket.audit'))]; print(bad)")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# What `loket.site.wsgi` loads, and what the sources of those modules of ours name (inside functions too, for that is
# loaded when somebody asks for such a page), as distributions.
LOADED = """
import ast, json, sys
before = set(sys.modules)
import loket.site.wsgi
from importlib.metadata import packages_distributions
tops = {name.partition(".")[0] for name in set(sys.modules) - before}
for name, module in list(sys.modules.items()):
    if name.partition(".")[0] in ("loket", "schakel") and getattr(module, "__file__", None):
        for node in ast.walk(ast.parse(open(module.__file__, encoding="utf-8").read())):
            if isinstance(node, ast.Import):
                tops |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                tops.add(node.module.partition(".")[0])
owners = packages_distributions()
print(json.dumps(sorted({one for top in tops - sys.stdlib_module_names for one in owners.get(top, [])})))
"""
NOT_ON_THE_SITE = {"schakel", "pyspark"}  # ourselves, and a cluster that only the command line asks for


@pytest.mark.parametrize("settings", ["production", "production_counter"])
def test_the_locked_file_of_the_guide_holds_all_that_the_site_loads(settings: str, tmp_path: Path) -> None:
    guide = (
        DEPLOY.parent / "docs" / "how-to" / ("install.md" if "counter" in settings else "run-the-site.md")
    ).read_text()
    (lock,) = re.findall(r"--require-hashes -r requirements/(\w+)\.txt", guide)
    said = {"DJANGO_SETTINGS_MODULE": f"loket.site.settings.{settings}", "LOKET_DATABASE_NAME": "schakel"}
    places = {"LOKET_DATA": str(tmp_path), "LOKET_STATIC_ROOT": str(tmp_path)}
    done = run([sys.executable, "-c", LOADED], {**COUNTER, **said, **places})
    assert done.returncode == 0, done.stderr
    loaded = {normal(name) for name in json.loads(done.stdout)} - NOT_ON_THE_SITE
    assert {"django", "numpy", "typst"} <= loaded
    assert loaded - pins(lock).keys() == set(), f"add an extra to `lock {lock}` in scripts/lock.sh, and run make lock"


def test_a_back_up_holds_the_database_and_the_publications_and_none_is_kept_too_long(tmp_path: Path) -> None:
    kept, backups = tmp_path / "kept", tmp_path / "backups"
    one = kept / "publications" / "figures-2024"
    for folder in (one, kept / "publications" / ".half", backups):
        folder.mkdir(parents=True)
    (one / "publication.json").write_text("{}")
    environment = {**COUNTER, "LOKET_DATA": str(kept), "LOKET_STATIC_ROOT": str(kept)}
    assert loket("migrate", "-v", "0", **environment).returncode == 0
    old = [backups / name for name in ("2024-01-01-0315.backup", "2024-01-01-0315.publications.tar")]
    for path in (*old, backups / "notes.txt"):
        path.touch()
        os.utime(path, (0, 0))

    done = run(["sh", str(DEPLOY / "backup.sh"), str(backups)], environment)
    assert done.returncode == 0, done.stderr
    assert "The chain holds" in done.stdout
    database, published, notes = sorted(backups.iterdir())  # the old ones are gone
    assert database.suffix == ".backup"
    assert database.read_bytes().startswith(b"SQLite")
    assert (published.name, notes.name) == (f"{database.stem}.publications.tar", "notes.txt")
    assert {path.stat().st_mode & 0o777 for path in (database, published)} == {0o600}
    with tarfile.open(published) as archive:
        held = archive.getnames()
    assert held == ["publications", "publications/figures-2024", "publications/figures-2024/publication.json"]


def test_the_container_asks_for_its_health_by_its_own_name(tmp_path: Path) -> None:
    words = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", "")
    _, option, code = json.loads(re.findall(r"^HEALTHCHECK .* CMD (\[.*\])$", words, re.MULTILINE)[0])
    environment = {**COUNTER, "LOKET_DATA": str(tmp_path), "LOKET_STATIC_ROOT": str(tmp_path),
                   "LOKET_BEHIND_PROXY": "1", "LOKET_HOSTS": "schakel.example, www.schakel.example"}  # fmt: skip
    with site(tmp_path, environment) as port:
        asked = [sys.executable, option, code.replace(":8000/", f":{port}/")]
        assert asked[-1] != code
        healthy, stranger = run(asked, environment), run(asked, {**environment, "LOKET_HOSTS": "another.example"})
    assert healthy.returncode == 0, healthy.stderr
    assert "HTTPError" in stranger.stderr


@pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx on this machine")
def test_nginx_takes_its_file_and_writes_nothing_of_who_comes_while_the_site_is_down(tmp_path: Path) -> None:
    pair = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=x", *pair]
    subprocess.run(made, capture_output=True, check=True)
    bare, safe = free_port(), free_port()
    words = (DEPLOY / "nginx.conf").read_text("utf-8")
    moved = {"/etc/ssl/schakel": tmp_path, "/var/log/nginx": tmp_path, "/run/schakel": tmp_path,
             "listen 80;": f"listen 127.0.0.1:{bare};", "listen [::]:80;": f"listen [::1]:{bare};",
             "listen 443 ": f"listen 127.0.0.1:{safe} ", "listen [::]:443 ": f"listen [::1]:{safe} "}  # fmt: skip
    for there, here in moved.items():
        assert there in words
        words = words.replace(there, str(here))
    passing = " ".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/main.log; daemon off; events {{}}\n"
        f"http {{ access_log {tmp_path}/access.log; client_body_temp_path {tmp_path}/body; {passing}\n{words} }}\n"
    )
    tried = subprocess.run(["nginx", "-t", "-c", whole], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    server = subprocess.Popen(["nginx", "-c", whole], stderr=subprocess.DEVNULL)
    try:
        opened(safe)
        asked = f"https://127.0.0.1:{safe}/nl/loket/zaken/persoon/x"
        code = (
            "import ssl, sys, urllib.request as ask; ask.urlopen(sys.argv[1], context=ssl._create_unverified_context())"
        )
        assert "502" in run([sys.executable, "-c", code, asked], {}).stderr
    finally:
        server.terminate()
        server.wait(timeout=20)
    assert {path.name: path.read_text() for path in tmp_path.glob("*.log") if path.stat().st_size} == {}


def run(command: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """A program that finds our commands, told nothing of this machine's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOKET_", "DJANGO_"))}
    kept["PATH"] = f"{Path(sys.executable).parent}:{kept['PATH']}"
    return subprocess.run(command, env=kept | dict(environment), capture_output=True, text=True, check=False)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def opened(port: int, tries: int = 600) -> None:
    """Wait until somebody listens there."""
    for _ in range(tries):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("Nobody listens.")


@contextmanager
def site(folder: Path, environment: Mapping[str, str]) -> Iterator[int]:
    """The site as the image starts it, on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "loket.site.wsgi", "--bind", f"127.0.0.1:{port}", "--preload",
               "--no-control-socket", "--log-level", "error"]  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOKET_", "DJANGO_"))}
    server = subprocess.Popen(command, env=kept | dict(environment), cwd=folder, stderr=subprocess.DEVNULL)
    try:
        opened(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)
