"""May this member do this with this person: asked of the pure rules, by relation, purpose, role and state.

A `Standing` is worked out once for a person on a page: which relations there are, in which state the registration is,
and which kinds of data were shared. Every answer is a `Decision` with its reasons; a refusal is raised as `Denied`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.models import Person, Registration
from loket.casework.relations import Relations, relations
from loket.site.prepared import prepared
from loket.theme.remembered import remembered
from schakel.casework.content import access
from schakel.casework.words import each
from schakel.mechanism.content import load
from schakel.networks.access import granted, may
from schakel.networks.decision import Decision
from schakel.networks.roles import Grant
from schakel.vocabulary.texts import Text

# The purpose for which somebody in a role usually works; a page names another where it serves another.
USUAL: Final[Mapping[str, str]] = {
    "finder": "registration", "registrar": "registration", "lawyer": "proceedings", "prosecutor": "proceedings",
    "immigration_liaison": "proceedings", "person": "own", "researcher": "research", "auditor": "oversight",
    "key_keeper": "keys",
}  # fmt: skip
# What each kind of data is called among the actions of the access book.
KINDS: Final[Mapping[str, str]] = {
    "see_status": "status", "see_identity": "identity", "see_contact": "contact", "see_whereabouts": "whereabouts",
    "see_situation": "situation", "see_needs": "needs", "see_health": "health", "see_criminal": "criminal",
    "see_residence": "residence", "see_care_plan": "care-plan", "see_signal_exists": "signal",
}  # fmt: skip
ALL_KINDS: Final = frozenset(KINDS.values())
OWN_DRAFT: Final = "edit_draft"


class Denied(Refused):
    """A refusal with its own sentence in both languages: what, why and what next."""

    def __init__(self, reason: str, say: Text, **entry: object) -> None:
        super().__init__(reason, **entry)
        self.say = say


def purpose_of(by: Member) -> str:
    """The purpose for which somebody in this role usually works."""
    return USUAL.get(by.role, "care")


@dataclass(frozen=True)
class Standing:
    """How a member stands to one person. `shared` are the kinds of data that sharing decisions let their side have."""

    by: Member
    person: Person
    registration: Registration | None
    relations: tuple[str, ...]
    goes_on: bool = False  # by name, after a count that was taken up: nobody who works on the case loses sight of it
    shared: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """The state as the access book knows it: a count stands as a registration in the same stage."""
        state = self.registration.state if self.registration else "draft"
        return "accepted" if self.goes_on and state in NOT_YET else COUNT_STATES.get(state, state)

    def ask(self, action: str, purpose: str = "") -> Decision:
        """The decision, for the relation that allows most; the refusal of the nearest one where none does."""
        return self._asked(action, purpose or purpose_of(self.by))[0]

    def may(self, action: str, purpose: str = "") -> bool:
        """Whether any relation allows it: the answer of `ask`, without its reasons."""
        role, state, purpose = self.by.role, self.state, purpose or purpose_of(self.by)
        return any(_grants(action, role, one, state, purpose) for one in self.relations)

    def must(self, action: str, purpose: str = "", **entry: object) -> str:
        """The relation that allows it. Raises Denied, so that the refusal is told and written in the log."""
        purpose = purpose or purpose_of(self.by)
        decision, relation = self._asked(action, purpose)
        if not decision.allowed:
            said = {"event": f"casework.{action}", "kind": "person", "object": self.person.pk,
                    "subject": self.person.subject_id, **entry}  # fmt: skip
            raise Denied(
                decision.reasons[0].rule.replace("-", "_"), spoken(decision), purpose=purpose, relation=relation,
                **said,
            )  # fmt: skip
        return relation

    def _asked(self, action: str, purpose: str) -> tuple[Decision, str]:
        answers = []
        for relation in self.relations:
            decision = _decided(action, self.by.role, relation, self.state, purpose)
            if decision.allowed:
                return decision, relation
            answers.append((decision, relation))
        return max(answers, key=lambda answer: NEAREST.index(answer[0].reasons[0].rule))

    def sees(self, purpose: str = "") -> frozenset[str]:
        """The kinds of data that may be shown. Where the grant gives a slice only, what was shared and no more.

        Whoever fills in a draft sees what they typed themselves.
        """
        purpose = purpose or purpose_of(self.by)
        if self.state == "draft" and self.may(OWN_DRAFT, purpose):
            return ALL_KINDS
        kinds = {kind for action, kind in KINDS.items() if self._shows(action, kind, purpose)}
        return frozenset(kinds | {"signal"} if "situation" in kinds else kinds)  # what was told tells that there is one

    def sees_by(self, purpose: str = "") -> str:
        """The relation by which most of it is seen: what stands in the log beside a page that was read."""
        role, state, purpose = self.by.role, self.state, purpose or purpose_of(self.by)

        def shown(relation: str) -> int:
            return sum(bool(_grants(action, role, relation, state, purpose)) for action in KINDS)

        return max(self.relations, key=shown)

    def _shows(self, action: str, kind: str, purpose: str) -> bool:
        """Whether a relation grants it: whole, or as far as it was shared by that same relation and no other."""
        for relation in self.relations:
            grants = _grants(action, self.by.role, relation, self.state, purpose)
            if grants and (kind in ("status", *self.shared.get(relation, ())) or not all(one.slice for one in grants)):
                return True
        return False


@remembered
def _decided(action: str, role: str, relation: str, state: str, purpose: str) -> Decision:
    """One cell of the table of access, with its reasons: it knows nobody, and never changes."""
    return may(access(load()), action, role, relation, state, purpose)


@remembered
def _grants(action: str, role: str, relation: str, state: str, purpose: str) -> list[Grant]:
    """The grants of one cell: a page asks for some dozens."""
    return granted(access(load()), action, role, relation, state, purpose)


NEAREST: Final = ("no-gone", "no-role", "no-relation", "no-state", "no-purpose", "no-reason")
NOT_YET: Final = ("submitted", "returned")  # taken up by the registration point
COUNT_STATES: Final = {"counted": "accepted", "named": "closed", "double": "merged"}


@remembered
def early(role: str) -> bool:
    """Whether somebody in this role may work on what their organisation has before the registration is taken up."""
    asked = product(("assigned", "registers"), NOT_YET, ("care", "proceedings"))
    return any(_grants("do_duty", role, *one) for one in asked)


def spoken(decision: Decision) -> Text:
    """What a decision says, in both languages."""
    return each(decision.say)


def standing(by: Member, person: Person, registration: Registration | None = None) -> Standing:
    """How a member stands to one person; the registration is the newest, unless one is given."""
    return standings(by, [person], [registration] if registration else None)[person.pk]


@prepared
def registrations_of(persons: list[UUID]) -> QuerySet[Registration]:
    """Their registrations, the newest of each person last."""
    return Registration.objects.filter(person__in=persons).order_by("made_on", "changed_at")


def standings(
    by: Member, persons: Iterable[Person], registrations: Iterable[Registration] | None = None
) -> dict[object, Standing]:
    """The same for several persons, in as many queries as for one."""
    people = list(persons)
    every = registrations_of([one.pk for one in people]) if registrations is None else list(registrations)
    newest = {one.person_id: one for one in every}
    by_name = {one.person_id for one in every if one.state == "named"}
    found: Relations = relations(by, people, newest)
    shared = found.shared
    return {
        pk: Standing(by, person, newest.get(pk), found.of(pk), pk in by_name, shared.get(pk, {}))
        for pk, person in ((one.pk, one) for one in people)
    }
