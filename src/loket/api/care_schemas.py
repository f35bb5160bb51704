"""Requests for a place and files about a person, as a program sends and gets them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from loket.api.counter_schemas import Camel, Event, Fact, Page


class IntakeIn(Camel):
    """What a shelter must know to answer: where and whom to avoid, who comes along. No names."""

    avoid_areas: list[str] = Field(default_factory=list, max_length=40, description="Codes of municipalities.")
    avoid: list[str] = Field(
        default_factory=list, max_length=10, description="Kinds of people to avoid: a closed list."
    )
    companions: int = Field(0, ge=0, le=20)
    wheelchair: bool = False
    pets: bool = False


class PlacementIn(Camel):
    """A request for a place for the person of a registration. Without `shelter` the registration point looks."""

    registration: UUID
    shelter_kind: str = Field(max_length=60, description="A kind of organisation that has places: see GET /content.")
    shelter: UUID | None = None
    municipality: str = Field("", max_length=60, description="Name or code; empty: that of the encounter.")
    intake: IntakeIn = Field(default_factory=IntakeIn)
    share: list[str] = Field(
        default_factory=list, max_length=20, description="Kinds of data to send along, if allowed."
    )
    circumstances: dict[str, str] = Field(
        default_factory=dict, description="Answers that the rules of sharing ask for."
    )
    message: str = Field("", max_length=2_000)


class PlacementLine(Camel):
    """A request in a list; the person stands under a pseudonym of this organisation."""

    id: UUID
    person: str
    sender: str
    shelter: str
    state: str
    asked_on: date
    days: int = Field(description="How long it waits, or waited.")
    refusals: int
    side: str = Field(description="sender, receiver or registrar.")


class AnswerOut(Camel):
    """One answer or step of a request."""

    at: datetime
    event: str
    shelter: str
    reason: str
    words: str


class IntakeOut(Camel):
    """The intake as it is shown to who may see it; areas and people to avoid in words."""

    avoid_areas: list[str]
    avoid: list[str]
    companions: int
    wheelchair: bool
    pets: bool


class PlacementOut(Camel):
    """One request: what came along, what was answered, and what may be done with it now."""

    id: UUID
    version: int
    state: str
    message: str
    intake: IntakeOut | None
    shared: list[str] = Field(description="The kinds of data that came along.")
    identity: dict[str, str] | None
    facts: list[Fact]
    answers: list[AnswerOut]
    events: list[str]


class PlacementEvent(Event):
    """An answer or step. `reason` is of the closed list of refusals; `shelter` the other one to ask again."""

    reason: str = Field("", max_length=30)
    shelter: UUID | None = None


class PlacementPage(Page):
    items: list[PlacementLine]


class AttachmentOut(Camel):
    """A file about a person. One that was removed has no name and no content any more."""

    id: UUID
    name: str
    note: str
    media_type: str
    field: str = Field(description="The kind of data that it is about.")
    size: int
    added_at: datetime
    organisation: str
    removed: bool


class AttachmentPage(Page):
    items: list[AttachmentOut]
