"""Who holds the account together: distances among its people, fragmentation, the smallest set near all."""
