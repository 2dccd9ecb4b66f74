"""The sentences of an approach in both languages, with {slots} for what is known of the contact."""
