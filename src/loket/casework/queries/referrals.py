"""Referrals and transfers as both sides see them: what is asked, where it stands, and what one may do about it now."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from loket.accounts import queries as accounts
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import Standing, standing
from loket.casework.models import Referral, ReferralStep, Registration
from loket.casework.queries import directory, lists
from loket.casework.queries.seen import Act, Seen, Shared, acts, seen, shared_lines, sides
from loket.casework.queries.sharing import access_purpose
from loket.casework.reading import looking, opened
from loket.casework.slices import unpack
from loket.site.prepared import prepared
from loket.site.wording import wording
from loket.vault.queries import pseudonym
from schakel.casework.content import access, sharing
from schakel.casework.lifecycles import lifecycles
from schakel.casework.referral import unanswered
from schakel.casework.words import name_of
from schakel.mechanism.content import load
from schakel.networks.directory import NO_ACCOUNT

PAST = "past"
HEAD = 8  # of each group, on the page with today's work


@dataclass(frozen=True)
class Card:
    """A referral on a list. `mine`: sender, receiver or registrar; `why_registrar`: why it is the registrar's task."""

    id: uuid.UUID
    person: uuid.UUID
    name: str
    kind: str
    purpose: str
    sender: str
    receiver: str
    state: str
    said: str
    otherwise: str
    asked_on: date
    answer_by: date | None
    changed_on: date | None
    late: bool
    mine: str
    why_registrar: str
    waits_for_me: bool


@dataclass(frozen=True)
class Step:
    """One step on the page, with its words."""

    at: datetime
    event: str
    said: str
    by: str
    telephone: bool
    words: str


@dataclass(frozen=True)
class Page:
    """One referral: the card, what came along, the person as far as one may see, the steps, and what can be done."""

    card: Card
    version: int
    message: str
    outcome: str
    reason: str
    shared: tuple[Shared, ...]
    person: Seen | None
    steps: tuple[Step, ...]
    acts: tuple[Act, ...]
    by_telephone: bool
    candidates: tuple[directory.Line, ...]
    emergency: bool


# In each group the sides on which the own organisation stands, and the states; and in which order they are shown.
GROUPS: Final = {
    "waits": (("receiver", "requested"), ("sender", "refused"), ("sender", "expired")),
    "unanswered": (("sender", "requested"), ("receiver", "expired")),
    "running": (("sender", "accepted"), ("receiver", "accepted")),
    "over": (("sender", "done"), ("sender", "revoked"), ("receiver", "done"), ("receiver", "revoked"),
             ("receiver", "refused")),
}  # fmt: skip
ORDERS: Final = {"waits": "asked_on", "unanswered": "asked_on", "running": "-asked_on", "over": "-asked_on"}
LISTED = (
    "person", "sender", "sender__name", "receiver", "receiver__name", "receiver_kind", "kind", "purpose", "state",
    "asked_on", "answer_by", "changed_on",
)  # fmt: skip


def _parts(organisation: uuid.UUID, registrar: bool) -> dict[str, list[QuerySet[Any]]]:
    """The queries of each group; the registration point also has those without a receiver who can answer."""
    rows = Referral.objects.all()
    parts = lists.sides(rows, organisation, "receiver", GROUPS)
    if registrar:
        nobody = accounts.with_nobody()
        here = Exists(Registration.objects.filter(person=OuterRef("person"), registry=organisation))
        own, others = Q(sender=organisation, state="requested"), Q(here) & ~Q(sender=organisation)
        asked = rows.filter(own | others, state__in=("requested", "expired"))
        # Two questions: an `OR` of both would look at every receiver, and these few are found by an index.
        parts["waits"] += [asked.filter(receiver=None), asked.filter(receiver__in=nobody)]
        parts["unanswered"] = [one.exclude(receiver=None).exclude(receiver__in=nobody) for one in parts["unanswered"]]
    return parts


