"""Knows what was published about all of them together; must never know a person, and never shows a count that was
neither protected nor published by somebody.
"""
