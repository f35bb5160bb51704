"""The directory, one organisation and its people, and what their manager does there."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from loket.accounts import actions, forms, mail, queries
from loket.accounts.kinds import kinds
from loket.accounts.pages import form_page, lang, members_only, refused_page, told
from loket.audit.who import Refused
from loket.site import paging


@form_page
@members_only
def organisations(request: HttpRequest) -> HttpResponse:
    """The directory; the keeper of the keys admits one here."""
    me = request.membership
    form = forms.AdmitForm(request.POST or None, kinds=kinds(lang()))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.admit_organisation(by=me, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, told(refused))
        else:
            return redirect("accounts:organisation", made.pk)
    typed, named = request.GET.get("naam", "")[:80], dict(kinds(lang()))
    page = queries.organisations_called(typed, paging.asked(request))
    context = {
        "page": page.holding([(row, named.get(row.kind, row.kind)) for row in page.rows]), "typed": typed,
        "keep": f"{urlencode({'naam': typed})}&" if typed else "", "form": form,
        "may_admit": me.may("admit_organisation", ""),
    }  # fmt: skip
    return render(request, "accounts/organisations.html", context, status=400 if form.errors else 200)


@require_safe
@members_only
def organisation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return show_organisation(request, pk)


def show_organisation(request: HttpRequest, pk: uuid.UUID, status: int = 200, **extra: Any) -> HttpResponse:
    """One organisation: its people for those who may see them, and the forms that this person may use."""
    me, found = request.membership, queries.organisation(pk)
    if found is None:
        raise Http404
    sees = me.may("see_members", pk)
    context = {
        "organisation": found,
        "kind": dict(kinds(lang())).get(found.kind, found.kind),
        "members": queries.members(by=me, organisation=pk) if sees else None,
        "waiting": queries.invitations(by=me, organisation=pk),
        "units": queries.units(pk),
        "invite": forms.InviteForm(units=queries.units(pk)) if me.may("invite", pk) else None,
        "unit": forms.UnitForm() if me.may("add_unit", pk) else None,
        "may_end": me.may("end_membership", pk),
        "me": me,
    }
    return render(request, "accounts/organisation.html", {**context, **extra}, status=status)


@require_POST
@members_only
def invite(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Invite somebody: by mail if mail can be sent, and the link on the screen, this once."""
    form = forms.InviteForm(request.POST, units=queries.units(pk))
    if form.is_valid():
        said = {**form.cleaned_data, "unit": form.cleaned_data.get("unit") or None}
        try:
            made, secret = actions.invite(by=request.membership, organisation=pk, **said)
        except Refused as refused:
            form.add_error(None, told(refused))
        else:
            return _show_link(request, pk, made.email, secret)
    return show_organisation(request, pk, status=400, invite=form)


def _show_link(request: HttpRequest, pk: uuid.UUID, email: str, secret: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("accounts:invitation", args=[secret]))
    mail.send_aside(email, lang(), invitation=link)
    return show_organisation(request, pk, link=link, days=actions.INVITATION_DAYS)


@require_POST
@members_only
def withdraw(request: HttpRequest, pk: uuid.UUID, invitation: uuid.UUID) -> HttpResponse:
    try:
        actions.withdraw_invitation(by=request.membership, invitation=invitation)
    except Refused as refused:
        return refused_page(request, refused)
    return redirect("accounts:organisation", pk)


@require_POST
@members_only
def add_unit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    form = forms.UnitForm(request.POST)
    if form.is_valid():
        try:
            actions.add_unit(by=request.membership, organisation=pk, name=form.cleaned_data["unit_name"])
        except Refused as refused:
            return refused_page(request, refused)
        return redirect("accounts:organisation", pk)
    return show_organisation(request, pk, status=400, unit=form)


@form_page
@members_only
def end(request: HttpRequest, pk: uuid.UUID, membership: uuid.UUID) -> HttpResponse:
    """End somebody's role, and hand their work to a colleague."""
    me = request.membership
    try:
        everyone = queries.members(by=me, organisation=pk)
    except Refused as refused:
        return refused_page(request, refused)
    leaving = next((one for one in everyone if one.membership == str(membership)), None)
    if leaving is None:
        raise Http404
    others = [(one.membership, one.name) for one in everyone if one.membership != str(membership)]
    form = forms.EndForm(request.POST or None, colleagues=others)
    if request.method == "POST" and form.is_valid():
        heir = form.cleaned_data["hand_over_to"]
        try:
            actions.end_membership(by=me, membership=membership, hand_over_to=uuid.UUID(heir) if heir else None)
        except Refused as refused:
            return refused_page(request, refused)
        return redirect("accounts:organisation", pk)
    return render(request, "accounts/end.html", {"leaving": leaving, "form": form, "pk": pk})


@require_POST
@members_only
def reset_factor(request: HttpRequest, pk: uuid.UUID, membership: uuid.UUID) -> HttpResponse:
    """For who lost telephone and codes."""
    try:
        made, secret = actions.reset_second_factor(by=request.membership, membership=membership)
    except Refused as refused:
        return refused_page(request, refused)
    return _show_link(request, pk, made.email, secret)
