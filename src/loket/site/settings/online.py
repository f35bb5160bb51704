"""What holds wherever the site is online: https only, hashed static files, what differs per place from the environment.

Not a setting by itself: `production` (the public site) and `production_counter` (with the counter) both take it.

LOKET_SECRET_KEY, LOKET_HOSTS (comma between names) and LOKET_STATIC_ROOT are needed. LOKET_BEHIND_PROXY=1 when a proxy
that sets X-Forwarded-Proto itself stands in front. LOKET_OPERATOR, LOKET_CONTACT, LOKET_SECURITY_CONTACT and
LOKET_SECURITY_EXPIRES fill in the pages and security.txt. LOKET_RELEASES is the folder of publications,
LOKET_RELEASE_KEY the public key to look at their seals with.
"""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

from .base import CONTENT_SECURITY_POLICY as BASE_POLICY
from .base import SILENCED_SYSTEM_CHECKS as BASE_SILENCED


def needed(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"The environment variable {name} is empty: set it before starting the site.")
    return value


SECRET_KEY = needed("LOKET_SECRET_KEY")
ALLOWED_HOSTS = [host.strip() for host in needed("LOKET_HOSTS").split(",")]
STATIC_ROOT = needed("LOKET_STATIC_ROOT")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Preloading binds a whole domain for years: that is for its owner to decide, not for this file.
SILENCED_SYSTEM_CHECKS = [*BASE_SILENCED, "security.W021"]
if os.environ.get("LOKET_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {**BASE_POLICY, "upgrade-insecure-requests": ""}

LOKET_OPERATOR = os.environ.get("LOKET_OPERATOR", "")
LOKET_RELEASES = os.environ.get("LOKET_RELEASES", "")
LOKET_RELEASE_KEY = os.environ.get("LOKET_RELEASE_KEY", "")
LOKET_CONTACT = os.environ.get("LOKET_CONTACT", "")
LOKET_SECURITY_CONTACT = os.environ.get("LOKET_SECURITY_CONTACT", "")
LOKET_SECURITY_EXPIRES = os.environ.get("LOKET_SECURITY_EXPIRES", "")
