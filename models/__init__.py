"""What exists: kinds, closed vocabularies, records, change sets and the immutable account graph."""
