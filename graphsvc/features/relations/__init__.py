"""Who is tied to whom, and what stands where."""
