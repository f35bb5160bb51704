"""What `loket check --deploy` lets through and refuses, and that the public site alone stands without the counter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.spec.site.test_commands import PRODUCTION, loket

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
