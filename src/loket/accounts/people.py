"""A person as the log and the other rooms see them: the membership they act in, as plain words."""

from __future__ import annotations

from dataclasses import dataclass

from loket.accounts import roles
from loket.audit.who import Actor, Refused


@dataclass(frozen=True)
class Member:
    """Somebody at the counter, in one role at one organisation. ``actor`` is what goes into the log."""

    membership: str
    user: str
    name: str
    organisation: str
    organisation_name: str
    organisation_kind: str
    region: str
    unit: str
    role: str
    manages: bool
    emergency: bool = False  # an opened glass is still open

    @property
    def actor(self) -> Actor:
        return Actor(user=self.user, organisation=self.organisation, role=self.role, emergency=self.emergency)

    def may(self, action: str, organisation: object) -> bool:
        return roles.may(action, self.role, self.manages, str(organisation) == self.organisation)

    def must(self, action: str, organisation: object, **entry: object) -> None:
        """Raises Refused, so that the refusal is told and written in the log."""
        if not self.may(action, organisation):
            raise Refused("not_in_your_role", event=f"accounts.{action}", **entry)
