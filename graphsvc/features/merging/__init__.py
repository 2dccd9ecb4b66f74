"""Two contacts that are one person become one, with every tie kept, in one change set that can be undone."""
