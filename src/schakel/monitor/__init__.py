"""About all of them together: knows figures, series and what was published; must never know who anybody is, and shows
only what a protected release or a published source holds.
"""
