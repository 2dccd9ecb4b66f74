"""Reading and writing single records of every kind, and change sets of many."""
