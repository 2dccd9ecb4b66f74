"""How goods reach those who use them, across accounts."""
