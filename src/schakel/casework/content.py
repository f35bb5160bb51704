"""The content that casework and sharing stand on, read once: one door for the site."""

from __future__ import annotations

from functools import lru_cache

from schakel.mechanism.content import Content
from schakel.networks.model import SharingBook
from schakel.networks.reading import sharing_book
from schakel.networks.roles import AccessBook, access_book


@lru_cache(maxsize=4)
def sharing(content: Content) -> SharingBook:
    """The sharing rules of a content."""
    return sharing_book(content.documents("sharing"), content.organisations)


@lru_cache(maxsize=4)
def access(content: Content) -> AccessBook:
    """The roles of a content, and what each may do."""
    return access_book(content.documents("sharing"))