LIST: Final = lists.Groups(_parts, ORDERS)


def listed(*, by: Member, lang: str, group: str = "", number: int = 1) -> lists.Listed[Card]:
    """The referrals that the own organisation sent or got, in groups and pages; those that nobody answers as well."""
    return LIST.listed(by, group, number, partial(cards, by, lang))


@prepared
def _rows(ids: list[uuid.UUID]) -> QuerySet[Referral]:
    rows = Referral.objects.filter(pk__in=ids).select_related("sender", "receiver").only(*LISTED)
    return rows.annotate(answerable=accounts.somebody_at("receiver"))


def cards(by: Member, lang: str, ids: list[uuid.UUID]) -> dict[uuid.UUID, Card]:
    today = timezone.localdate()
    rows = _rows(ids) if ids else ()
    return {row.pk: _card(row, by, lang, today, {row.receiver_id} if row.answerable else ()) for row in rows}


@dataclass(frozen=True)
class Waiting:
    """Referrals that wait for one's own answer, and one's own that nobody answered, too late or not yet; the oldest.

    `more`: whether there are others beside these.
    """

    to_answer: tuple[Card, ...] = ()
    unanswered: tuple[Card, ...] = ()
    waiting: tuple[Card, ...] = ()
    more: bool = False


def waiting(*, by: Member, lang: str) -> Waiting:
    """What lies between the member's organisation and others; nothing for a role that neither refers nor answers."""
    if not {"refer", "answer_referral"} & access(load()).roles[by.role].actions:
        return Waiting()
    found = [LIST.ids(by, name, size=HEAD) for name in ("waits", "unanswered")]
    ids = [pk for several in found for pk in several[:HEAD]]
    shown_as = cards(by, lang, ids)
    shown = [shown_as[pk] for pk in ids]
    asked = [one for one in shown if one.mine == "sender" and one.state in ("requested", "expired")]
    return Waiting(
        tuple(one for one in shown if one.waits_for_me and one not in asked),
        tuple(one for one in asked if one.late), tuple(one for one in asked if not one.late),
        any(len(several) > HEAD for several in found),
    )  # fmt: skip


def _card(row: Referral, by: Member, lang: str, today: date, staffed: Collection[uuid.UUID]) -> Card:
    content = load()
    purpose = sharing(content).purposes[row.purpose](lang)
    state = lifecycles(content)[row.kind].state(row.state)
    side = "sender" if str(row.sender_id) == by.organisation else "receiver" if (
        str(row.receiver_id) == by.organisation) else "registrar"  # fmt: skip
    late = row.state == "expired" or unanswered(row.state, row.answer_by, today)
    why = _why_registrar(row, staffed, lang) if row.state in ("requested", "expired") else ""
    return Card(
        row.pk, row.person_id, pseudonym(by.organisation, row.person_id), row.kind, purpose,
        row.sender.name, row.receiver.name if row.receiver else name_of(content, row.receiver_kind)(lang), row.state,
        state.name(lang), state.otherwise(lang), row.asked_on, row.answer_by, row.changed_on, late, side, why,
        _waits(row, side, by, why),
    )  # fmt: skip


def _why_registrar(row: Referral, staffed: Collection[uuid.UUID], lang: str) -> str:
    if row.receiver_id is None:
        return wording().say("care.no_receiver", lang)
    return "" if row.receiver_id in staffed else NO_ACCOUNT(lang)


def _waits(row: Referral, side: str, by: Member, why: str) -> bool:
    if by.role == "registrar" and why:
        return True
    return row.state in {"receiver": ("requested",), "sender": ("refused", "expired")}.get(side, ())


