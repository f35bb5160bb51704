"""The only writer of organisations and people. Each action is one transaction, and is in the log with who and why."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from loket.accounts import signals
from loket.accounts.links import digest, has_second_factor
from loket.accounts.models import Identity, Invitation, Membership, OpenedGlass, Organisation, Unit, User
from loket.accounts.people import Member
from loket.accounts.roles import ROLES
from loket.audit.actions import act
from loket.audit.who import SERVER, Actor, Refused, Trail

PURPOSE = "keeping_accounts"
INVITATION_DAYS = 7
GLASS_HOURS = 4
GLASS_REASONS = ("acute_danger", "missing_child", "nobody_reachable", "other")


def admit_organisation(
    *, by: Member | None, name: str, kind: str, region: str = "", target_group: str = ""
) -> Organisation:
    """A new organisation at the counter. by=None: the command on the server, for the very first."""
    asked = {"kind": "organisation", "event": "accounts.admit_organisation"}
    with act(by=_actor(by), purpose=PURPOSE) as trail:
        if by:
            by.must("admit_organisation", "", kind="organisation")
        if not name.strip() or not kind.strip():
            raise Refused("name_and_kind_needed", **asked)
        if Organisation.objects.filter(name__iexact=name.strip(), ended_at__isnull=True).exists():
            raise Refused("organisation_exists", **asked)
        made = Organisation.objects.create(
            name=name.strip(), kind=kind, region=region, target_group=target_group, admitted_at=timezone.now()
        )
        trail.note("accounts.admit_organisation", kind="organisation", object=made.pk)
    return made


def first_way_in(*, name: str, kind: str, email: str, role: str) -> str:
    """The secret of the link for the very first person, by the command on the server.

    It can be asked again as long as nobody came in, for a link that was lost or a name that was mistyped: what was
    made before is then the same organisation, and its link leads nowhere.
    """
    with act(by=SERVER, purpose=PURPOSE) as trail:
        if User.objects.exists():
            raise Refused("somebody_came_in", event="accounts.admit_organisation", kind="organisation")
        made = Organisation.objects.select_for_update().filter(ended_at=None).first()
        if made is None:
            made = admit_organisation(by=None, name=name, kind=kind)
        elif name.strip():
            made.name, made.kind = name.strip(), kind
            made.save(update_fields=["name", "kind"])
        for before in Invitation.objects.select_for_update().filter(used_at=None, withdrawn_at=None):
            before.withdrawn_at = timezone.now()
            before.save(update_fields=["withdrawn_at"])
            trail.note("accounts.withdraw_invitation", kind="invitation", object=before.pk)
        _, secret = invite(by=None, email=email, organisation=made.pk, role=role, manages=True)
    return secret


def end_organisation(*, by: Member, organisation: uuid.UUID) -> None:
    """Nobody of this organisation comes in any more. Each membership ends first, so work that is left must be moved."""
    asked = {"kind": "organisation", "object": organisation}
    with act(by=by.actor, purpose=PURPOSE) as trail:
        by.must("end_organisation", organisation, **asked)
        for membership in Membership.objects.select_for_update().filter(organisation=organisation, until=None):
            _end(membership, None, trail)
        Invitation.objects.filter(organisation=organisation, used_at=None, withdrawn_at=None).update(
            withdrawn_at=timezone.now()
        )
        Organisation.objects.filter(pk=organisation, ended_at=None).update(ended_at=timezone.now())
        trail.note("accounts.end_organisation", **asked)


def add_unit(*, by: Member, organisation: uuid.UUID, name: str) -> Unit:
    asked = {"kind": "organisation", "object": organisation}
    with act(by=by.actor, purpose=PURPOSE) as trail:
        by.must("add_unit", organisation, **asked)
        if not name.strip():
            raise Refused("name_and_kind_needed", event="accounts.add_unit", **asked)
        made = Unit.objects.create(organisation_id=organisation, name=name.strip())
        trail.note("accounts.add_unit", **asked)
    return made


def invite(
    *, by: Member | None, email: str, organisation: uuid.UUID, role: str, manages: bool = False,
    unit: uuid.UUID | None = None,
) -> tuple[Invitation, str]:  # fmt: skip
    """An invitation and the secret of its link, which is nowhere kept: it goes into one mail, or on the screen once."""
    asked = {"kind": "organisation", "object": organisation, "event": "accounts.invite"}
    secret = secrets.token_urlsafe(32)
    with act(by=_actor(by), purpose=PURPOSE) as trail:
        if by:
            by.must("invite", organisation, kind="organisation", object=organisation)
        if role not in ROLES:
            raise Refused("no_such_role", **asked)
        if not _is_address(email):
            raise Refused("no_mail_address", **asked)
        if not Organisation.objects.filter(pk=organisation, ended_at=None).exists():
            raise Refused("organisation_ended", **asked)
        if unit and not Unit.objects.filter(pk=unit, organisation=organisation).exists():
            raise Refused("no_such_unit", **asked)
        made = Invitation.objects.create(
            digest=digest(secret), email=email.strip().lower(), organisation_id=organisation, unit_id=unit, role=role,
            manages=manages, invited_by_id=by.user if by else None, made_at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
        )  # fmt: skip
        trail.note("accounts.invite", kind="invitation", object=made.pk, place=f"role {role}")
    return made, secret


def withdraw_invitation(*, by: Member, invitation: uuid.UUID) -> None:
    with act(by=by.actor, purpose=PURPOSE) as trail:
        row = Invitation.objects.select_for_update().filter(pk=invitation).first()
        by.must("withdraw_invitation", row.organisation_id if row else "", kind="invitation", object=invitation)
        if row is None or row.used_at:
            raise Refused("invitation_used", event="accounts.withdraw_invitation", kind="invitation", object=invitation)
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        trail.note("accounts.withdraw_invitation", kind="invitation", object=invitation)


def accept_invitation(*, secret: str, name: str, password: str) -> User:
    """Make the account (or add the role to the one with this address). The link works no second time.

    Somebody who already has an account keeps their password and factors: the link adds a role, and opens nothing.
    """
    with act(by=Actor(user="invited"), purpose=PURPOSE) as trail:
        row = Invitation.objects.select_for_update().filter(digest=digest(secret)).first()
        if row is None or row.used_at or row.withdrawn_at or row.expires_at <= timezone.now():
            raise Refused("invitation_over", event="accounts.accept_invitation", kind="invitation")
        user = User.objects.filter(email=row.email).first() or User(email=row.email)
        if user.ended_at or not has_second_factor(user):
            user.name, user.is_active, user.ended_at = name.strip() or row.email.split("@")[0], True, None
            user.set_password(password)
            user.save()
        Membership.objects.get_or_create(
            user=user, organisation_id=row.organisation_id, role=row.role, until=None,
            defaults={"unit_id": row.unit_id, "manages": row.manages, "since": timezone.now()},
        )  # fmt: skip
        row.used_at = timezone.now()
        row.save(update_fields=["used_at"])
        trail.note("accounts.accept_invitation", kind="user", object=user.pk, place=f"role {row.role}")
    return user


def end_membership(*, by: Member, membership: uuid.UUID, hand_over_to: uuid.UUID | None) -> int:
    """Somebody stops in a role; their work goes to a colleague. How many things went. Their sessions end at once."""
    asked = {"kind": "membership", "object": membership, "event": "accounts.end_membership"}
    with act(by=by.actor, purpose=PURPOSE) as trail:
        row = Membership.objects.select_for_update().filter(pk=membership, until=None).first()
        by.must("end_membership", row.organisation_id if row else "", kind="membership", object=membership)
        if row is None:
            raise Refused("membership_ended", **asked)
        heir = Membership.objects.filter(pk=hand_over_to, until=None).first() if hand_over_to else None
        if hand_over_to and (heir is None or heir.pk == row.pk or heir.organisation_id != row.organisation_id):
            raise Refused("no_such_heir", **asked)
        return _end(row, heir, trail)


def _end(row: Membership, heir: Membership | None, trail: Trail) -> int:
    """End one membership inside the transaction of the caller, and the account with the last of them."""
    now = timezone.now()
    said = signals.membership_ends.send(Membership, ending=row.pk, to=heir.pk if heir else None, at=now)
    moved = sum(answer or 0 for _, answer in said)
    row.until = now
    row.save(update_fields=["until"])
    trail.note("accounts.end_membership", kind="membership", object=row.pk, place=f"moved {moved}")
    if not Membership.objects.filter(user=row.user_id, until=None).exists():
        User.objects.filter(pk=row.user_id).update(is_active=False, ended_at=now)
        _forget_factors(row)
        trail.note("accounts.end_account", kind="user", object=row.user_id)
    return moved


def _forget_factors(row: Membership) -> None:
    """Second steps, and the links to organisations' own providers: those are made anew at the next sign-in."""
    Authenticator.objects.filter(user=row.user_id).delete()
    Identity.objects.filter(user=row.user_id).delete()


