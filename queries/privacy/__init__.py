"""Which private things are past their time."""
