"""Property tests of the site run on its test settings: no database, nothing kept."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings.test")
django.setup()
