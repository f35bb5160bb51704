"""The API: the same answers as the library, stateless; it must never store, log or echo what was told."""
