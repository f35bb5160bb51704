"""Knows the frame around every page: settings, safety, words, start page; must never know a duty or a person."""
