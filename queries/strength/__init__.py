"""How strong our ties are, and what each is made of; `table` is the way in."""
