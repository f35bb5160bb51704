"""Roles as readable data: who they are, and what each may do by relation, state and purpose; read from the content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from schakel.networks.refusals import not_known
from schakel.rules.documents import Item
from schakel.rules.reading import Document
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import Text

Lists = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Grant:
    """What one role may do with which relation to the person, in which states, for which purposes.

    With `slice` only the kinds of data come along that a sharing decision allowed.
    """

    actions: frozenset[str]
    relations: frozenset[str]
    states: frozenset[str]
    purposes: frozenset[str]
    slice: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its name, what it is for, and its grants."""

    id: str
    name: Text
    about: Text
    grants: tuple[Grant, ...]

    @property
    def actions(self) -> frozenset[str]:
        return frozenset(action for grant in self.grants for action in grant.actions)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done; `identifies` says whether it touches who somebody is."""

    id: str
    text: Text
    identifies: bool


@dataclass(frozen=True, eq=False)
class AccessBook:
    """All roles with the lists that their grants are written in."""

    roles: Mapping[str, Role]
    actions: Mapping[str, Action]
    relations: Mapping[str, Text]
    purposes: Mapping[str, Text]
    states: tuple[str, ...]
    because: Mapping[str, Text]
    next: Mapping[str, Text]
    conditions: Mapping[str, Text]
    alerts: Mapping[str, tuple[str, ...]]
    sources: tuple[Source, ...]

    @cached_property
    def may_ever(self) -> Mapping[str, tuple[str, ...]]:
        """For each action the roles that may ever do it."""
        return {action: tuple(role.id for role in self.roles.values() if action in role.actions)
                for action in self.actions}  # fmt: skip


def access_book(documents: Iterable[Document]) -> AccessBook:
    """The book of roles, from the document of kind `access` among those of `content/sharing`.

    Raises `BadInput` with file and line for a word that is not in its list.
    """
    tops = [Item(document.data, document) for document in documents if document.data.get("kind") == "access"]
    if len(tops) != 1:
        raise BadInput("there must be one file of the kind 'access'", where="sharing", remedy="Add it, or join them")
    top = tops[0]
    groups = {name: tuple(map(str, states)) for name, states in top.need("states").items()}
    actions = {one.word("id"): Action(one.word("id"), one.text("text"), bool(one.need("identifies")))
               for one in top.items("actions")}  # fmt: skip
    relations = {one.word("id"): one.text("text") for one in top.items("relations")}
    purposes = {one.word("id"): one.text("text") for one in top.items("purposes")}
    lists: Lists = {"action": actions, "relation": relations, "access-purpose": purposes, "state": groups}
    roles = {one.word("id"): Role(one.word("id"), one.text("name"), one.text("about"),
                                  tuple(_grant(grant, lists, groups) for grant in one.items("grants")))
             for one in top.items("roles")}  # fmt: skip
    return AccessBook(
        roles=roles, actions=actions, relations=relations, purposes=purposes,
        states=tuple(dict.fromkeys(state for group in groups.values() for state in group)),
        because=_texts(top.item("because")), next=_texts(top.item("next")), conditions=_texts(top.item("conditions")),
        alerts={name: tuple(map(str, told)) for name, told in top.need("alerts").items()}, sources=top.sources(),
    )  # fmt: skip


def _texts(item: Item) -> dict[str, Text]:
    return {key: item.text(key) for key in item.data}


def _grant(item: Item, lists: Lists, groups: Mapping[str, tuple[str, ...]]) -> Grant:
    for key, kind in (("actions", "action"), ("relations", "relation"), ("purposes", "access-purpose"),
                      ("states", "state")):  # fmt: skip
        for word in item.words(key):
            if word not in lists[kind]:
                raise not_known(kind, word, lists[kind], item.where)
    states = frozenset(state for group in item.words("states") for state in groups[group])
    actions, relations, purposes = (frozenset(item.words(key)) for key in ("actions", "relations", "purposes"))
    return Grant(actions, relations, states, purposes, bool(item.get("slice")))
