"""The watch: indicators over the claims of a ledger, the alerts that they raise, and the channels that carry them."""

from __future__ import annotations

from tocsin.watch.evaluate import View, dry_run, evaluate
from tocsin.watch.indicators import Indicator, parse_indicator
from tocsin.watch.library import Pack, packs

__all__ = ["Indicator", "Pack", "View", "dry_run", "evaluate", "packs", "parse_indicator"]
