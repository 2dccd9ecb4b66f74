"""Where the graph is kept: one port, two adapters."""
