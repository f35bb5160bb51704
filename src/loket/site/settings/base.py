"""What holds wherever the site runs: no database, no session, no cookie, nothing about a situation kept anywhere."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

LOKET = Path(__file__).resolve().parent.parent.parent

# --- Rooms. Each plugs in by existing: its `urls` module is included by loket.site.urls.
ROOMS = [
    room for room in ("loket.wegwijzer", "loket.monitor", "loket.api") if find_spec(room) and find_spec(f"{room}.urls")
]
INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "loket.theme",
    "loket.site",
    *ROOMS,
]

# Callables that other rooms supply (dotted paths, see loket.site.status and loket.site.ways).
LOKET_CONTENT_STATUS = "loket.site.status.of_content"
LOKET_WAYS_IN = "loket.site.ways.from_facts"
LOKET_READY: list[str] = []  # what keeps the site from its work, as sentences for /readyz (loket.site.views)
LOKET_DEMO_FILL: list[str] = []
LOKET_BESIDE: list[str] = []  # commands that `loket serve` starts beside the site, and that end with it
# The folder of publications (loket.monitor); empty = nothing was published here.
LOKET_RELEASES = ""
LOKET_RELEASE_KEY = ""  # the file of the public key to look at their seals with; empty = checksums only
# Who runs this installation and how to reach them; empty = the pages say that it is not known.
LOKET_OPERATOR = ""
LOKET_CONTACT = ""
LOKET_SECURITY_CONTACT = ""
LOKET_SECURITY_EXPIRES = ""
# A neutral, busy public page; nothing is fetched from it by us, "Snel weg" only goes there.
LOKET_LEAVE_TO = "https://www.buienradar.nl"

# --- Requests
DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "loket.site.urls"
WSGI_APPLICATION = "loket.site.wsgi.application"
APPEND_SLASH = False
DATABASES: dict[str, dict[str, object]] = {}
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_HANDLERS: list[str] = []  # no page takes a file, but for those that bring a handler of their own
LOKET_FILE_PAGES = ""  # their addresses, as a pattern
LOKET_FILE_BYTES = 10_000_000
MIDDLEWARE = [
    "loket.site.middleware.request_line",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "loket.site.middleware.safety_headers",
    "django.middleware.gzip.GZipMiddleware",  # a plan is long; no page holds a secret that its length could tell
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "loket.site.middleware.ClearRefusals",
]
# No CSRF token: it needs a cookie, and a forged form can change nothing, because no form changes anything here.
SILENCED_SYSTEM_CHECKS = ["security.W003"]

# --- Safety headers (those of Django; the others are in loket.site.middleware)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

# --- Templates and languages
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["loket.site.templatetags.loket_site", "loket.theme.templatetags.theme"],
            "context_processors": ["django.template.context_processors.request", "loket.site.context.frame"],
        },
    }
]
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# --- Static files: our own (in each app) and the vendored ones, with their licences
STATIC_URL = "/static/"
STATICFILES_DIRS = [("vendor", LOKET / "theme" / "vendor")]
WHITENOISE_USE_FINDERS = False

# --- Logs: method, name of the route and status; see loket.site.log for what is left out, and why
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"()": "loket.site.log.BareLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "bare"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
