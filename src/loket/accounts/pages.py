"""What the pages of the counter share: who may come in, and how a refusal is told."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from loket.audit.who import Refused
from loket.site.wording import wording

View = Callable[..., HttpResponse]
form_page = require_http_methods(["GET", "HEAD", "POST"])


def lang() -> str:
    """The language of the page."""
    return get_language() or settings.LANGUAGE_CODE


def members_only(view: View) -> View:
    """Only for who is signed in and works somewhere; ``request.membership`` says in which role."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            # After a form there is nothing to go back to with a GET: the counter's first page then.
            after = request.path if request.method in ("GET", "HEAD") else reverse("accounts:home")
            return redirect_to_login(after, reverse("account_login"))
        if request.membership is None:  # type: ignore[attr-defined]
            return render(request, "accounts/nowhere.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def told(refused: Refused) -> str:
    """The sentence for a refusal, with what to do next."""
    return wording().say(f"refusals.{refused.reason}", lang())


def refused_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    return render(request, "accounts/refused.html", {"sentence": told(refused)}, status=403)
