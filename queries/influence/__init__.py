"""Who sways the account: the ranking and what each score is made of; `ranking` is the way in."""
