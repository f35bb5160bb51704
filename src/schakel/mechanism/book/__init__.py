"""The content on paper: the rule book, plans and first cards as documents; it must never know how they are drawn."""

from schakel.mechanism.book.whole import book, edition_name

__all__ = ["book", "edition_name"]
