"""What operators read: counts of the service, for Prometheus."""
