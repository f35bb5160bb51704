"""The tables of the vault, in the order in which they came."""
