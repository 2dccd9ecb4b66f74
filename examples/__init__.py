"""The invented account that `graphsvc demo` loads, what makes it, and small files to try."""
