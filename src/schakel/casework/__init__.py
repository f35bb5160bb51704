"""What is known of ONE person and done for them; it must never know a database, a clock, or a sum over people."""
