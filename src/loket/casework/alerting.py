"""What somebody is in the search for a missing person: asked both where it is shown and where it is done."""

from __future__ import annotations

from loket.accounts.people import Member
from loket.casework.models import Alert


def parties(by: Member, alert: Alert) -> set[str]:
    """Their role, who told it, and who searches.

    While no police organisation is at the counter, the registration point writes down what the police say.
    """
    own = {by.role}
    if str(alert.sender_id) == by.organisation:
        own.add("sender")
    if by.organisation_kind == "police" and str(alert.police_id) == by.organisation:
        own.add("police")
    if alert.police_id is None and by.role == "registrar":
        own.add("police")
    return own
