"""The door for an application server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from loket.site.warming import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings.production")
application = get_wsgi_application()
warm_up()
