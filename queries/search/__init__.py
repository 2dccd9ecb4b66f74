"""Finding records by what people type: the terms of a record, the question put to an engine, the order."""
