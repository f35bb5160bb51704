"""What organisations may tell each other and who may do what; it must never know a person, a clock or a file."""
