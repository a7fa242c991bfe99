"""What belongs together across documents: pure functions over records, which never open a ledger."""
