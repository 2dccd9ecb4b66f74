"""Where a competitor is closer to the customer than we are."""
