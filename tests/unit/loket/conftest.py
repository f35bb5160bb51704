"""Django for the tests of the site: settings of its own. Who needs a database takes the fixture `database`."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings.test")
django.setup()

# The addresses are made at import and then kept: made within a test that takes the rooms away, they would stay gone.
import loket.site.urls  # noqa: E402, F401
from tests.counter import client, database, keys, language, stock  # noqa: E402, F401
