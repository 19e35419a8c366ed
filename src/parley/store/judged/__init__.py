"""The record as people have corrected it: the machine's rows with the judgements on them applied, when it is asked.

    words    where the words of a judgement stand now
    told     what a row says, in words that hold beyond one run
    match    which row of the machine a judgement means
    unit     the judgements of an article by row
    apply    a record with its judgements

``connection`` gives the tables of a store, ``record`` one article; both as the machine says, as corrected, or both.
"""

from parley.store.judged.apply import SHOWN, Show, applied
from parley.store.judged.unit import State, Unit, units
from parley.store.judged.views import Corrections, Judged, connection, corrections, of_article, record

__all__ = [
    "SHOWN",
    "Corrections",
    "Judged",
    "Show",
    "State",
    "Unit",
    "applied",
    "connection",
    "corrections",
    "of_article",
    "record",
    "units",
]
