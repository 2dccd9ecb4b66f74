"""The rules of advice by topic: id, urgency, what is said, and what to do about it, in both languages."""
