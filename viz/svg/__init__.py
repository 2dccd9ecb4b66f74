"""Server-made pictures of views."""
