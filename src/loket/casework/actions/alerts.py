"""Letting others know at once that something was tried which should not be: a search for a name without a relation."""

from __future__ import annotations

from loket.accounts import queries as accounts
from loket.accounts.people import Member
from loket.casework.actions.common import writing
from loket.casework.actions.outbox import tell
from loket.casework.directory import Directory


def searched(*, by: Member) -> None:
    """Somebody searched for a name that they have no relation to: auditors and the registration point hear it.

    What was typed is nowhere: not in the log, not in the mail.
    """
    with writing(by=by, purpose="oversight") as trail:
        registry = Directory.now().registry
        if registry:
            tell(what="search.refused", organisation=registry, role="registrar")
        for auditor in accounts.in_roles("auditor"):
            tell(what="search.refused", organisation=auditor.organisation, membership=auditor.membership)
        trail.note("casework.search_alert", kind="search")
