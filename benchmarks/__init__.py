"""How fast it is, measured side by side in one run: `make bench` and `make bench-browser`."""
