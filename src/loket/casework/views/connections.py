"""What an organisation connects: webhooks, keys for programs; and for everybody their own calendar."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_POST, require_safe

from loket.accounts import queries as accounts
from loket.accounts.forms import choices
from loket.accounts.pages import lang
from loket.audit.who import Refused
from loket.casework.actions import clients, connections
from loket.casework.forms.exchange import ClientForm, WebhookForm
from loket.casework.pages import case_page, sentence
from loket.casework.queries import connections as queries
from loket.casework.queries.deadlines import deadlines
from schakel.casework.agenda import calendar as as_calendar


@require_safe
@case_page
def page(request: HttpRequest) -> HttpResponse:
    return show(request)


def show(request: HttpRequest, status: int = 200, **extra: Any) -> HttpResponse:
    """The connections of the own organisation, for who manages them; and the calendar for everybody."""
    me = request.membership  # type: ignore[attr-defined]
    manages = queries.may_manage(me)
    context = {
        "manages": manages, "hooks": queries.webhooks(by=me), "clients": queries.clients(by=me),
        "has_calendar": queries.has_calendar(by=me),
        "webhook": WebhookForm() if manages else None,
        "client": ClientForm(colleagues=_colleagues(me)) if manages else None,
    }  # fmt: skip
    return render(request, "casework/connections.html", {**context, **extra}, status=status)


def _colleagues(me: Any) -> list[tuple[str, str]]:
    roles = dict(choices("hat", {one.role for one in accounts.members(by=me, organisation=me.organisation)}))
    return [(one.membership, f"{one.name}, {roles.get(one.role, one.role)}")
            for one in accounts.members(by=me, organisation=me.organisation)]  # fmt: skip


@require_POST
@case_page
def add_webhook(request: HttpRequest) -> HttpResponse:
    """The secret stands on the screen once, in the answer to the form."""
    form = WebhookForm(request.POST)
    if form.is_valid():
        try:
            _, secret = connections.add_webhook(
                by=request.membership, address=form.cleaned_data["webhook_address"].strip(),  # type: ignore[attr-defined]
                events=form.cleaned_data["webhook_events"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            return show(request, secret=secret, secret_kind="webhook")  # noqa: S106  (a word, no secret)
    return show(request, 400, webhook=form)


@require_POST
@case_page
def end_webhook(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    connections.end_webhook(by=request.membership, webhook=pk)  # type: ignore[attr-defined]
    return redirect("casework:connections")


@require_POST
@case_page
def add_client(request: HttpRequest) -> HttpResponse:
    me = request.membership  # type: ignore[attr-defined]
    form = ClientForm(request.POST, colleagues=_colleagues(me) if queries.may_manage(me) else [])
    if form.is_valid():
        said = form.cleaned_data
        try:
            _, secret = clients.add_client(
                by=me, name=said["client_name"], membership=uuid.UUID(said["client_for"]),
                scopes=said["client_scopes"], days=said["client_days"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            return show(request, secret=secret, secret_kind="client")  # noqa: S106
    return show(request, 400, client=form)


@require_POST
@case_page
def end_client(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    clients.end_client(by=request.membership, client=pk)  # type: ignore[attr-defined]
    return redirect("casework:connections")


@require_POST
@case_page
def new_calendar(request: HttpRequest) -> HttpResponse:
    """A new address for the own deadlines, on the screen this once; an older one stops."""
    secret = connections.new_calendar(by=request.membership, lang=lang())  # type: ignore[attr-defined]
    address = request.build_absolute_uri(reverse("casework:calendar", args=[secret]))
    return show(request, calendar_address=address)


@require_POST
@case_page
def end_calendar(request: HttpRequest) -> HttpResponse:
    connections.end_calendar(by=request.membership)  # type: ignore[attr-defined]
    return redirect("casework:connections")


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The deadlines themselves, for a program that cannot sign in: days, and not a word about anybody."""
    found = queries.calendar_owner(secret)
    if found is None:
        raise Http404
    owner, said = found
    with translation.override(said):
        work = request.build_absolute_uri(reverse("casework:work"))
    text = as_calendar(deadlines(of=owner), timezone.now(), said, address=work)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
