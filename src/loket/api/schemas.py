"""What goes in and comes out, as the OpenAPI document shows it."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field


class PersonFacts(Schema):
    """One person of the encounter."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(description="Any name that is not the person's: 'worker 1'.", max_length=80)
    facts: dict[str, Any] = Field(default_factory=dict, description="Fact id to answer; see GET /facts.")
    signals: list[str] = Field(default_factory=list, max_length=400)


class FactsDocument(Schema):
    """The situation: the same document as FACTS.yaml of the command line."""

    model_config = ConfigDict(extra="forbid")
    on: str | None = Field(None, description="The day asked for, as 2023-05-19; today when left out.")
    who: str | None = Field(None, description="Who asks: a value of the fact 'finder'.")
    municipality: str | None = Field(None, description="Name or code of a municipality.")
    signals: list[str] = Field(default_factory=list, max_length=400)
    shared: dict[str, Any] = Field(default_factory=dict, description="Facts that hold for everyone who was found.")
    persons: list[PersonFacts] | None = Field(None, max_length=200)


class Plan(Schema):
    """Who must do what, per person; the JSON Schema of `schakel plan --json` describes it fully."""

    on: str
    who: str | None
    persons: list[dict[str, Any]]
    notices: list[dict[str, str]]
    unsigned: bool
    receipt: dict[str, Any]


class Edition(Schema):
    """Which content answers."""

    content: str
    engine: str
    unsigned: bool
    counts: dict[str, int]


class Problem(Schema):
    """Problem details (RFC 9457): one sentence that says what, where, and what next."""

    type: str
    title: str
    status: int
    detail: str
