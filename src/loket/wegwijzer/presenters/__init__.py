"""Knows how an assessed moment becomes words on a page; must never decide a duty or change a fact."""
