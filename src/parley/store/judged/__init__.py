"""The record as people have corrected it: the machine's rows with the judgements on them applied, when it is asked.

    words    where the words of a judgement stand now
    told     what a row says, in words that hold beyond one run
    match    which row of the machine a judgement means
    unit     the judgements of an article by row
    apply    a record with its judgements
    united   actors of one article that are the same
    identity who an actor is, and which parties people hold to be the same

``connection`` gives the tables of a store, ``record`` one article; both as the machine says, as corrected, or both.
"""

from parley.store.judged.apply import SHOWN, Show, applied
from parley.store.judged.identity import Identity, identified
from parley.store.judged.unit import State, Unit, units
from parley.store.judged.views import Corrections, Judged, connection, corrections, of_article, record, said_of_parties

__all__ = [
    "SHOWN",
    "Corrections",
    "Identity",
    "Judged",
    "Show",
    "State",
    "Unit",
    "applied",
    "connection",
    "corrections",
    "identified",
    "of_article",
    "record",
    "said_of_parties",
    "units",
]
