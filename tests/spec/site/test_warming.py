"""What is there before the first visitor comes: all code of a page, and no connection that workers would share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FIRST = """
import sys
from loket.site.wsgi import application
from django.db import connections
from django.test import RequestFactory

assert all(one.connection is None for one in connections.all())

def ours():
    return {name for name in sys.modules if name.split(".")[0] in ("loket", "schakel")}

def ask(path):
    answered = []
    request = RequestFactory(SERVER_NAME="127.0.0.1").get(path)
    list(application(request.environ, lambda status, headers: answered.append(status)))
    return answered[0]

before = ours()
print(ask("/nl/"), ask("/en/wegwijzer/"), ask("/nl/loket/"), sorted(ours() - before))
"""


def test_the_first_visitor_waits_for_no_code(tmp_path: Path) -> None:
    where = {**os.environ, "DJANGO_SETTINGS_MODULE": "loket.site.settings.demo", "LOKET_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True, check=False, env=where)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "200 OK 200 OK 302 Found []\n"
