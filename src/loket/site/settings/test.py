"""For the tests: plain static storage, because hashed names answer 404 to a live server that collected nothing.

The counter is there, so that the tests of the public pages show that they stay without session and cookie beside it.
The database is an empty one in memory: who needs one takes a fixture of tests/databases.py.
"""

from __future__ import annotations

import tempfile

from loket.site.databases import sqlite

from .counter import *  # noqa: F403

SECRET_KEY = "only-for-tests-" + "x" * 40
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOKET_RELEASE_WORK = "loket.monitor.desk.work.at_once"
LOKET_RELEASES = ""  # a test that publishes has a folder of its own
LOKET_RELEASE_KEY = ""
LOKET_DATA = Path(tempfile.gettempdir())  # noqa: F405
DATABASES = {"default": sqlite(":memory:")}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A hash that is quick to make: what is tested is our work, not Argon2's.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOKET_API_PER_MINUTE = 1_000_000  # a test that is about it sets its own
