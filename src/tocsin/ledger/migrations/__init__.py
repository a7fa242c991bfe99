"""The migrations of a ledger, in the order of their numbers."""
