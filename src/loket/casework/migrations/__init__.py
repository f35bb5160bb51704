"""The tables of casework, in the order in which they came."""
