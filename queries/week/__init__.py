"""What somebody of ours should do this week."""
