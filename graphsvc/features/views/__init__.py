"""The pictures: the same view for pages, tools and files."""
