"""Positions that the trained reader sees: it names the word that tells an act, its issue, and the words of its party.

What the rules found as well gets the reader's view of its issue; what they missed is added, with the clause of the
word as its evidence. What stands in a question or under "if" is nobody's act.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from parley.components.positions.clues import clues, named, tokens_of
from parley.components.positions.parties import Party
from parley.components.positions.reading import Draft, Reading
from parley.components.positions.tree import Range
from parley.model import Layer
from parley.tagger.decode import Floats
from parley.tagger.positions import Half, PositionReader, Seen
from parley.tagger.words import Words

TELLS = 0.5
"""Least probability that a word tells an act."""
SURE = 0.5
"""Least probability of its likeliest issue for what the reader alone sees."""
HELD = 0.35
"""Least share of the probability of the party that a party of the text must have."""
BESIDE = 0.6
"""Least share of it, against the likeliest, for a further one: "Oslo and Rome agreed"."""
NAMES = 0.02
"""Least probability of a word to name the party that is counted."""
LOOK = 120
"""Tokens of evidence in which a word of the reader is looked for: longer ones are no prose."""


@dataclass(frozen=True)
class Told:
    """A word that tells an act, as the reader sees it."""

    token: int
    act: str
    issues: Mapping[str, float]
    """The probability of each."""
    layer: Layer
    parties: tuple[Party, ...]


def find(reading: Reading, reader: PositionReader, words: Words, halves: Sequence[Half]) -> None:
    """Give drafts the reader's view of their issue, and add what the reader alone sees.

    Args:
        reading: the doc, with the drafts of the rules.
        reader: the trained reader.
        words: those of the doc that the windows count.
        halves: the windows.
    """
    tokens = tokens_of(reading, words)
    seen = reader.read(halves, clues(reading, words, reader.acts, reader.issues))
    told = [one for some in seen for one in _told(reading, reader, some, tokens)]
    kept = list(reading.drafts)
    matched = _matched(reading, kept, told)
    views = _Views(reader, seen, tokens)
    telling = _telling(kept, views)
    meant = [told[matched[n]].issues if n in matched else views.issues(token) for n, token in enumerate(telling)]
    confirmed = [replace(draft, meant=issues) for draft, issues in zip(kept, meant, strict=True)]
    reading.drafts[:] = [*confirmed, *_added(reading, kept, told, matched)]


def _telling(kept: Sequence[Draft], views: _Views) -> list[int]:
    """The word of each draft at which to ask for its issue: of several things under one verb, each has its own."""
    verbs: set[tuple[int, str]] = set()
    found = []
    for draft in kept:
        further = (draft.trigger, draft.party) in verbs
        verbs.add((draft.trigger, draft.party))
        own = further or views.tells(draft.head) > views.tells(draft.trigger)
        found.append(draft.head if own else draft.trigger)
    return found


# ---------------------------------------------------------------- what the reader sees
def _told(reading: Reading, reader: PositionReader, seen: Seen, tokens: Sequence[int]) -> Iterator[Told]:
    """The words of a passage that tell an act."""
    here = tokens[seen.passage.start : seen.passage.stop]
    for word in np.flatnonzero(seen.acts[:, -1] < 1 - TELLS).tolist():
        yield Told(
            here[word],
            reader.acts[int(seen.acts[word, :-1].argmax())],
            _issues(reader, seen, word),
            reader.layers[int(seen.layers[word].argmax())],
            _parties(reading, here, reader.parties(seen, word)),
        )


def _issues(reader: PositionReader, seen: Seen, word: int) -> Mapping[str, float]:
    """The probability of each issue for the act of a word."""
    return dict(zip(reader.issues, reader.issues_of(seen, word).tolist(), strict=True))


class _Views:
    """What the reader takes the words of drafts to be about that it has not seen as an act itself."""

    def __init__(self, reader: PositionReader, seen: Sequence[Seen], tokens: Sequence[int]) -> None:
        self._reader = reader
        self._places = {
            tokens[word]: (some, word - some.passage.start)
            for some in seen
            for word in range(some.passage.stop - 1, some.passage.start - 1, -1)
        }

    def issues(self, token: int) -> Mapping[str, float] | None:
        """The probability of each issue, if the token starts a word."""
        if token not in self._places:
            return None
        seen, word = self._places[token]
        return _issues(self._reader, seen, word)

    def tells(self, token: int) -> float:
        """How probable it is that a token tells an act; 0 if it starts no word."""
        if token not in self._places:
            return 0.0
        seen, word = self._places[token]
        return 1 - float(seen.acts[word, -1])


def _parties(reading: Reading, tokens: Sequence[int], chances: Floats) -> tuple[Party, ...]:
    """Whose act it is: the parties that the likely words name, the likeliest first."""
    mass: dict[str, float] = defaultdict(float)
    first: dict[str, Party] = {}
    for word in sorted(np.flatnonzero(chances > NAMES).tolist(), key=lambda word: (-chances[word], word)):
        for party in named(reading, tokens[word]):
            mass[party.actor] += float(chances[word])
            first.setdefault(party.actor, party)
    ranked = sorted(mass, key=lambda actor: (-mass[actor], reading.parties.index.actors[actor].mentions[:1]))
    return tuple(first[actor] for actor in ranked if mass[actor] >= max(HELD, BESIDE * mass[ranked[0]]))


# ---------------------------------------------------------------- reader and rules
def _agrees(reading: Reading, draft: Draft, party: str, act: str) -> bool:
    """Whether a draft is the party's, and of the act's group."""
    acts = reading.codebook.acts
    return draft.party == party and acts[draft.act].group == acts[act].group


def _matched(reading: Reading, kept: Sequence[Draft], told: Sequence[Told]) -> dict[int, int]:
    """For drafts, by place: the word that tells the same, by place; that of its topic, of its act, or one between."""
    fits: tuple[Callable[[Draft, int], bool], ...] = (
        lambda draft, token: token == draft.head,
        lambda draft, token: token == draft.trigger,
        lambda draft, token: draft.evidence[0] <= token < draft.evidence[1],
    )
    places: dict[int, list[int]] = defaultdict(list)
    for k, one in enumerate(told):
        places[one.token].append(k)
    near = [[k for token in _tokens(draft) for k in places.get(token, ())] for draft in kept]
    found: dict[int, int] = {}
    used: set[tuple[int, str]] = set()
    for fit in fits:
        for n, draft in enumerate(kept):
            free = (k for k in near[n] if (k, draft.party) not in used and fit(draft, told[k].token))
            same = (k for k in free if _may(reading, draft, told[k]))
            if n not in found and (match := next(same, None)) is not None:
                found[n] = match
                used.add((match, draft.party))
    return found


def _tokens(draft: Draft) -> list[int]:
    """The tokens of a draft, in order: its evidence, as far as it is looked at, its trigger and its head."""
    start, end = draft.evidence
    return sorted({*range(start, min(end, start + LOOK)), draft.trigger, draft.head})


def _may(reading: Reading, draft: Draft, one: Told) -> bool:
    """Whether a draft and a word may tell one act; a word without a party may be anybody's."""
    parties = [party.actor for party in one.parties] or [draft.party]
    return any(_agrees(reading, draft, party, one.act) for party in parties)


