"""Where competitors are closer to a customer than we are."""
