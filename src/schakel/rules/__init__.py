"""Content as data: reading files, conditions over unknown facts, constraints; it must never know what a duty is."""
