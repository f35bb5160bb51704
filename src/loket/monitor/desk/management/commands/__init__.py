"""`loket publications`."""
