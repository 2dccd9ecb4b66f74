"""How a decision is reached: best chains, reach, weakest links, blockers; `best` is the way in."""
