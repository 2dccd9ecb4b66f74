"""What was before: histories of records, undo, and whether the change log is whole."""
