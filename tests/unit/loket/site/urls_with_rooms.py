"""The addresses of the site with a wegwijzer that only answers, a page that breaks, and one
without its database: for tests of the frame."""

from __future__ import annotations

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from loket.site import urls
from loket.site.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("finder", "nobody"))


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(f"the girl said {request.GET.get('said')}")


def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError(f"the girl said {request.GET.get('said')}")


urlpatterns = [
    path("nl/wegwijzer/", include(([path("", echo, name="start")], "wegwijzer"))),
    path("nl/breaks", breaks, name="breaks"),
    path("api/breaks", breaks),
    *(path(f"{start}/away", away) for start in ("nl", "en", "api")),
    *urls.urlpatterns,
]
