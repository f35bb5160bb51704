"""Objects of what was read from the database, without what Django does for whoever makes a new one.

A page reads dozens of rows, and `Model.__init__` looks at each of their fields for defaults, descriptors and signals
that a row which was read has no use for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, signals
from django.db.models.base import ModelState


class Read:
    """Makes objects of one model: `from_db` as Django has it, for a row that was read."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def from_db(self, alias: str, names: Iterable[str], values: Iterable[Any]) -> Any:
        one = self.model.__new__(self.model)
        state = one._state = ModelState()
        state.adding, state.db = False, alias
        one.__dict__.update(zip(names, values, strict=True))
        return one


def objects(model: Any) -> Any:
    """What makes objects of this model. Where a model does more when one is made, or somebody hears of it: Django."""
    plain = model.__init__ is Model.__init__ and model.from_db.__func__ is Model.from_db.__func__
    heard = any(one.has_listeners(model) for one in (signals.pre_init, signals.post_init))
    return model if heard or not plain else Read(model)


def quickly(populators: Iterable[Any]) -> None:
    """Let the objects of `select_related` be made in the same way (Django's own populators ask a model for them)."""
    for one in populators:
        one.model_cls = objects(one.model_cls)
        quickly(one.related_populators)
