"""Running the service: backup, restore, verification, moves between stores."""
