"""Named views of an account's maps: kept, shared, opened as links."""
