"""``EncryptedText``: a column that reads as text in Python and is sealed in the database.

It cannot be searched, ordered or updated by accident: only ``isnull`` is a lookup; to find somebody, index the word
(``actions.index``) and ask ``queries.search``. The text is bound to model, record, column and person, so the record
needs its id before it is saved (a UUID has one).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from loket.site.cursors import database
from loket.vault import boxes, cipher
from loket.vault.models import Subject


class _Sealed(DeferredAttribute):
    """Opens on first sight; what was opened stays with the object only."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            super().__get__(instance, cls)  # fetches what `only()` or `defer()` left out
        value = instance.__dict__[name]
        if isinstance(value, bytes):
            value = instance.__dict__[name] = self.field.opened(instance, value)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedText(models.Field):
    """key: the name of the foreign key to ``vault.Subject`` whose data key seals it; None: the installation's key."""

    descriptor_class = _Sealed
    empty_strings_allowed = False

    def __init__(self, *args: Any, key: str | None = "subject", **kwargs: Any) -> None:
        self.key = key
        kwargs.setdefault("null", True)
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "key": self.key}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def context(self, instance: models.Model) -> bytes:
        """Model, record, column and person: move the bytes to any other and they do not open."""
        person = str(getattr(instance, f"{self.key}_id")) if self.key else ""
        return cipher.place(instance._meta.label_lower, str(instance.pk), self.attname, person)

    def subject(self, instance: models.Model) -> Subject | None:
        person: Subject | None = getattr(instance, self.key) if self.key else None
        return person

    def opened(self, instance: models.Model, sealed: bytes) -> str:
        subject = self.subject(instance)
        context = self.context(instance)
        return boxes.open_for(subject, sealed, context) if subject else boxes.open_here(sealed, context)

    def column_value(self, instance: models.Model) -> Any:
        """What stands in the column of this record, ready for the database (see `loket.site.rows`)."""
        sealed = self.pre_save(instance, add=instance._state.adding)
        return None if sealed is None else database().Database.Binary(sealed)

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, bytes):
            return value  # nothing, or never opened
        if isinstance(value, boxes.Erased):
            return None
        subject, context = self.subject(model_instance), self.context(model_instance)
        return boxes.seal_for(subject, value, context) if subject else boxes.seal_here(value, context)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, bytes | memoryview):
            raise FieldError(f"{self.name} is sealed per record: set it on an object and save that.")
        return None if value is None else connection.Database.Binary(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is sealed, so it cannot be compared: index it, and use vault.queries.search.")

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is sealed: there is nothing to compute with in the database.")

    def value_to_string(self, obj: models.Model) -> str:
        raise FieldError(f"{self.name} is not written out by accident: use the export for the person concerned.")
