"""Full-text search over a record: ``DIR/search.sqlite``, derived from the tables and made anew when it is lost.

``update`` brings it to a commit, in one transaction; ``query`` reads it, also while it is being written. It says in
itself which commit it shows. docs/search.md has the words that a query may consist of.
"""

from parley.store.search.ask import query
from parley.store.search.fill import check, rebuild, update
from parley.store.search.filters import Filters
from parley.store.search.hits import KINDS, Hit, Kind
from parley.store.search.schema import NAME, commit_of

__all__ = ["KINDS", "NAME", "Filters", "Hit", "Kind", "check", "commit_of", "query", "rebuild", "update"]
