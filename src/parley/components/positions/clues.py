"""What the trained reader is told beside the words: what rules found, who may be a party, which terms stand where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from parley.components.positions.parties import Party
from parley.components.positions.reading import Reading
from parley.tagger.positions import Bools, Clues, Ints
from parley.tagger.words import Words

NAME, PRONOUN, NOUN = 1, 2, 3
NEAREST = 72
"""Names of a party before an act, and as many after it, that are paired with it: prose has fewer in what is read at
once, and a text of one word over and over must not cost a square."""


def clues(reading: Reading, words: Words, acts: Sequence[str], issues: Sequence[str]) -> Clues:
    """The clues of a doc.

    Args:
        reading: the doc, with the drafts of the rules.
        words: those that the reader counts.
        acts: ids of acts in the reader's order.
        issues: ids of issues in the reader's order.
    """
    tokens = tokens_of(reading, words)
    place: dict[int, int] = {}
    for word, token in enumerate(tokens):
        place.setdefault(token, word)
    known = {act: k for k, act in enumerate(acts, 1)}
    tells, heads = np.zeros(len(tokens), dtype=np.int64), np.zeros(len(tokens), dtype=np.int64)
    for draft in reversed(reading.drafts):
        for table, token in ((tells, draft.trigger), (heads, draft.head)):
            if token in place:
                table[place[token]] = known.get(draft.act, 0)
    parties = {word: party for word, token in enumerate(tokens) if (party := named(reading, token))}
    return Clues(
        tells,
        heads,
        _kinds(reading, tokens, parties),
        _terms(reading, words, issues),
        _claims(reading, place, parties),
    )


def tokens_of(reading: Reading, words: Words) -> list[int]:
    """The token in which each word starts."""
    starts = reading.tree.starts
    return [bisect_right(starts, int(start)) - 1 for start in words.starts]


def named(reading: Reading, token: int) -> tuple[Party, ...]:
    """The parties that a word names, as the head or a part of a name."""
    parties = reading.parties
    if joined := parties.joined(token):
        return joined
    party = parties.at(token) or parties.owner(token) or parties.part(token)
    return () if party is None else (party,)


def _kinds(reading: Reading, tokens: Sequence[int], parties: Mapping[int, Sequence[Party]]) -> Ints:
    """What kind of name of a party each word is."""
    kinds = np.zeros(len(tokens), dtype=np.int64)
    pos = reading.tree.pos
    for word in parties:
        kinds[word] = {"PROPN": NAME, "ADJ": NAME, "PRON": PRONOUN}.get(pos[tokens[word]], NOUN)
    return kinds


def _claims(reading: Reading, place: Mapping[int, int], parties: Mapping[int, Sequence[Party]]) -> Ints:
    """Pairs of a word of a draft and a word that names its party."""
    names: dict[str, list[int]] = defaultdict(list)
    for word, some in parties.items():
        for party in some:
            names[party.actor].append(word)
    told = {
        (place[token], draft.party)
        for draft in reading.drafts
        for token in (draft.trigger, draft.head)
        if token in place
    }
    pairs: list[Ints] = [np.zeros((0, 2), dtype=np.int64)]
    for cue, actor in sorted(told):
        own = names.get(actor, [])
        at = bisect_left(own, cue)
        near = own[max(0, at - NEAREST) : at + NEAREST]
        pairs.append(np.column_stack([np.full(len(near), cue, dtype=np.int64), np.array(near, dtype=np.int64)]))
    joined: Ints = np.concatenate(pairs)
    return joined


def _terms(reading: Reading, words: Words, issues: Sequence[str]) -> Bools:
    """Where a term of each issue stands."""
    found = np.zeros((len(words.forms), len(issues)), dtype=np.bool_)
    column = {issue: k for k, issue in enumerate(issues)}
    for hit in reading.whole:
        if hit.issue in column:
            for start, end in hit.spans:
                first = np.searchsorted(words.ends, start, side="right")
                last = np.searchsorted(words.starts, end, side="left")
                found[first:last, column[hit.issue]] = True
    return found
