"""Files about a person: the list with what may be added, one to save, and taking one away."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from loket.accounts.pages import form_page
from loket.audit.who import Refused
from loket.casework.actions import attachments as actions
from loket.casework.forms.exchange import AttachmentForm
from loket.casework.pages import bad_words, case_page, sentence
from loket.casework.queries import attachments as queries
from loket.site.uploads import file_page
from schakel.vocabulary.errors import BadInput


@file_page(case_page)
@form_page
def attachments(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The files of a person that one may see; and a form where one may add."""
    me = request.membership  # type: ignore[attr-defined]
    found = queries.files(by=me, person=pk, fields=actions.FIELDS)
    form = AttachmentForm(request.POST or None, request.FILES or None, fields=found.fields) if found.may_add else None
    if form is not None and request.method == "POST" and form.is_valid() and _added(me, pk, form):
        return redirect("casework:attachments", pk)
    return render(request, "casework/attachments.html", {"found": found, "form": form},
                  status=400 if form is not None and form.errors else 200)  # fmt: skip


def _added(me: Any, pk: uuid.UUID, form: AttachmentForm) -> bool:
    """Keep the file; what is wrong with it stands beside its field."""
    said = form.cleaned_data
    try:
        actions.add_attachment(
            by=me, person=pk, field=said["attachment_field"], name=said["attachment"].name,
            data=said["attachment"].read(), note=said["attachment_note"],
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, sentence(refused))
    except BadInput as error:
        form.add_error("attachment", bad_words(error))
    return not form.errors


@require_safe
@case_page
def attachment(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One file, to be saved: it is not shown inside a page, and no browser guesses what it is."""
    found = queries.download(by=request.membership, attachment=pk)  # type: ignore[attr-defined]
    response = HttpResponse(found.data, content_type=found.mime)
    name = found.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@case_page
def remove_attachment(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    person = actions.remove_attachment(by=request.membership, attachment=pk)  # type: ignore[attr-defined]
    return redirect("casework:attachments", person)
