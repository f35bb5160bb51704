"""Knows the frame around every page: settings, safety, languages, texts, start page; must never know a duty or a person."""
