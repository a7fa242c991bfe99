"""The places of the world by name: GeoNames' cities and regions, countries, seas, and what news texts add.

Compiled at build time by `hatch_build.py` into `data/gazetteer/`, mapped into memory and never read whole.
"""

from tocsin.gazetteer.store import Entry, Gazetteer, gazetteer

__all__ = ["Entry", "Gazetteer", "gazetteer"]
