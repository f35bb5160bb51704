"""The table of the log, and the triggers that keep it as it is."""
