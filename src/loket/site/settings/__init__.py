"""Knows how the site is set up in each place where it runs; must never hold a secret."""
