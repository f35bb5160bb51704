"""The plan as plain data: what `plan --json`, the API and the receipt show, the same everywhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from schakel.mechanism.asking import Question, next_question
from schakel.mechanism.assess import Assessment, DutyOutcome, PersonView, assess
from schakel.mechanism.content import Content
from schakel.mechanism.explain import because, caution, cited, plain_text
from schakel.mechanism.facts_file import from_data
from schakel.mechanism.situation import Claim, Situation
from schakel.rules.documents import parse_day
from schakel.vocabulary.errors import bad_input
from schakel.vocabulary.sources import Source, weakest

ENGINE = "2"
"""The version of the engine's meaning: it changes only when the same facts and content could give another answer."""


def plan(assessment: Assessment, lang: str = "nl", *, with_facts: bool = False) -> dict[str, Any]:
    """The whole plan; texts in `lang`. `with_facts` puts the facts into the receipt, so that it can be replayed."""
    return {
        "on": assessment.situation.on.isoformat(),
        "who": assessment.situation.who,
        "persons": [person_plan(view, lang) for view in assessment.persons],
        "notices": [{"id": item.id, "text": item.text(lang)} for item in assessment.notices],
        "unsigned": not any(duty.checked_by for duty in assessment.content.duties.values()),
        "receipt": receipt(assessment, with_facts=with_facts),
    }


def person_plan(view: PersonView, lang: str) -> dict[str, Any]:
    """The plan of one person."""
    question = next_question(view)
    return {
        "id": view.person.id,
        "duties": [duty_plan(outcome, lang) for outcome in view.duties],
        "rights": [
            {"id": right.id, "status": outcome.status, "title": right.title(lang), "plain": right.plain(lang),
             "warning": plain_text(right.warning, lang), "sources": _sources(view.content, right.sources, lang)}
            for right, outcome in view.rights
        ],
        "gaps": [{"id": gap.id, "status": outcome.status, "text": gap.what(lang)} for gap, outcome in view.gaps],
        "next_question": question_plan(question, lang) if question else None,
        "conflicts": [_conflict(fact, claims) for fact, claims in view.known.conflicts.items()],
    }  # fmt: skip


def duty_plan(outcome: DutyOutcome, lang: str) -> dict[str, Any]:
    """One duty for one person."""
    duty, version, ends = outcome.duty, outcome.version, outcome.due
    return {
        "id": duty.id,
        "status": outcome.status,
        "title": duty.title(lang),
        "what": (version.what if version and version.what else duty.what)(lang),
        "holder": outcome.holder,
        "yours": outcome.yours,
        "task": duty.task,
        "part": duty.part,
        "lead": outcome.lead,
        "stage": duty.stage,
        "urgent": duty.urgent,
        "strength": outcome.strength,
        "norm": version.norm if version else None,
        "starts": {"event": version.term.starts, "on": _iso(outcome.starts_on)} if version and version.term else None,
        "due": _iso(ends.extended or ends.unextended) if ends else None,
        "due_unextended": _iso(ends.unextended) if ends else None,
        "due_ground": ends.ground if ends else None,
        "term": version.term.text(lang)
        if version and version.term
        else plain_text(version.no_term if version else None, lang),
        "because": because(outcome, lang),
        "caution": caution(outcome, lang),
        "depends_on": list(outcome.hangs_on),
        "ruled_out_by": list(outcome.ruled_out_by),
        "do_not": [words(lang) for words in duty.do_not],
        "steps": [words(lang) for words in duty.steps],
        "say": [words(lang) for words in duty.say],
        "sources": _sources(outcome.view.content, version.sources if version else duty.sources, lang),
        "certainty": weakest(version.sources if version else duty.sources),
    }


def question_plan(question: Question, lang: str) -> dict[str, Any]:
    """The next question, with its values, its warning and why it is the one."""
    fact = question.fact
    return {
        "fact": fact.id,
        "question": fact.question(lang),
        "values": [{"id": value.id, "text": value.text(lang)} for value in question.values],
        "several": fact.kind == "many",
        "warning": plain_text(fact.asking.warning, lang),
        "why": [one.duty.id for one in question.duties],
    }


def receipt(assessment: Assessment, *, with_facts: bool = False) -> dict[str, Any]:
    """What is needed to replay the advice: content, engine, dates; the facts only when asked for."""
    out: dict[str, Any] = {
        "content": assessment.content.fingerprint,
        "engine": ENGINE,
        "on": assessment.situation.on.isoformat(),
        "edition": assessment.edition.day.isoformat(),
    }
    if with_facts:
        out["facts"] = facts_document(assessment.situation)
        out["outcomes"] = outcome_digest(assessment)
    return out


def replay(content: Content, old: Mapping[str, Any]) -> bool:
    """Whether this content and engine give the same outcomes as the receipt says.

    Raises `BadInput` when the receipt holds no facts, or was made with another content or engine.
    """
    for key, now in (("content", content.fingerprint), ("engine", ENGINE)):
        if old.get(key) != now:
            raise bad_input("other-receipt", "receipt", what=key, value=str(old.get(key))[:12])
    if "facts" not in old:
        raise bad_input("no-facts-in-receipt", "receipt")
    again = assess(content, from_data(content, old["facts"], on=parse_day(old.get("on"), "receipt"), name="receipt"))
    return outcome_digest(again) == old.get("outcomes")


def outcome_digest(assessment: Assessment) -> str:
    """A digest over every status and due day of every person."""
    rows = [
        [view.person.id, one.duty.id, one.status, _iso(one.due.unextended) if one.due else None]
        for view in assessment.persons
        for one in view.duties
    ]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def facts_document(situation: Situation) -> dict[str, Any]:
    """The situation as the facts document it could have been read from."""
    persons = [
        {"id": person.id, "facts": _answers(person.claims), "signals": list(person.signals)}
        for person in situation.persons
    ]
    return {
        "on": situation.on.isoformat(), "who": situation.who, "municipality": situation.municipality or None,
        "signals": list(situation.signals), "shared": _answers(situation.shared), "persons": persons,
    }  # fmt: skip


def _answers(claims: tuple[Claim, ...]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for claim in claims:
        answer = {
            "value": _iso(claim.day) or (claim.values[0] if len(claim.values) == 1 else list(claim.values)),
            "source": claim.source or None, "said_on": _iso(claim.said_on), "certainty": claim.certainty or None,
        }  # fmt: skip
        out.setdefault(claim.fact, []).append({key: value for key, value in answer.items() if value is not None})
    return out


def _conflict(fact: str, claims: tuple[Claim, ...]) -> dict[str, Any]:
    said = [
        {"value": _iso(claim.day) or list(claim.values), "source": claim.source, "said_on": _iso(claim.said_on)}
        for claim in claims
    ]
    return {"fact": fact, "claims": said}


def _sources(content: Content, sources: tuple[Source, ...], lang: str) -> list[dict[str, str]]:
    return [
        {"cite": cited(content, source, lang), "ref": source.ref, "at": source.at, "row": source.row,
         "certainty": source.certainty}
        for source in sources
    ]  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