def page(*, by: Member, pk: uuid.UUID, lang: str) -> Page:
    """One referral. Raises Refused for who is neither side, nor the registration point, nor the person's own."""
    row = _row(pk)
    with looking(by, access_purpose(row.purpose)) as trail:
        here = standing(by, row.person)
        who, relation = sides(here, row.sender_id, row.receiver_id), _must_see(here, row)
        kinds = unpack(row.slice).fields & (here.sees(access_purpose(row.purpose)) | here.sees())
        opened(trail, here, relation, f"referral {' '.join(sorted(kinds))}")
    card = _card(row, by, lang, timezone.localdate(), {row.receiver_id} if row.answerable else ())
    telephone = "registrar" in who and bool(card.why_registrar) and row.receiver_id is not None
    candidates = directory.receivers(row.receiver_kind, "", frozenset()).lines if (
        "registrar" in who and row.receiver_id is None) else ()  # fmt: skip
    return Page(
        card=card, version=row.version, message=_asked(row, relation, who), outcome=row.outcome or "",
        reason=row.reason or "",
        shared=shared_lines(unpack(row.slice).decisions.items(), lang),
        person=seen(here, kinds, lang) if "receiver" in who else None,
        steps=_steps(row, lang), acts=_acts(row, who, telephone, lang), by_telephone=telephone, candidates=candidates,
        emergency=relation == "emergency",
    )  # fmt: skip


def _row(pk: uuid.UUID) -> Referral:
    row: Referral | None = _one.first(pk)
    if row is None:
        raise Refused("not_found", event="casework.read")
    row.subject = row.person.subject
    return row


@prepared
def _one(pk: uuid.UUID) -> QuerySet[Referral]:
    rows = Referral.objects.select_related("person__encounter__subject", "person__subject", "sender", "receiver")
    return rows.annotate(answerable=accounts.somebody_at("receiver")).filter(pk=pk)


def _must_see(here: Standing, row: Referral) -> str:
    entry: dict[str, Any] = {"event": "casework.read", "kind": "referral", "object": row.pk}
    if not sides(here, row.sender_id, row.receiver_id):
        return here.must("see_care_plan", access_purpose(row.purpose), **entry)
    for action, purpose in (("see_status", access_purpose(row.purpose)), ("see_status", ""), ("see_status", "own")):
        if here.may(action, purpose):
            return here.must(action, purpose, **entry)
    if here.by.organisation in (str(row.sender_id), str(row.receiver_id)):
        return PAST  # both sides always see what came of it, and nothing more of the person
    return here.must("see_status", access_purpose(row.purpose), **entry)


def _steps(row: Referral, lang: str) -> tuple[Step, ...]:
    cycle = lifecycles(load())[row.kind]
    found = _steps_of(row.pk)
    for one in found:
        one.subject = row.subject
    return tuple(
        Step(one.at, one.event, cycle.state(one.to).name(lang), one.organisation.name if one.organisation else "",
             one.by_telephone, one.words or "")
        for one in found
    )  # fmt: skip


@prepared
def _steps_of(referral: uuid.UUID) -> QuerySet[ReferralStep]:
    return ReferralStep.objects.select_related("organisation").filter(referral=referral).order_by("at")


def _acts(row: Referral, who: Iterable[str], telephone: bool, lang: str) -> tuple[Act, ...]:
    parties = {*who, *(("receiver",) if telephone else ())} - ({"receiver"} if row.receiver_id is None else set())
    return acts(lifecycles(load())[row.kind], row.state, parties, lang)


def of_person(*, person: Any, by: Member, lang: str) -> tuple[Card, ...]:
    """The referrals of one person, for a page that has asked already who may see them."""
    rows = Referral.objects.select_related("sender", "receiver", "subject").filter(person=person)
    staffed = accounts.staffed()
    return tuple(_card(row, by, lang, timezone.localdate(), staffed) for row in rows.order_by("asked_on", "pk"))


def _asked(row: Referral, relation: str, who: frozenset[str]) -> str:
    """The words that went with it: for whoever wrote them, and for the other side as long as it is theirs to answer."""
    return (row.message or "") if relation != PAST or "sender" in who else ""
