"""What is asked about a place that is only named: "give up Donbas", "the status of Abkhazia", "return of the islands".

No list of places is needed: a name in the text that names no person, office or organisation counts as one.
"""

from __future__ import annotations

from parley.components.mentions import MentionIndex
from parley.components.positions.cues import Cues
from parley.components.positions.tree import Range, Tree

PLACE = "aplace"
"""Stands for each place in the wordings of ``wordings.toml`` and in the words that they are looked for in."""
NOT_PLACES = frozenset({"PERSON", "ORG", "NORP", "DATE", "TIME", "LAW", "EVENT", "WORK_OF_ART", "PRODUCT"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
LOOK = 40
"""Tokens of a topic in which places are looked for."""


def issue(tree: Tree, index: MentionIndex, cues: Cues, span: Range) -> str:
    """The issue of some words by what they say of a place, or nothing."""
    start, end = span[0], min(span[1], span[0] + LOOK)
    words: list[str] = []
    found = False
    for t in range(start, end):
        if _place(tree, index, t):
            found = True
            if words[-1:] != [PLACE]:
                words.append(PLACE)
        elif tree.pos[t] != "PUNCT" or tree.text[t] in (".", ";", "!", "?"):
            words.append(tree.lower[t])
    if not found:
        return ""
    hits = sorted((-(e - s), s, name) for name, s, e in cues.places.find(" ".join(words)))
    return hits[0][2] if hits else ""


def _place(tree: Tree, index: MentionIndex, t: int) -> bool:
    """Whether a token is part of the name of a place."""
    if tree.pos[t] != "PROPN":
        return False
    if t in index.places:
        return True
    kind = tree.doc[t].ent_type_
    actor = index.by_token.get(t)
    if actor is not None:
        return index.actors[actor].kind == "state" or kind in PLACES
    return kind not in NOT_PLACES
