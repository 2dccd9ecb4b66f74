"""What is asked across accounts: their tiers, and what to look at first."""
