"""All accounts beside each other: tiers, open purchases, warnings."""
