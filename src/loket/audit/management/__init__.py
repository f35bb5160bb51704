"""What the log is asked on the server."""
