"""The shared words: what all rooms call by one name, and the calendar; it must know no rule, no duty and no person."""
