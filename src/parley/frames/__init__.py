"""A record in Python: its ledger, accounts, movement and events as tables of Arrow, pandas or polars.

>>> import parley
>>> corpus = parley.open("talks")  # doctest: +SKIP
>>> corpus.accounts(issue="ceasefire", since="2025-06-01").pandas()  # doctest: +SKIP
"""

from parley.frames.corpus import Corpus
from parley.frames.frame import Frame
from parley.frames.shown import ShownRecord

__all__ = ["Corpus", "Frame", "ShownRecord"]
