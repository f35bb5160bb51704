"""`loket serve` and `loket check`, as commands: each runs in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "loket.site.settings.production",
    "LOKET_SECRET_KEY": "".join(map(chr, range(48, 123))),
    "LOKET_HOSTS": "schakel.example",
    "LOKET_OPERATOR": "Organisatie A",
    "LOKET_CONTACT": "contact",
    "LOKET_SECURITY_CONTACT": "https://schakel.example",
    "LOKET_SECURITY_EXPIRES": "2027-01-01T00:00:00Z",
}


def loket(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOKET_", "DJANGO_"))}
    command = [sys.executable, "-m", "loket.manage", *arguments]
    return subprocess.run(command, env=kept | environment, capture_output=True, text=True, check=False)


def test_a_port_that_does_not_exist_is_one_sentence(tmp_path: Path) -> None:
    done = loket("serve", "--port", "70000", LOKET_DATA=str(tmp_path))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_production_passes_the_checks_for_deployment(tmp_path: Path) -> None:
    done = loket("check", "--deploy", "--fail-level", "WARNING", LOKET_STATIC_ROOT=str(tmp_path), **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_production_without_its_settings_is_one_sentence() -> None:
    done = loket("check", DJANGO_SETTINGS_MODULE="loket.site.settings.production")
    assert done.returncode == 2
    assert done.stderr.strip() == "The environment variable LOKET_SECRET_KEY is empty: set it before starting the site."


def test_production_collects_hashed_static_files(tmp_path: Path) -> None:
    done = loket("collectstatic", "--no-input", LOKET_STATIC_ROOT=str(tmp_path), **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "schakel").glob("frame.*.css"))
    assert list((tmp_path / "vendor" / "fonts").glob("source-sans-3-latin-wght-normal.*.woff2"))


def test_serve_serves_pages_and_styles_and_logs_nothing_of_the_visitor(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOKET_", "DJANGO_"))}
    kept |= {"LOKET_DATA": str(tmp_path), "LOKET_DEMO_CASES": "0"}
    command = [sys.executable, "-m", "loket.manage", "serve", "--port", "8791"]
    server = subprocess.Popen(command, env=kept, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert address
        page = fetched(address.group() + "nl/?age=17")
        assert b"Wat moet ik nu doen?" in page
        assert b"sk-hero" in fetched(address.group() + "static/schakel/frame.css")
        assert fetched(address.group() + "readyz") == b"ok\n"
        assert b"Registrator 1" in fetched(address.group() + "nl/loket/demo/")
    finally:
        server.terminate()
        _, log = server.communicate(timeout=120)
    assert '"route": "start"' in log
    assert "17" not in re.sub(r'"at": "[^"]*"', "", log)
    assert "127.0.0.1" not in log


def fetched(address: str, tries: int = 600) -> bytes:
    """The body, waiting for the server to open its door."""
    import time

    for _ in range(tries):
        try:
            with urllib.request.urlopen(address, timeout=60) as response:
                body: bytes = response.read()
                return body
        except ConnectionError:
            time.sleep(0.2)
        except urllib.error.URLError:
            time.sleep(0.2)
    raise TimeoutError(address)
