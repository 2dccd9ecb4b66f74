"""What a lens over a map finds: signs on people, ties and what is folded away, and what it is called."""
