"""The desk: a web app over one ledger. `app.create` makes it, `tocsin serve` runs it."""
