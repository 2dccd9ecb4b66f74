"""Key influencers of an account."""