def _added(
    reading: Reading, kept: Sequence[Draft], told: Sequence[Told], matched: Mapping[int, int]
) -> Iterator[Draft]:
    """Drafts of what the reader alone sees."""
    held = {(k, kept[n].party) for n, k in matched.items()}
    told_otherwise = {(draft.trigger, draft.party) for draft in kept}
    listed = {t for roster in reading.rosters.values() for t in range(roster.start, roster.end + 1)}
    around: dict[int, list[Draft]] = defaultdict(list)
    for draft in kept:
        for token in _tokens(draft):
            around[token].append(draft)
    for k, one in enumerate(told):
        span = reading.tree.clause(one.token)
        if span[0] >= span[1] or max(one.issues.values()) < SURE or not _told_as_fact(reading, one.token, listed):
            continue
        for party in one.parties:
            known = (k, party.actor) in held or (one.token, party.actor) in told_otherwise
            if not known and not any(_repeats(reading, draft, one, party) for draft in around[one.token]):
                yield _draft(reading, one, party, span)


def _told_as_fact(reading: Reading, token: int, listed: set[int]) -> bool:
    """Whether a word is no question or hypothesis, nor in a list of parties, which the rules read whole."""
    if reading.speech.at(token) is None and _supposed(reading, token):
        return False
    return not (token in listed or reading.question(token) or reading.hypothetical(token))


def _supposed(reading: Reading, token: int) -> bool:
    """Whether a clause, or one that it is joined to, hangs on an "if": what the outlet supposes, nobody has said."""
    tree = reading.tree
    clauses = [token, *tree.up(token, 4)]
    ifs = (c for clause in clauses for c in tree.children[clause] if tree.dep[c] == "advcl")
    return any(tree.lower[mark] == "if" and tree.dep[mark] == "mark" for c in ifs for mark in tree.children[c])


def _draft(reading: Reading, one: Told, party: Party, span: Range) -> Draft:
    """The draft of what the reader alone sees."""
    return Draft(
        party.actor,
        one.act,
        one.token,
        span,
        span,
        one.token,
        person=party.person,
        document=party.document,
        hedged=reading.hedged(one.token),
        meant=one.issues,
        layer=one.layer,
    )


def _repeats(reading: Reading, draft: Draft, one: Told, party: Party) -> bool:
    """Whether a draft around a word says the same of the same party already."""
    if not _agrees(reading, draft, party.actor, one.act):
        return False
    span = reading.tree.trim(*draft.topic)
    best = max(one.issues, key=lambda issue: one.issues[issue])
    return span[0] >= span[1] or reading.issue(span, draft.head) in ("", best)
