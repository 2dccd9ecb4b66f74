"""How broadly and how firmly an account is held: contact matrix, shape, single threads, pairings, trust."""
