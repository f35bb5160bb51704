"""What the frame shows at the counter: who is signed in, and where to go. Nothing on other pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from loket.accounts import mail
from loket.site.counter import at_counter


def signed_in(request: HttpRequest) -> dict[str, Any]:
    if not at_counter(request):
        return {}
    match = request.resolver_match
    return {
        "counter": True, "here": "counter", "page_name": match.view_name if match else "",
        "member": getattr(request, "membership", None), "demo": settings.LOKET_DEMO_SIGN_IN,
        "has_mail": mail.possible(),
    }  # fmt: skip
