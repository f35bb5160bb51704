"""Putting things on paper and screen: blocks in, accessible HTML and PDF out; it must never know what a duty is."""
