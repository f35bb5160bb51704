"""For showing the site on this machine only: `loket serve`. The embedded database, and keys made when missing."""

from __future__ import annotations

import os
import secrets

from .counter import *  # noqa: F403
from .counter import LOKET_DATA

# Nothing that is signed outlives the process; `loket serve` hands one key to all its workers.
SECRET_KEY = os.environ.get("LOKET_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
WHITENOISE_USE_FINDERS = True  # static files straight from the packages, no collecting first
LOKET_KEYS_MADE_WHEN_MISSING = True
LOKET_DEMO_SIGN_IN = True
LOKET_DEMO_FILL = [  # each room that shows something adds its own
    "loket.accounts.sample.fill",
    "loket.casework.sample.country.fill",
    "loket.monitor.desk.sample.fill",
]
if os.environ.get("LOKET_DEMO_CASES") == "0":  # people to be, and nothing that happened to anybody yet
    LOKET_DEMO_FILL = LOKET_DEMO_FILL[:1]
LOKET_BESIDE = ["worker"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
LOKET_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
