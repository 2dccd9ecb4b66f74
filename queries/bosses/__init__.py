"""Who is probably the boss of those whose boss nobody has entered."""
