"""The tables of organisations and people, in the order in which they came."""
