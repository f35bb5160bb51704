"""The door for an application server."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from loket.site.warming import warm_up

CANNOT_LOAD = 4  # with this code of a worker gunicorn stops; with any other it starts the next one, without end

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings.production")
try:
    application = get_wsgi_application()
    warm_up()
except ImproperlyConfigured as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(CANNOT_LOAD)
