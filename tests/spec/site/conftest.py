"""The site as it is started, and as it is deployed."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings.test")
django.setup()

# The addresses are made at import and then kept: see tests/unit/loket/conftest.py.
import loket.site.urls  # noqa: E402, F401
from tests.counter import language  # noqa: E402, F401
