"""One's own page at the counter: in which role, and what to do in an emergency."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from loket.accounts import actions, forms, mail, queries
from loket.accounts.pages import members_only, told
from loket.audit.who import Refused


@require_safe
@members_only
def home(request: HttpRequest) -> HttpResponse:
    """Who you are here, and where to go."""
    return show_home(request, forms.GlassForm())


def show_home(request: HttpRequest, glass: forms.GlassForm, status: int = 200) -> HttpResponse:
    me = request.membership
    context = {"hats": queries.memberships(request.user), "me": me, "glass": glass,
               "may_glass": me.may("open_glass", me.organisation)}  # fmt: skip
    return render(request, "accounts/home.html", context, status=status)


@require_POST
@members_only
def choose(request: HttpRequest) -> HttpResponse:
    """Work in another of one's roles."""
    request.session["hat"] = request.POST.get("membership", "")
    return redirect("accounts:home")


@require_POST
@members_only
def open_glass(request: HttpRequest) -> HttpResponse:
    form = forms.GlassForm(request.POST)
    if form.is_valid():
        try:
            actions.open_glass(by=request.membership, reason=form.cleaned_data["glass_reason"],
                               note=form.cleaned_data["glass_note"])  # fmt: skip
        except Refused as refused:
            form.add_error(None, told(refused))
        else:
            for address in queries.addresses(role="auditor"):
                mail.send_aside(address, settings.LANGUAGE_CODE)
            return redirect("accounts:home")
    return show_home(request, form, status=400)


@require_POST
@members_only
def close_glass(request: HttpRequest) -> HttpResponse:
    actions.close_glass(by=request.membership)
    return redirect("accounts:home")
