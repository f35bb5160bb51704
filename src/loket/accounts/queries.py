"""The only reader of organisations and people: what somebody may see of the others, as plain objects."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from loket.accounts.links import digest, has_second_factor
from loket.accounts.models import Invitation, Membership, OpenedGlass, Organisation, Unit, User
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.site import paging
from loket.site.prepared import prepared


@dataclass(frozen=True)
class OrganisationLine:
    """An organisation as everybody at the counter may see it."""

    id: uuid.UUID
    name: str
    kind: str
    region: str
    target_group: str


def memberships(user: Any) -> list[Member]:
    """The roles in which somebody can work now, in the order in which they got them."""
    return [_member(row) for row in _of_user(user.pk)]


@prepared
def _of_user(user: uuid.UUID) -> Any:
    return _standing().filter(user=user).order_by("since", "pk")


def membership(user: Any, chosen: str | None) -> Member | None:
    """The role that somebody works in: the chosen one, or the first; and whether a glass is open in it. One query.

    Every page asks it, of somebody who was read already and is active: so only what a `Member` holds is read.
    """
    found = _hats(user.pk, timezone.now())
    pick = next((row for row in found if str(row[0]) == chosen), found[0] if found else None)
    return _hat(user, *pick) if pick else None


HAT = ("pk", "organisation", "organisation__name", "organisation__kind", "organisation__region", "unit__name", "role",
       "manages")  # fmt: skip


@prepared
def _hats(user: uuid.UUID, now: datetime) -> Any:
    glass = OpenedGlass.objects.filter(membership=OuterRef("pk"), until__gt=now)
    rows = Membership.objects.filter(user=user, until=None, organisation__ended_at=None).order_by("since", "pk")
    return rows.values_list(*HAT, Exists(glass))


def _hat(user: Any, pk: Any, organisation: Any, name: str, kind: str, region: str, unit: str | None, role: str,
         manages: bool, glass: bool) -> Member:  # fmt: skip
    return Member(
        membership=str(pk), user=str(user.pk), name=user.name, organisation=str(organisation), organisation_name=name,
        organisation_kind=kind, region=region, unit=unit or "", role=role, manages=manages, emergency=glass,
    )  # fmt: skip


def _standing() -> Any:
    return Membership.objects.select_related("user", "organisation", "unit").filter(
        until=None, organisation__ended_at=None, user__is_active=True
    )


def _member(row: Membership) -> Member:
    return Member(
        membership=str(row.pk),
        user=str(row.user_id),
        name=row.user.name,
        organisation=str(row.organisation_id),
        organisation_name=row.organisation.name,
        organisation_kind=row.organisation.kind,
        region=row.organisation.region,
        unit=row.unit.name if row.unit else "",
        role=row.role,
        manages=row.manages,
    )


def acting(row: Membership) -> Member:
    """The person in this membership, for a program that acts for them (load user, organisation and unit with it)."""
    return _member(row)


def organisations() -> list[OrganisationLine]:
    """The directory: every organisation that works at the counter."""
    rows = Organisation.objects.filter(ended_at=None).order_by("name")
    return [_line(row) for row in rows]


def organisations_called(words: str, number: int) -> paging.Page[OrganisationLine]:
    """One page of the directory, by name: those with these words in their name."""
    rows = Organisation.objects.filter(ended_at=None, name__icontains=words.strip()).order_by("name", "pk")
    page = paging.read(rows, number)
    return page.holding([_line(row) for row in page.rows])


def _line(row: Organisation) -> OrganisationLine:
    return OrganisationLine(row.pk, row.name, row.kind, row.region, row.target_group)


def organisation(identifier: uuid.UUID) -> OrganisationLine | None:
    row = Organisation.objects.filter(pk=identifier, ended_at=None).first()
    return _line(row) if row else None


def members(*, by: Member, organisation: uuid.UUID) -> list[Member]:
    """The people of an organisation. Raises Refused (not written: nothing was shown) where one may not see them."""
    by.must("see_members", organisation)
    return [_member(row) for row in _standing().filter(organisation=organisation).order_by("user__name", "pk")]


def units(organisation: uuid.UUID) -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in Unit.objects.filter(organisation=organisation).order_by("name")]


@dataclass(frozen=True)
class Waiting:
    """An invitation that nobody has taken up yet."""

    id: uuid.UUID
    email: str
    role: str
    expires_at: datetime


def invitations(*, by: Member, organisation: uuid.UUID) -> list[Waiting]:
    """Who was invited and has not come, for those who may invite; nobody else sees an address."""
    if not by.may("invite", organisation):
        return []
    rows = Invitation.objects.filter(
        organisation=organisation, used_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    return [Waiting(row.pk, row.email, row.role, row.expires_at) for row in rows.order_by("-made_at")]


@dataclass(frozen=True)
class Invited:
    """What the page behind a link may show: to whom, where, in which role; and whether they have an account."""

    organisation: str
    role: str
    has_account: bool


def invited(secret: str) -> Invited | None:
    """What a link leads to; None if it is used, withdrawn, over or made up (the page says the same for all)."""
    row = (
        Invitation.objects.select_related("organisation")
        .filter(digest=digest(secret), used_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
        .first()
    )
    if row is None:
        return None
    user = User.objects.filter(email=row.email, ended_at=None).first()
    return Invited(row.organisation.name, row.role, user is not None and has_second_factor(user))


@dataclass(frozen=True)
class Glass:
    """An opened glass, for the auditor who looks into it."""

    id: uuid.UUID
    who: str
    organisation: str
    role: str
    reason: str
    note: str
    opened_at: datetime
    until: datetime
    reviewed: bool


def glasses(*, by: Member) -> list[Glass]:
    """The opened glasses, those that nobody looked into first."""
    if not by.may("see_glasses", ""):
        raise Refused("not_in_your_role", event="accounts.see_glasses")
    rows = OpenedGlass.objects.select_related("membership__user", "membership__organisation")
    return [
        Glass(row.pk, row.membership.user.name, row.membership.organisation.name, row.membership.role, row.reason,
              row.note, row.opened_at, row.until, row.reviewed_at is not None)
        for row in rows.order_by("reviewed_at", "-opened_at")[:200]
    ]  # fmt: skip


def addresses(*, role: str) -> list[str]:
    """Where to send a mail without content to everybody in a role (told that something waits)."""
    return sorted(set(_standing().filter(role=role).values_list("user__email", flat=True)))


def member(identifier: uuid.UUID | str) -> Member | None:
    """Somebody who works here now, by their membership."""
    row = _standing().filter(pk=identifier).first()
    return _member(row) if row else None


def in_roles(*roles: str) -> list[Member]:
    """Everybody who works in one of these roles, by organisation and name: to choose who stands for somebody."""
    return [_member(row) for row in _standing().filter(role__in=roles).order_by("organisation__name", "user__name")]


@prepared
def called(roles: list[str]) -> Any:
    """Id, name and organisation of everybody who works in one of these roles, in the same order: for a list to choose
    from."""
    rows = _standing().filter(role__in=roles).order_by("organisation__name", "user__name")
    return rows.select_related(None).values_list("pk", "user__name", "organisation__name")


def staffed() -> frozenset[uuid.UUID]:
    """The organisations where somebody can sign in."""
    return frozenset(_standing().values_list("organisation_id", flat=True).distinct())


def somebody_at(column: str) -> Exists:
    """Whether somebody can sign in at the organisation in this column of another query: part of it, no query more."""
    return Exists(_standing().filter(organisation=OuterRef(column)))


def with_nobody() -> Any:
    """The organisations where nobody can sign in, by id: part of another query, no query more."""
    return Organisation.objects.filter(~somebody_at("pk")).values("pk")


def names(ids: Iterable[str]) -> Mapping[str, str]:
    """The names of organisations by id, for the account to the person concerned."""
    known = [one for one in ids if _is_id(one)]
    return {str(row.pk): row.name for row in Organisation.objects.filter(pk__in=known)}


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def everybody_of_the_demo() -> list[Member]:
    """All people, for the demo sign-in only; nothing where it is off."""
    rows = _standing().order_by("organisation__name", "role", "user__name") if settings.LOKET_DEMO_SIGN_IN else ()
    return [_member(row) for row in rows]


def demo_user(membership: uuid.UUID) -> User | None:
    """The user behind a membership, for the demo sign-in only."""
    row = _standing().filter(pk=membership).first() if settings.LOKET_DEMO_SIGN_IN else None
    return row.user if row else None
