"""Attributions without a verb: "according to X", "X's claim that", "reportedly", "NAME: ..."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parley.components.attribution.groups import noun_phrase, source_of
from parley.components.attribution.lexicon import Cues
from parley.components.attribution.spans import Candidate, RoleSpans, TokenSpan, TokenSpans, joined, without
from parley.components.attribution.tree import Tree

LABEL = 6
"""Tokens that a speaker's name before a colon may have."""
NAMES = frozenset(("PROPN", "NOUN"))


def phrase_candidates(tree: Tree, paragraphs: Sequence[TokenSpan], cues: Cues) -> Iterator[Candidate]:
    """Attributions by prepositions, adverbs and nouns, in text order, then those by a label."""
    for i, word in enumerate(tree.lower):
        found: Candidate | None = None
        if word in cues.prepositions:
            found = _preposition(tree, i, cues.prepositions[word])
        elif word in cues.adverbs:
            found = _adverb(tree, i)
        elif tree.lemma[i] in cues.nouns and tree.pos[i] == "NOUN":
            found = _noun(tree, i, cues.nouns[tree.lemma[i]])
        if found is not None:
            yield found
    for start, end in paragraphs:
        label = _label(tree, start, end)
        if label is not None:
            yield label


def _preposition(tree: Tree, i: int, nouns: frozenset[str]) -> Candidate | None:
    """The form "according to X", "in the words of X": the source follows, the rest of the clause is the content."""
    inner = i
    if tree.lower[i + 1 : i + 2] == ["to"]:
        to = i + 1
        inside = tree.kid(to, "pobj") or tree.kid(i, "pobj")
        cue = (i, to + 1)
    elif nouns:
        noun = tree.kid(i, "pobj")
        if noun is None or tree.lemma[noun] not in nouns:
            return None
        of = tree.kid(noun, "prep")
        inside = tree.kid(of, "pobj") if of is not None else tree.kid(noun, "poss")
        cue = (i, of + 1) if of is not None else (i, noun + 1)
    else:
        inside, cue = tree.kid(i, "pobj"), (i, i + 1)
    if inside is None:
        return None
    source = noun_phrase(tree, inside)
    phrase = (min(tree.first[inner], cue[0]), max(tree.last[inner] + 1, source[1]))
    return _clause(tree, i, (source,) if source[0] < source[1] else (), cue, phrase, "preposition")


def _adverb(tree: Tree, i: int) -> Candidate | None:
    """The form "reportedly": the clause around is the content."""
    return _clause(tree, i, (), (i, i + 1), (i, i + 1), "adverb")


def _clause(tree: Tree, i: int, source: TokenSpans, cue: TokenSpan, phrase: TokenSpan, frame: str) -> Candidate | None:
    """The clause on which a phrase depends as the content."""
    top = tree.head[i]
    if top == i:
        return None
    if frame == "preposition":
        while tree.pos[top] not in ("VERB", "AUX") and tree.head[top] != top:
            top = tree.head[top]
    content = _trimmed(tree, without(tree.span(top), (phrase, cue, *source)))
    return Candidate(RoleSpans(source, (cue,), content), i, frame) if content else None


def _noun(tree: Tree, i: int, frames: frozenset[str]) -> Candidate | None:
    """The form "X's claim that ...", "a pledge to ...", "criticism of ..."."""
    for k in tree.kids[i]:
        if k < i:
            continue
        inside, frame, cue = k, "", (i, i + 1)
        if tree.dep[k] in ("acl", "relcl", "ccomp") and tree.tag[k] == "VB":
            frame = "infinitive"
        elif tree.dep[k] in ("acl", "ccomp") and (tree.tag[k] != "VBN" and tree.tag[k] != "VBG"):
            frame = "clause"
        elif tree.dep[k] == "prep":
            frame = tree.lower[k]
            found = tree.kid(k, "pobj", "pcomp")
            if found is None or found < k:
                continue
            inside, cue = found, (i, k + 1) if k == i + 1 else (i, i + 1)
        if frame not in frames:
            continue
        source = _owner(tree, i, k)
        content = _trimmed(tree, without(tree.span(inside), (cue, *source)))
        if content:
            return Candidate(RoleSpans(source, (cue,), content), i, "noun_" + frame)
    return None


def _owner(tree: Tree, i: int, complement: int) -> TokenSpans:
    """Whose word a noun is: a possessor, "by X", "from X", the subject of "made", else nobody."""
    owner = tree.kid(i, "poss")
    if owner is None:
        for k in tree.kids[i]:
            if tree.dep[k] == "prep" and tree.lower[k] in ("by", "from") and k != complement:
                owner = tree.kid(k, "pobj")
                break
    if owner is not None:
        start, end = noun_phrase(tree, owner)
        if end > start and tree.tag[end - 1] == "POS":
            end -= 1
        return ((start, end),) if start < end else ()
    above = tree.head[i]
    if tree.dep[i] == "dobj" and tree.pos[above] == "VERB":
        return source_of(tree, above, (above, above + 1))
    return ()


def _label(tree: Tree, start: int, end: int) -> Candidate | None:
    """The form "NAME: words" at the beginning of a paragraph."""
    for i in range(start + 1, min(start + LABEL, end - 1)):
        if tree.texts[i] == ":":
            if tree.pos[i - 1] not in NAMES or not all(tree.texts[k][:1].isupper() for k in range(start, i)):
                return None
            content = _trimmed(tree, ((i + 1, end),))
            return Candidate(RoleSpans(((start, i),), ((i, i + 1),), content), i, "label") if content else None
    return None


def _trimmed(tree: Tree, spans: TokenSpans) -> TokenSpans:
    """The pieces that hold more than loose marks, trimmed."""
    return joined(piece for span in spans if (piece := tree.trim(span))[0] < piece[1])
