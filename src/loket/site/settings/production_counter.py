"""For professionals: the public site with the counter beside it. Everything of `online`, and a database.

LOKET_DATABASE_NAME (with _USER, _PASSWORD, _HOST, _PORT, _SSLMODE) names a PostgreSQL database; without it the embedded
one in LOKET_DATA is used. LOKET_KEY_FILE holds the keys and LOKET_LEDGER the erasures: neither in the database, and
neither in its back-up. LOKET_MAIL_HOST (with _PORT, _USER, _PASSWORD, _FROM) sends the mails, which say nothing.
"""

from __future__ import annotations

import os

from loket.site.environment import whole_number

from .counter import *  # noqa: F403
from .online import *  # noqa: F403
from .online import needed

LOKET_DATA = needed("LOKET_DATA")
LOKET_RELEASES = os.environ.get("LOKET_RELEASES") or f"{LOKET_DATA}/publications"
LOKET_RELEASE_KEY = os.environ.get("LOKET_RELEASE_KEY") or f"{LOKET_DATA}/release-key.pem"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
# This name is only taken over https, from this host itself, for the whole of it.
SESSION_COOKIE_NAME = "__Host-schakel"
CSRF_COOKIE_NAME = "__Host-schakel-form"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("LOKET_MAIL_HOST", "")
EMAIL_PORT = whole_number(os.environ, "LOKET_MAIL_PORT", 587)
EMAIL_HOST_USER = os.environ.get("LOKET_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LOKET_MAIL_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
