"""Copies: one story that several outlets print counts once, and its reprints are listed.

``signature`` boils a text down to some 500 bytes while it is read; ``Index`` compares new signatures with all earlier
ones, without their texts; what comes out are the rows of the table ``copies``, the same whatever the order in which
the articles came. docs/copies.md says what counts as a copy and how well it is found.
"""

from parley.copies.index import Change, Copy, Entry, Index, clusters
from parley.copies.signature import SIGNATURE_BYTES, signature

__all__ = ["SIGNATURE_BYTES", "Change", "Copy", "Entry", "Index", "clusters", "signature"]
