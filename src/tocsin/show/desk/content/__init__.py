"""What each page and its JSON twin say: frozen records, made from the ledger. No form, no addresses."""
