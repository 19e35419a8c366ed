"""Things that one phrase asks for: "recognition of the border, neutrality and an end to the sanctions" are three.

Parsers hang the members of such lists anywhere; what each of them is about tells them apart more surely.
"""

from __future__ import annotations

from itertools import pairwise

from parley.components.positions.reading import PROCESS, Reading
from parley.components.positions.tree import Range

JOINTS = frozenset({",", ";", "and", "plus"})
CLAUSES = frozenset({"relcl", "advcl", "ccomp", "acl", "xcomp"})
LONGEST = 90
"""Tokens of a phrase that is still looked at."""
MOST = 12
"""Joints of a phrase that are tried."""


def parts(reading: Reading, head: int, span: Range) -> list[tuple[int, Range]]:
    """A phrase cut wherever a thing about another issue begins, each part with its head; the phrase if nowhere."""
    tree = reading.tree
    if span[1] - span[0] > LONGEST or tree.pos[head] in ("VERB", "AUX"):
        return [(head, span)]
    joints = [t for t in range(span[0] + 1, span[1] - 1) if tree.lower[t] in JOINTS and not _within(reading, head, t)]
    if not joints or len(joints) > MOST:
        return [(head, span)]
    found: list[tuple[Range, str]] = []
    edges = [span[0], *joints, span[1]]
    for start, end in pairwise(edges):
        piece = tree.trim(start, end)
        issue = _issue(reading, piece)
        if found and (not issue or not found[-1][1] or issue == found[-1][1]):
            last, named = found[-1]
            found[-1] = ((last[0], max(last[1], piece[1])), named or _issue(reading, (last[0], max(last[1], piece[1]))))
        elif piece[0] < piece[1]:
            found.append((piece, issue))
    if len(found) < 2:
        return [(head, span)]
    return [(head if part[0] <= head < part[1] else _head(reading, part), part) for part, _ in found]


def _issue(reading: Reading, piece: Range) -> str:
    """The issue of a piece, if it is one of substance."""
    if piece[0] >= piece[1]:
        return ""
    issue = reading.issue(piece)
    return "" if issue in PROCESS else issue


def _within(reading: Reading, head: int, joint: int) -> bool:
    """Whether a joint joins other things than nouns: adjectives, or what stands in a clause below the head."""
    tree = reading.tree
    if tree.pos[joint - 1] == "ADJ" or tree.pos[joint + 1] in ("ADV", "VERB", "AUX", "PRON", "SCONJ"):
        return True
    i = joint
    for above in tree.up(joint, 12):
        if above == head or tree.left[above] < tree.left[head]:
            return False
        if tree.dep[i] in CLAUSES or tree.dep[above] in CLAUSES:
            return True
        i = above
    return False


def _head(reading: Reading, part: Range) -> int:
    """The noun that rules a part: the first whose head stands outside."""
    tree = reading.tree
    nouns = [t for t in range(*part) if tree.pos[t] in ("NOUN", "PROPN", "VERB")]
    return next((t for t in nouns if not part[0] <= tree.head[t] < part[1]), nouns[0] if nouns else part[0])
