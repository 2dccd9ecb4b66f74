"""What runs: the service, its stores and its command line."""
