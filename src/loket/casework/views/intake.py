"""Bringing in another database: the form, the dry run, its errors as a file, and the yes or no."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from loket.accounts.pages import form_page, lang, told
from loket.audit.who import Refused
from loket.casework import intake_rows
from loket.casework.actions import intake as actions
from loket.casework.forms.exchange import IntakeForm
from loket.casework.pages import bad_words, case_page, sentence
from loket.casework.queries import intake as queries
from loket.site.uploads import file_page
from schakel.casework.cells import as_csv
from schakel.casework.sheets import rows
from schakel.vocabulary.errors import BadInput

SHOWN = 50
COLUMNS = ("row", "column", "error")
BOM = "\ufeff"  # by which a spreadsheet knows the letters


@file_page(case_page)
@form_page
def intake(request: HttpRequest) -> HttpResponse:
    """Choose a file; what it would do is shown on the next page, and nothing has happened yet."""
    me = request.membership  # type: ignore[attr-defined]
    form = IntakeForm(request.POST or None, request.FILES or None, kind=me.organisation_kind)
    if request.method == "POST" and form.is_valid():
        answer = _planned(request, form)
        if answer is not None:
            return answer
    context = {"form": form, "plans": queries.plans(by=me)}
    return render(request, "casework/intake.html", context, status=400 if form.errors else 200)


def _planned(request: HttpRequest, form: IntakeForm) -> HttpResponse | None:
    """The page with what would happen; None where the form has to be mended first."""
    said, me = form.cleaned_data, request.membership  # type: ignore[attr-defined]
    words = said["mapping_file"].read().decode("utf-8", "replace") if said["mapping_file"] else ""
    if said["intake_form"] == intake_rows.MAPPING and not words:
        form.add_error("mapping_file", told(Refused("mapping_needed")))
        return None
    try:
        found = rows(said["intake_file"].read())
        arrival = intake_rows.arrive(found, said["intake_form"], words, timezone.localdate())
        made = actions.plan(by=me, arrival=arrival, form=said["intake_form"], mapping=words,
                            purposes=form.purposes, ground=said["intake_ground"])  # fmt: skip
    except BadInput as error:
        form.add_error("mapping_file" if error.where.startswith("mapping") else "intake_file", bad_words(error))
        return None
    except Refused as refused:
        form.add_error(None, sentence(refused))
        return None
    return redirect("casework:intake_plan", made.pk)


@require_safe
@case_page
def plan(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = queries.plan(by=request.membership, intake=pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    errors = queries.errors(by=request.membership, intake=pk, lang=lang())  # type: ignore[attr-defined]
    context = {"plan": found, "errors": errors[:SHOWN], "more": max(0, len(errors) - SHOWN)}
    return render(request, "casework/intake_plan.html", context)


@require_safe
@case_page
def error_file(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The rows that do not come in, as a file: row, column and what to do."""
    errors = queries.errors(by=request.membership, intake=pk, lang=lang())  # type: ignore[attr-defined]
    words = as_csv(COLUMNS, [dict(zip(COLUMNS, one, strict=True)) for one in errors])
    response = HttpResponse(BOM + words, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="rijen.csv"'
    return response


@require_POST
@case_page
def bring_in(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The next rows; the page says how far it is. What is left the worker brings in, or the next press."""
    if "stop" in request.POST:
        actions.stop(by=request.membership, intake=pk)  # type: ignore[attr-defined]
        return redirect("casework:intake_plan", pk)
    if "drop" in request.POST:
        actions.drop(by=request.membership, intake=pk)  # type: ignore[attr-defined]
        return redirect("casework:intake")
    actions.bring_in(by=request.membership, intake=pk)  # type: ignore[attr-defined]
    return redirect("casework:intake_plan", pk)
