"""Who could bring us to somebody."""
