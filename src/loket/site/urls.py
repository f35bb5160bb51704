"""Every address of the site. The language is the first part of a page's address, so no cookie has to remember it."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.views.generic import RedirectView

from loket.site import views
from loket.site.textpages import SLUGS


def slug(name: str) -> str:
    """The word in the address of a text page, in the language of now."""
    return SLUGS[name][get_language() or settings.LANGUAGE_CODE]


def text_page(name: str) -> URLPattern:
    return path(lazy(partial(slug, name), str)(), views.text, {"name": name}, name=name)


def room(name: str, prefix: str) -> list[URLResolver]:
    """The addresses of another room, if it is there."""
    return [path(prefix, include(f"{name}.urls"))] if name in settings.ROOMS else []


handler400 = "loket.site.errors.bad_request"
handler403 = "loket.site.errors.forbidden"
handler404 = "loket.site.errors.not_found"
handler500 = "loket.site.errors.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("nl", RedirectView.as_view(url="/nl/")),
    path("en", RedirectView.as_view(url="/en/")),
    *room("loket.api", "api/"),
    *i18n_patterns(
        path("", views.start, name="start"),
        *map(text_page, SLUGS),
        path("_stijl", views.style, name="style"),
        *room("loket.wegwijzer", "wegwijzer/"),
        *room("loket.monitor", "cijfers/"),
        *room("loket.casework", "loket/zaken/"),
        *room("loket.monitor.desk", "loket/publicaties/"),
        *room("loket.accounts", "loket/"),
    ),
]
