"""May this role do this, with this relation to the person, in this state, for this purpose: a decision with reasons.

A complete table: every role, action, relation, state and purpose has an answer, and what is not granted is refused with
a sentence and a next step. Emergency access asks for a reason and is told to others. Nothing here knows a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from schakel.networks.decision import PERMITTED, REFUSED, Decision, Reason
from schakel.networks.refusals import not_known
from schakel.networks.roles import AccessBook, Grant, Role
from schakel.vocabulary.texts import LANGUAGES, Text, text

BREAK_GLASS = "break_glass"
GONE = "destroyed"


def may(
    book: AccessBook, action: str, role: str, relation: str, state: str, purpose: str, *, reason: str = ""
) -> Decision:
    """The decision on one action.

    `state` is that of the registration. `reason` is asked for emergency access only. A permission names what must be
    recorded, and in `notify` the roles that are told; so does a search by name that is refused.
    Raises `BadInput` for a word that is in none of the lists.
    """
    for kind, word, allowed in (
        ("action", action, book.actions), ("role", role, book.roles), ("relation", relation, book.relations),
        ("state", state, book.states), ("access-purpose", purpose, book.purposes),
    ):  # fmt: skip
        if word not in allowed:
            raise not_known(kind, word, allowed)
    asked = (("action", action), ("role", role), ("relation", relation), ("state", state), ("purpose", purpose))
    fitting = granted(book, action, role, relation, state, purpose)
    if not fitting:
        grants = [grant for grant in book.roles[role].grants if action in grant.actions]
        missed, others = _missed(book, grants, action, relation, state)
        return _refusal(book, asked, missed, others)
    if action == BREAK_GLASS and not reason.strip():
        return _refusal(book, asked, "reason", ())
    return _permission(book, asked, fitting)


def granted(book: AccessBook, action: str, role: str, relation: str, state: str, purpose: str) -> list[Grant]:
    """The grants that carry one cell of the table; none where it is refused."""
    return [
        one
        for one in book.roles[role].grants
        if action in one.actions and relation in one.relations and state in one.states and purpose in one.purposes
    ]


def _permission(book: AccessBook, asked: tuple[tuple[str, str], ...], grants: list[Grant]) -> Decision:
    action = dict(asked)["action"]
    record = [book.conditions["slice"]] if all(grant.slice for grant in grants) else []
    if action == BREAK_GLASS:
        record += [book.conditions["reason"], book.conditions["notice"]]
    reason = Reason("grant", _said(book, book.because["grant"], asked), book.sources)
    notify = book.alerts[action] if action == BREAK_GLASS else ()
    return Decision(asked, PERMITTED, (reason,), record=tuple(record), notify=notify)


def _missed(
    book: AccessBook, grants: list[Grant], action: str, relation: str, state: str
) -> tuple[str, Iterable[Text | str]]:
    """What stands in the way first: the role, the relation, the state or the purpose; and what would do."""
    if state == GONE:
        return "gone", ()
    if not grants:
        return "role", (book.roles[name].name for name in book.may_ever[action])
    with_relation = [grant for grant in grants if relation in grant.relations]
    if not with_relation:
        return "relation", ()
    with_state = [grant for grant in with_relation if state in grant.states]
    if not with_state:
        return "state", (one for one in book.states if any(one in grant.states for grant in with_relation))
    return "purpose", (book.purposes[one] for one in book.purposes if any(one in each.purposes for each in with_state))


def _refusal(
    book: AccessBook, asked: tuple[tuple[str, str], ...], missed: str, others: Iterable[Text | str]
) -> Decision:
    named = list(others)
    step = text({
        lang: book.next[missed](lang).format(others=", ".join(_spoken(one, lang) for one in named) or "112")
        for lang in LANGUAGES
    })  # fmt: skip
    reason = Reason(f"no-{missed}", _said(book, book.because[missed], asked), book.sources)
    return Decision(asked, REFUSED, (reason,), step, notify=book.alerts.get(dict(asked)["action"], ()))


def _spoken(word: Text | str, lang: str) -> str:
    return word(lang) if isinstance(word, Text) else word


def _said(book: AccessBook, words: Text, asked: tuple[tuple[str, str], ...]) -> Text:
    told = dict(asked)
    return text({
        lang: words(lang).format(
            role=book.roles[told["role"]].name(lang), action=book.actions[told["action"]].text(lang),
            relation=book.relations[told["relation"]](lang), purpose=book.purposes[told["purpose"]](lang),
        )
        for lang in LANGUAGES
    })  # fmt: skip


def cells(book: AccessBook) -> Iterator[tuple[str, str, str, str, str]]:
    """Every action, role, relation, state and purpose there is: the whole table, to be tested whole."""
    yield from product(book.actions, book.roles, book.relations, book.states, book.purposes)


def table(book: AccessBook, role: Role) -> Mapping[str, tuple[Grant, ...]]:
    """For each action of a role the grants that carry it, in the order of the list of actions: what the docs print."""
    return {action: tuple(grant for grant in role.grants if action in grant.actions)
            for action in book.actions if action in role.actions}  # fmt: skip
