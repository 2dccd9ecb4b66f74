"""What is asked: pure functions of an account graph, and the query texts of both stores."""
