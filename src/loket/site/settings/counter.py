"""What the counter adds to the public site: a database, sessions, people who sign in with two factors.

Not a setting by itself: `demo`, `test` and `production_counter` take all of it, and say where the database is. The
pages of the public site stay without session and cookie: see loket.site.counter.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from loket.site.databases import from_environment
from loket.site.environment import whole_number

from .base import *  # noqa: F403
from .base import INSTALLED_APPS as BASE_APPS
from .base import MIDDLEWARE as BASE_MIDDLEWARE
from .base import ROOMS as BASE_ROOMS
from .base import TEMPLATES as BASE_TEMPLATES
from .openid import read as read_openid

# --- Rooms
ROOMS = [*BASE_ROOMS, "loket.casework", "loket.monitor.desk", "loket.accounts"]
INSTALLED_APPS = [
    *(app for app in BASE_APPS if app not in BASE_ROOMS),
    "loket.vault",
    "loket.audit",
    "loket.casework",  # before the wegwijzer, so that the door to the register stands on its plan
    "loket.monitor.desk",
    "loket.accounts",  # before allauth, so that its templates are ours
    *BASE_ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- What is kept, and where. One folder for the embedded database, the keys and the ledger, unless told otherwise.
LOKET_DATA = Path(os.environ.get("LOKET_DATA") or "var").resolve()
DATABASES: dict[str, dict[str, Any]] = {"default": from_environment(os.environ, LOKET_DATA)}
LOKET_KEY_FILE = os.environ.get("LOKET_KEY_FILE") or str(LOKET_DATA / "keys.txt")
LOKET_LEDGER = os.environ.get("LOKET_LEDGER") or str(LOKET_DATA / "erasures.txt")
LOKET_RELEASES = os.environ.get("LOKET_RELEASES") or str(LOKET_DATA / "publications")
LOKET_RELEASE_KEY = os.environ.get("LOKET_RELEASE_KEY") or str(LOKET_DATA / "release-key.pem")
LOKET_RELEASE_WORK = "loket.monitor.desk.work.beside"  # protecting figures takes minutes: beside the site
LOKET_KEYS_MADE_WHEN_MISSING = False
LOKET_DEMO_SIGN_IN = False
LOKET_READY = ["loket.site.databases.out_of_order", "loket.vault.checks.out_of_order"]

# --- Files and other programs
LOKET_FILE_PAGES = r"/(nl|en)/loket/(zaken/(persoon/[0-9a-f-]{36}/bijlagen|invoer)/|publicaties/nieuw/)"
# Where webhooks may lead: names (with a port unless it is 443), set by who runs the installation. Empty: nowhere.
LOKET_WEBHOOK_HOSTS = [host.strip().lower() for host in os.environ.get("LOKET_WEBHOOK_HOSTS", "").split(",") if host]

# How often the programs of one organisation may ask in a minute, counted in each process (loket.api.limits).
LOKET_API_PER_MINUTE = whole_number(os.environ, "LOKET_API_PER_MINUTE", 600)

# --- Requests: the middlewares that know a visitor stand innermost, and let every other page pass by
MIDDLEWARE = [
    *BASE_MIDDLEWARE,
    "loket.site.counter.referrers",
    "loket.site.counter.Sessions",
    "loket.site.counter.Csrf",
    "loket.site.counter.Users",
    "loket.site.counter.Messages",
    "allauth.account.middleware.AccountMiddleware",
    "loket.accounts.doors.limits",
    "loket.accounts.doors.second_factor",
    "loket.accounts.doors.hat",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [{**BASE_TEMPLATES[0], "OPTIONS": {**BASE_TEMPLATES[0]["OPTIONS"]}}]  # type: ignore[dict-item]
TEMPLATES[0]["OPTIONS"]["context_processors"] = [  # type: ignore[index]
    *BASE_TEMPLATES[0]["OPTIONS"]["context_processors"],  # type: ignore[index]
    "loket.accounts.context.signed_in",
]

# --- Sessions: short, sealed in the database, gone when the browser closes
SESSION_ENGINE = "loket.accounts.sessions"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_USE_SESSIONS = False
CSRF_COOKIE_AGE = None  # as long as the browser is open
CSRF_FAILURE_VIEW = "loket.casework.views.keeping.csrf_failure"
LOKET_IDLE_MINUTES = 30
LOKET_SESSION_HOURS = 8
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Signing in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "loket.accounts.backend.Backend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_ADAPTER = "loket.accounts.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up by themselves: the adapter closes that door
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation went to the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Beside axes (which counts name and address together): what one address, or the world, may try at one name or at the
# codes of one person. Counted in each worker by itself.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,10/5m/key"}
MFA_ADAPTER = "loket.accounts.adapters.SecondFactor"
MFA_FORMS = {
    "authenticate": "loket.accounts.factors.Authenticate",
    "reauthenticate": "loket.accounts.factors.Reauthenticate",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Schakel"
MFA_TOTP_TOLERANCE = 1  # one step back or ahead, as RFC 6238 allows for: people type slowly and clocks differ
MFA_RECOVERY_CODE_COUNT = 10
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Together: by name alone, anybody could lock a colleague out; by address alone, one mistyper a whole organisation.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "loket.accounts.views.entering.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_USERNAME_FORM_FIELD = "login"
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["login", "password"]
# Stand-ins for the name that was tried and the visitor's address: neither is kept.
AXES_USERNAME_CALLABLE = "loket.accounts.addresses.tried_name"
AXES_CLIENT_IP_CALLABLE = "loket.accounts.addresses.for_axes"
AXES_CLIENT_STR_CALLABLE = "loket.accounts.addresses.no_words"
# Organisations whose people come by way of their own provider: a table for each in this file (docs/how-to/install.md).
LOKET_OPENID_FILE = os.environ.get("LOKET_OPENID_FILE", "")
LOKET_OPENID: dict[str, Any] = read_openid(LOKET_OPENID_FILE)
DEFAULT_FROM_EMAIL = os.environ.get("LOKET_MAIL_FROM") or "loket@localhost"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# What is shown to somebody who signed in with a sealed form in their hands (loket.accounts.parcels); empty: nothing.
LOKET_AFTER_SIGN_IN = "loket.casework.views.carrying.opened"

# --- Who can be named in the log of what was done (see loket.audit)
LOKET_NAMES = "loket.accounts.queries.names"

# --- How long casework keeps what no law sets a term for (schakel.casework.retention): set by who runs this place, in
# days. A draft that nobody touches is destroyed after this; an ended registration or count has no day until one is set.
LOKET_DRAFT_DAYS = 14
LOKET_RETENTION_DAYS: dict[str, int] = {}
# How long before somebody turns eighteen the hand-over becomes a task: the norm of who runs this place, in days.
LOKET_HANDOVER_DAYS = 180