def reset_second_factor(*, by: Member, membership: uuid.UUID) -> tuple[Invitation, str]:
    """For who lost telephone and recovery codes: the factors go, and a new invitation to the same address sets new.

    Until then nobody signs in to the account: a password alone opens nothing.
    """
    asked = {"kind": "membership", "object": membership, "event": "accounts.reset_second_factor"}
    with act(by=by.actor, purpose=PURPOSE) as trail:
        row = Membership.objects.select_related("user").filter(pk=membership, until=None).first()
        by.must("reset_second_factor", row.organisation_id if row else "", kind="membership", object=membership)
        if row is None or str(row.user_id) == by.user:
            raise Refused("not_your_own_factor", **asked)
        _forget_factors(row)
        trail.note(**asked)
    return invite(by=by, email=row.user.email, organisation=row.organisation_id, role=row.role, manages=row.manages)


def open_glass(*, by: Member, reason: str, note: str) -> OpenedGlass:
    """Go beyond one's relation, in an emergency, for a few hours. Others are told, and look into it afterwards."""
    asked = {"kind": "glass", "event": "accounts.open_glass"}
    with act(by=by.actor, purpose="emergency") as trail:
        by.must("open_glass", by.organisation, kind="glass")
        if reason not in GLASS_REASONS or len(note.strip()) < 10:
            raise Refused("glass_needs_reason", **asked)
        now = timezone.now()
        made = OpenedGlass.objects.create(
            membership_id=by.membership, reason=reason, note=note.strip(), opened_at=now,
            until=now + timedelta(hours=GLASS_HOURS),
        )  # fmt: skip
        trail.note("accounts.open_glass", kind="glass", object=made.pk, reason=reason, emergency=True)
    signals.glass_opened.send(OpenedGlass, glass=made.pk, member=by)
    return made


def close_glass(*, by: Member) -> None:
    """Before its time: what is no longer needed."""
    with act(by=by.actor, purpose="emergency") as trail:
        now = timezone.now()
        closed = OpenedGlass.objects.filter(membership=by.membership, until__gt=now)
        for glass in closed:
            trail.note("accounts.close_glass", kind="glass", object=glass.pk)
        closed.update(until=now)


def review_glass(*, by: Member, glass: uuid.UUID) -> None:
    """Somebody else has looked into it."""
    with act(by=by.actor, purpose="audit") as trail:
        by.must("review_glass", "", kind="glass", object=glass)
        OpenedGlass.objects.filter(pk=glass, reviewed_at=None).update(reviewed_by=by.user, reviewed_at=timezone.now())
        trail.note("accounts.review_glass", kind="glass", object=glass)


def _actor(by: Member | None) -> Actor:
    return by.actor if by else SERVER


def _is_address(email: str) -> bool:
    try:
        validate_email(email.strip())
    except ValidationError:
        return False
    return True
