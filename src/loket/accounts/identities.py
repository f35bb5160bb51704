"""Who somebody at an organisation's own provider is at the counter: known by their link, or linked the first time.

A part of ``actions`` in a file of its own: it writes, in one transaction, and all of it is in the log.
"""

from __future__ import annotations

from django.utils import timezone

from loket.accounts.models import Identity, Membership, Organisation, User
from loket.accounts.openid import Proven
from loket.accounts.providers import Provider
from loket.audit.actions import act
from loket.audit.who import Actor, Refused

PURPOSE = "signing_in"


def recognise(*, provider: Provider, proven: Proven) -> User:
    """The person behind a proven identity. No account is made: who was not invited stays out.

    The first time, the address must be one that the provider has verified, of somebody who works in the provider's
    organisation and has no other identity there. From then on only the identity counts: addresses are given out again.
    """
    asked = {"event": "accounts.openid", "kind": "provider", "object": provider.id, "place": _place(provider, proven)}
    home = Organisation.objects.filter(name__iexact=provider.organisation, ended_at=None).first()
    with act(by=Actor(user="unknown", organisation=str(home.pk) if home else ""), purpose=PURPOSE) as trail:
        if home is None:
            raise Refused("openid_unknown", **asked)
        linked = Identity.objects.select_related("user").filter(digest=proven.digest).first()
        user = linked.user if linked else _invited(home, proven)
        works = user and Membership.objects.filter(user=user, organisation=home, until=None).exists()
        if user is None or not works or not user.is_active:
            raise Refused("openid_unknown", **asked)
        if linked is None:
            User.objects.select_for_update().get(pk=user.pk)
            if Identity.objects.filter(user=user, provider=provider.id).exists():
                raise Refused("openid_other", **asked)
            Identity.objects.create(user=user, provider=provider.id, digest=proven.digest, linked_at=timezone.now())
            trail.note("accounts.openid_linked", kind="user", object=user.pk, place=asked["place"])
        trail.note("accounts.openid", kind="user", object=user.pk, place=asked["place"])
    return user


def _invited(home: Organisation, proven: Proven) -> User | None:
    """Whoever was invited to this organisation at this address, and took that up."""
    if not (proven.verified and proven.email):
        return None
    return User.objects.filter(email=proven.email, memberships__organisation=home, memberships__until=None).first()


def _place(provider: Provider, proven: Proven) -> str:
    return f"{provider.id}: {proven.how}"
