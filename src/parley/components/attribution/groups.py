"""Which words around a verb or noun make up the cue and the source."""

from __future__ import annotations

from parley.components.attribution.spans import TokenSpan, TokenSpans
from parley.components.attribution.tree import Tree

SUBJECTS = ("nsubj", "csubj")
BEFORE_VERB = frozenset(("aux", "auxpass", "neg", "advmod"))
INHERIT = frozenset(("conj", "advcl", "xcomp", "pcomp", "prep"))
"""Arcs along which a verb without a subject takes that of the verb above."""
RELATIVE = frozenset(("who", "which", "that"))
NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
LONG = 60
"""Tokens of a noun phrase that are looked through for a comma."""
DATELINE = 10
"""Tokens that a dateline may have."""
DASHES = frozenset(("-", "--", "–", "—", "―"))
SILENT = frozenset(("PUNCT", "SPACE"))
CLIMB = 6
"""How many arcs a missing subject is looked for; real sentences need no more."""


def verb_group(tree: Tree, i: int) -> TokenSpan:
    """A verb with the auxiliaries, negation and adverbs right before it and the particle right after it."""
    start, end = i, i + 1
    while start and tree.head[start - 1] == i and tree.dep[start - 1] in BEFORE_VERB and tree.pos[start - 1] != "SPACE":
        start -= 1
    while (
        tree.dep[start] == "advmod" and tree.lower[start] in ("as", "when", "how", "why", "where", "so") and start < i
    ):
        start += 1
    if end < len(tree) and tree.head[end] == i and tree.dep[end] in ("prt", "neg"):
        end += 1
    return start, end


def noun_phrase(tree: Tree, i: int, *, until: int | None = None) -> TokenSpan:
    """A noun with all that belongs to it, up to ``until``, where the cue begins; with the comma after an apposition."""
    start, end = tree.span(i)
    if until is not None and start < until < end:
        end = until
    start, end = tree.trim((_after_dateline(tree, start, min(end, start + DATELINE)), end))
    if (
        "," in tree.texts[start : min(end, start + LONG)]
        and end < len(tree)
        and tree.texts[end] == ","
        and until is not None
        and end < until
    ):
        end += 1
    return start, end


def _after_dateline(tree: Tree, start: int, end: int) -> int:
    """The first token after a dateline ("GENEVA, May 3 —"), which the parser takes for a part of the subject."""
    if start < end and tree.texts[start].isupper() and len(tree.texts[start]) > 1:
        for i in range(start + 1, end):
            if tree.texts[i] in DASHES:
                return i + 1
    return start


def source_of(tree: Tree, verb: int, cue: TokenSpan) -> TokenSpans:
    """The subject of a verb in the active voice, looked for further up where it has none of its own."""
    i = verb
    for _ in range(CLIMB):
        subject = tree.kid(i, *SUBJECTS)
        if subject is not None:
            if tree.lower[subject] in RELATIVE and tree.dep[i] == "relcl":
                return ((subject, subject + 1),)
            return _phrase(tree, subject, cue[0] if subject < cue[0] else None)
        if tree.kid(i, "nsubjpass") is not None and i != verb:
            return _phrase(tree, tree.kid(i, "nsubjpass"), cue[0])
        above = tree.head[i]
        if above == i:
            return ()
        if tree.dep[i] == "acl" and tree.tag[i] == "VBG":
            return _phrase(tree, above, tree.first[i])
        if tree.dep[i] == "xcomp" and (owner := tree.kid(above, "dobj")) is not None and owner < i:
            return _phrase(tree, owner, tree.first[i])
        if tree.dep[i] == "pcomp" and tree.lower[above] == "as" and (quoted := tree.kid(tree.head[above], "dobj")):
            return _phrase(tree, quoted, tree.first[above])
        if tree.dep[i] not in INHERIT:
            return ()
        i = above
    return ()


def _phrase(tree: Tree, i: int | None, until: int | None) -> TokenSpans:
    """A noun phrase as a role, if it is one."""
    if i is None:
        return ()
    span = noun_phrase(tree, i, until=until)
    return (span,) if span[0] < span[1] else ()


def agent(tree: Tree, verb: int) -> TokenSpans:
    """Who did it, of a verb in the passive voice: "by ..."."""
    by = tree.kid(verb, "agent")
    return _phrase(tree, tree.kid(by, "pobj") if by is not None else None, None)


def neighbour(tree: Tree, zone: TokenSpan, cue: TokenSpan) -> TokenSpans:
    """The noun phrase right before or after the cue, where the parse gives no subject."""
    i = cue[0] - 1
    while i >= zone[0] and tree.texts[i] in (",", "-", "–", "—"):
        i -= 1
    if i >= zone[0] and tree.pos[i] in NOMINAL:
        while tree.head[i] != i and zone[0] <= tree.head[i] < cue[0] and tree.pos[tree.head[i]] in NOMINAL:
            i = tree.head[i]
        start, end = noun_phrase(tree, i, until=cue[0])
        return ((max(start, zone[0]), min(end, cue[0])),) if max(start, zone[0]) < min(end, cue[0]) else ()
    i = cue[1]
    while i < zone[1] and tree.pos[i] in ("DET", "ADJ", "NUM", "PROPN", "NOUN", "PRON"):
        if tree.pos[i] in NOMINAL and (i + 1 >= zone[1] or tree.head[i] <= i):
            return (inside(tree, noun_phrase(tree, i), (cue[1], zone[1])),)
        i += 1
    if cue[1] < i:
        return ((cue[1], i),)
    return ()


def inside(tree: Tree, span: TokenSpan, bounds: TokenSpan) -> TokenSpan:
    """A span cut to bounds that share a token with it."""
    start, end = max(span[0], bounds[0]), min(span[1], bounds[1])
    return (start, end) if start < end else (bounds[0], bounds[0] + 1)


def head_of(tree: Tree, spans: TokenSpans) -> int | None:
    """The first token of some spans whose head lies outside its span."""
    for start, end in spans:
        for i in range(start, end):
            if tree.pos[i] not in SILENT and (not start <= tree.head[i] < end or tree.head[i] == i):
                return i
    return None


def antecedent(tree: Tree, i: int) -> int:
    """For a relative pronoun the noun that it stands for, else the token itself."""
    if tree.lower[i] in RELATIVE and tree.dep[i].startswith("nsubj") and tree.dep[tree.head[i]] == "relcl":
        return tree.head[tree.head[i]]
    return i
