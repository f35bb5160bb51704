"""Addresses of the API: the version is part of the path, and none ends in a slash."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from loket.api.views import api
from schakel.vocabulary.version import VERSION


def versioned(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view with the API's version in a header of every answer, refusals included."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        response.headers["API-Version"] = VERSION
        response.headers["Content-Language"] = "en" if request.GET.get("lang") == "en" else "nl"
        return response

    inside.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie, no state: nothing to forge
    return inside


def wrapped(pattern: URLPattern) -> URLPattern:
    pattern.callback = versioned(pattern.callback)
    return pattern


own, _app, _namespace = api.urls
urlpatterns = [path("v1/", ([wrapped(pattern) for pattern in own], _app, _namespace))]
