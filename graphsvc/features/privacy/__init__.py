"""What people may ask of us about themselves: to see it all, to be left out of analysis, to be erased."""
