"""The calls about care: requests for a place, and the photographs and documents of a person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from loket.api import care_schemas as shapes
from loket.api.counter import ASKING, CHANGING, DUTCH, ONCE, PAGE, SIZE, asked, paged, told
from loket.api.counter_schemas import Changed, Lang
from loket.api.machines import Key, program
from loket.api.once import once
from loket.casework.actions import attachments as adding
from loket.casework.actions import shelter
from loket.casework.queries import attachments as files
from loket.casework.queries import known, places
from loket.casework.queries import programs as lists
from schakel.casework.shelter import Intake
from schakel.mechanism.content import load

router = Router(tags=["counter"], auth=Key(), by_alias=True)
BYTES = {200: {"description": "The file, to be saved.", "content": {
    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}  # fmt: skip


@router.post("/placements", response={201: Changed, **CHANGING}, summary="Request a place")
def request_place(request: HttpRequest, said: shapes.PlacementIn, lang: Lang = DUTCH, key: str | None = ONCE) -> Status:
    """A place in a shelter for the person of a registration; what comes along is what the rules of sharing allow."""
    by = program(request, "placements:write", lang)

    def work() -> dict[str, Any]:
        person = lists.person_of(registration=said.registration)
        where = load().places.find(said.municipality, "").code if said.municipality else known.municipality_of(person)
        need = shelter.Need(
            shelter_kind=said.shelter_kind, shelter=said.shelter, municipality=where, intake=_intake(said.intake),
            fields=frozenset(said.share), circumstances=tuple(said.circumstances.items()), message=said.message,
        )  # fmt: skip
        row = shelter.request(by=by, person=person, need=need)
        return {"id": str(row.pk), "state": row.state, "version": row.version}

    return Status(201, once(request, by, key, 201, work))


def _intake(said: shapes.IntakeIn) -> Intake:
    return Intake(tuple(said.avoid_areas), tuple(said.avoid), said.companions, said.wheelchair, said.pets)


@router.get("/placements", response={200: shapes.PlacementPage, **ASKING}, summary="Requests for a place")
def placements(request: HttpRequest, page: int = PAGE, size: int = SIZE, lang: Lang = DUTCH) -> Any:
    """Those that this organisation made or got, newest first; the registration point also those without a shelter."""
    by = program(request, "placements:read", lang)
    cards, more = asked(request, lambda: lists.placements(by=by, page=page, size=size, lang=lang))
    items = [{"id": one.id, "person": one.name, "sender": one.sender, "shelter": one.shelter, "state": one.state,
              "asked_on": one.asked_on, "days": one.days, "refusals": one.refusals, "side": one.mine}
             for one in cards]  # fmt: skip
    return {"items": items, "page": page, "page_size": size, "more": more}


@router.get("/placements/{id}", response={200: shapes.PlacementOut, **ASKING}, summary="One request for a place")
def placement(request: HttpRequest, id: UUID, lang: Lang = DUTCH) -> Any:
    """What a shelter needs to answer; who it is only where that came along. A secret address is never in it."""
    by = program(request, "placements:read", lang)
    found = asked(request, lambda: places.page(by=by, pk=id, lang=lang))
    seen, intake = found.person, found.intake
    return {
        "id": id, "version": found.version, "state": found.card.state, "message": found.message,
        "intake": {"avoid_areas": list(intake.areas), "avoid": list(intake.avoid), "companions": intake.companions,
                   "wheelchair": intake.wheelchair, "pets": intake.pets} if intake else None,
        "shared": [one.id for one in found.shared], "facts": told(seen.told) if seen else [],
        "identity": dict(seen.identity) if seen and seen.identity else None,
        "answers": [{"at": one.at, "event": one.event, "shelter": one.shelter, "reason": one.reason, "words": one.words}
                    for one in found.answers],
        "events": [one.id for one in found.acts],
    }  # fmt: skip


@router.post("/placements/{id}/events", response={200: Changed, **CHANGING}, summary="Answer a request for a place")
def placement_event(
    request: HttpRequest, id: UUID, said: shapes.PlacementEvent, lang: Lang = DUTCH, key: str | None = ONCE
) -> Any:
    """Offer or refuse with a reason; for the sender: take, decline, ask again (another shelter), withdraw."""
    by = program(request, "placements:write", lang)

    def work() -> dict[str, Any]:
        row = shelter.act(by=by, placement=id, event=said.event, version=said.version, reason=said.reason,
                          words=said.words, other=said.shelter)  # fmt: skip
        return {"id": str(row.pk), "state": row.state, "version": row.version}

    return once(request, by, key, 200, work)


@router.get("/registrations/{id}/attachments", response={200: shapes.AttachmentPage, **ASKING}, summary="Files")
def attachments(request: HttpRequest, id: UUID, page: int = PAGE, size: int = SIZE, lang: Lang = DUTCH) -> Any:
    """The photographs and documents of the person that this member may see, without their content."""
    by = program(request, "attachments:read", lang)

    def ask() -> files.Files:
        return files.files(by=by, person=lists.person_of(registration=id), fields=adding.FIELDS)

    found = asked(request, ask)
    lines = [{"id": one.id, "name": one.name, "note": one.note, "media_type": one.kind.mime, "field": one.field,
              "size": one.size, "added_at": one.added_at, "organisation": one.organisation, "removed": one.removed}
             for one in found.lines]  # fmt: skip
    return paged(lines, page, size)


@router.get("/attachments/{id}/content", response={200: None, **ASKING}, summary="The content of a file",
            openapi_extra={"responses": BYTES})  # fmt: skip
def content(request: HttpRequest, id: UUID, lang: Lang = DUTCH) -> HttpResponse:
    """The bytes, for who may see that kind of data; every file that is opened is in the log."""
    by = program(request, "attachments:read", lang)
    found = asked(request, lambda: files.download(by=by, attachment=id))
    response = HttpResponse(found.data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
