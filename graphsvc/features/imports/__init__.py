"""Files in: from bytes to one change set."""
