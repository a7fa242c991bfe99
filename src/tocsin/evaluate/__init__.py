"""How accurate and how fast: the scorers, the sets, the floors, and the tables that the documentation shows."""
