"""How the tests run: which jobs there are, who conducts them, who listens in."""
