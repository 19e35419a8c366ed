"""How good Parley is on a user's own gold, by the measures in which the field reports.

    gold          files -> GoldArticle
    tokens        text and spans -> TokenText, Relation
    pairing       which prediction answers which gold attribution
    attribution   Counts of an article; counts -> Score by measure
    show          scores -> a table, or JSON

Nothing here imports spaCy: the parser that cuts a text into tokens is passed in.
"""

from parley.analysis.evaluate.attribution import Counts, Score, count, scores
from parley.analysis.evaluate.gold import GoldArticle, read_gold
from parley.analysis.evaluate.tokens import Relation, TokenText

__all__ = ["Counts", "GoldArticle", "Relation", "Score", "TokenText", "count", "read_gold", "scores"]
