"""What a program sends to the counter and gets back, as the OpenAPI document shows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from loket.api.schemas import FactsDocument


class Camel(Schema):
    """Names in camelCase outside, in words with underscores inside."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class IdentityIn(Camel):
    """Who a person of the facts is. Without an entry here a person counts without identity."""

    person: str = Field(description="The id of the person in the facts document.", max_length=80)
    given_names: str = Field("", max_length=120)
    surname: str = Field("", max_length=120)
    birth_date: str = Field("", max_length=10, pattern=r"^(\d{4}(-\d{2}-\d{2})?)?$", description="1999-05-03 or 1999.")
    sex: str = Field("", max_length=40)
    nationalities: list[str] = Field(default_factory=list, max_length=5)
    aliases: list[str] = Field(default_factory=list, max_length=10)
    contact: str = Field("", max_length=300, description="How to reach the person safely, in words.")
    grounds: dict[str, str] = Field(description="For each purpose of registration the ground it rests on.")


class RegistrationIn(Camel):
    """A situation to register: the same facts document as for an assessment, and who the persons are."""

    facts: FactsDocument
    identities: list[IdentityIn] = Field(default_factory=list, max_length=40)
    reference: str = Field("", max_length=60, description="Your own number; it is kept sealed.")


class Registered(Camel):
    """One registration that was made."""

    id: UUID
    person: UUID
    state: str
    named: bool


class RegisteredAll(Camel):
    """What was made: one encounter, and a registration for each person."""

    encounter: UUID
    registrations: list[Registered]


class RegistrationLine(Camel):
    """A registration in a list. `state` is empty for who sees the status only."""

    id: UUID
    status: str
    state: str
    named: bool
    found_on: date
    submitted_at: datetime | None


class Fact(Camel):
    """One claim: what was said of a fact, by whom and how sure."""

    fact: str
    said: str
    day: date | None
    source: str
    certainty: str


class RegistrationOut(Camel):
    """A registration as this program may see it: what it may not see is not there."""

    id: UUID
    version: int
    status: str
    state: str
    named: bool
    found_on: date
    question: str
    identity: dict[str, Any] | None
    shared: list[Fact]
    facts: list[Fact]
    events: list[str] = Field(description="What may be done with it now.")


class DutyLine(Camel):
    """A task in a list; the person stands under a pseudonym of this organisation."""

    id: UUID
    person: str
    title: str
    holder: str
    state: str
    due: date | None
    urgent: bool


class DutyOut(Camel):
    """One task: what must be done, by when, and what may be done with it now."""

    id: UUID
    version: int
    person: str
    title: str
    state: str
    due: date | None
    why: str
    events: list[str]


class ReferralLine(Camel):
    """A referral in a list, as this organisation stands to it: sender, receiver or registrar."""

    id: UUID
    person: str
    kind: str
    purpose: str
    sender: str
    receiver: str
    state: str
    asked_on: date
    answer_by: date | None
    late: bool
    side: str


class ReferralOut(Camel):
    """One referral: what came along with it, and what may be done with it now."""

    id: UUID
    version: int
    state: str
    message: str
    reason: str
    outcome: str
    shared: list[str] = Field(description="The kinds of data that came along.")
    identity: dict[str, str] | None
    facts: list[Fact]
    events: list[str]


class Event(Camel):
    """Something that is done. `version` is the one that was read: if it changed since, nothing is done."""

    event: str = Field(max_length=20)
    words: str = Field("", max_length=2_000, description="The reason, question, answer or outcome that it asks for.")
    outcome: str = Field("", max_length=40)
    version: int = Field(ge=1, le=2_000_000_000)


class Changed(Camel):
    """Where something stands after an event."""

    id: UUID
    state: str
    version: int


class Page(Camel):
    """One page of a list."""

    page: int
    page_size: int
    more: bool


class RegistrationPage(Page):
    items: list[RegistrationLine]


class DutyPage(Page):
    items: list[DutyLine]


class ReferralPage(Page):
    items: list[ReferralLine]


Lang = Literal["nl", "en"]
