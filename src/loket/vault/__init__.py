"""Knows how to keep a text so that only its own key opens it, and how to lose that key; must never know what it keeps.

The doors: ``fields.EncryptedText`` for a column, ``actions`` (a subject is made, found again by, erased; keys are
changed), ``queries`` (search by keyed index, pseudonyms). Keys lie in a file beside the database, never in it.
"""
