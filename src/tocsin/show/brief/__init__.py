"""The brief: what the ledger says that is new, each sentence made from the words of its source and with its reference.

`gather` asks the ledger and makes one frozen record of all that a brief needs; `sections` makes its parts, `markdown`
and `html` write them. `sentences` is the heart: a claim in, a sentence out that never says more than its source."""
