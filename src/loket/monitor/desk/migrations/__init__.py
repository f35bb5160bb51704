"""The tables of the author's desk, as they came to be."""
