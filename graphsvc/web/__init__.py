"""HTTP: what every request passes through, and the pages."""
