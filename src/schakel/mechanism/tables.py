"""An assessment as tables: one row a duty and person, one row a right, ready for a notebook."""

from __future__ import annotations

from schakel.mechanism.assess import Assessment
from schakel.mechanism.explain import because
from schakel.vocabulary.tables import Table


def duties_table(assessment: Assessment, lang: str = "en", *, status: str | None = None) -> Table:
    """Every duty of every person with its status, holder, due day and reason; only one status where asked."""
    rows = tuple(
        (
            view.person.id, one.duty.id, one.status, one.holder, one.strength, one.duty.title(lang),
            one.due.unextended.isoformat() if one.due else "", because(one, lang),
        )
        for view in assessment.persons
        for one in view.duties
        if status in (None, one.status)
    )  # fmt: skip
    columns = ("person", "duty", "status", "holder", "strength", "title", "due", "because")
    return Table(f"Duties on {assessment.situation.on.isoformat()}", columns, rows)


def rights_table(assessment: Assessment, lang: str = "en") -> Table:
    """Every right that holds or may hold, in plain words."""
    rows = tuple(
        (view.person.id, right.id, outcome.status, right.plain(lang))
        for view in assessment.persons
        for right, outcome in view.rights
    )
    return Table(f"Rights on {assessment.situation.on.isoformat()}", ("person", "right", "status", "plain"), rows)
