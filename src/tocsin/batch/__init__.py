"""Many documents at once: the stages wired together on a pool of processes.

`ingest.py` takes sources into a ledger and reads its documents again, `follow.py` keeps taking in feeds, `retry.py`
tries what was refused; `linking.py` keeps families and situations up to date with all of it. The processes of the pool
import this package as well, so nothing is imported here.
"""
