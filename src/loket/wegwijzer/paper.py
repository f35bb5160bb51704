"""The plan as a PDF to keep or to hand over: two pages a person, neutral in its name and in its properties."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.http import HttpResponse

from loket.wegwijzer.encounter import Encounter
from schakel.mechanism.book.paper import plan_sheet
from schakel.mechanism.plan import plan
from schakel.press import pdf

ASKED = "pdf"
NAME = "plan.pdf"


def sheet(encounter: Encounter) -> HttpResponse:
    """The PDF of the plan of everyone in the encounter, sent as a file and not kept anywhere."""
    document = plan_sheet(encounter.content, plan(encounter.assessment, encounter.lang), encounter.lang)
    # The day asked for, not the moment: the file must not tell when somebody looked.
    made = pdf.render(document, when=datetime.combine(encounter.assessment.situation.on, time(), UTC))
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    response.headers["Cache-Control"] = "no-store"
    return response
