"""For showing the site on this machine only: `loket serve`."""

from __future__ import annotations

import os
import secrets

from .base import *  # noqa: F403

# Nothing that is signed outlives the process; `loket serve` hands one key to all its workers.
SECRET_KEY = os.environ.get("LOKET_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
WHITENOISE_USE_FINDERS = True  # static files straight from the packages, no collecting first
