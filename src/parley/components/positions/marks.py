"""The words that open a condition ("unless", "only if", "provided that"), what they open and what waits for it."""

from __future__ import annotations

from parley.components.positions.reading import Reading

STRONG = frozenset({"unless", "until", "till", "while", "without", "whilst"})


def opened(reading: Reading, mark: int) -> tuple[int, int, str] | None:
    """The head of the condition that a word opens, the verb that waits for it, and the kind: strong, only, if."""
    tree = reading.tree
    dep, word = tree.dep[mark], tree.lower[mark]
    if word in ("provided", "providing", "assuming") and mark and tree.lower[mark - 1] == ",":
        told = _next_clause(reading, mark)
        return None if told is None else (told, _before(reading, mark), "if")
    if dep in ("mark", "advmod") and tree.dep[tree.head[mark]] in ("advcl", "ccomp", "acl", "relcl", "conj", "dep"):
        head = tree.head[mark]
        above = tree.head[head]
    elif dep == "prep":
        under = tree.child(mark, "pobj", "pcomp", "advcl")
        if under is None or (
            word in ("before", "after") and tree.pos[under] in ("NOUN", "PROPN", "NUM") and _dated(reading, under)
        ):
            return None
        head, above = under, tree.head[mark]
    else:
        return None
    if head == above:
        return None
    kind = _kind(reading, mark, word)
    return (head, above, kind) if kind else None


def _dated(reading: Reading, noun: int) -> bool:
    """Whether a phrase names a time: "before the end of the month"."""
    doc = reading.tree.doc
    return any(doc[t].ent_type_ in ("DATE", "TIME") for t in reading.tree.below(noun, 8))


def _next_clause(reading: Reading, mark: int) -> int | None:
    """The verb of the first clause with a subject after a mark."""
    tree = reading.tree
    for t in range(mark + 1, min(mark + 14, len(tree))):
        if tree.pos[t] in ("VERB", "AUX") and tree.child(t, "nsubj", "nsubjpass") is not None:
            return t
    return None


def _before(reading: Reading, mark: int) -> int:
    """The verb or predicate that stands nearest before a mark in its sentence."""
    tree = reading.tree
    told = {draft.trigger for draft in reading.drafts[-40:]}
    above = tree.head[mark]
    return next((t for t in range(mark - 1, max(tree.left[above], mark - 40) - 1, -1) if t in told), above)


def _kind(reading: Reading, mark: int, word: str) -> str:
    tree = reading.tree
    before = [tree.lower[j] for j in range(max(0, mark - 3), mark)]
    if word in ("as", "so"):
        near = (
            tree.lower[mark : mark + 3]
            if word == "so" or tree.lower[mark + 1 : mark + 2] == ["long"]
            else [word, *tree.lower[max(0, mark - 2) : mark]]
        )
        if "soon" in near and word == "as":
            return "when" if _awaited(reading, mark) else ""
        return "long" if "long" in near else ""
    if word in STRONG:
        return "strong"
    if "only" in before or "except" in before:
        return "only"
    if word in ("before",):
        return "before"
    if word in ("once", "when", "after") and _to_come(reading, mark):
        return "when"
    if word in ("if", "provided", "providing", "once", "assuming"):
        return "if"
    return ""


def _awaited(reading: Reading, mark: int) -> bool:
    """Whether what waits for "as soon as" is still to come."""
    near = list(reading.tree.up(mark, 4))
    return any(reading.tree.modal(t) in ("will", "would", "'ll", "can", "could") or _ready(reading, t) for t in near)


def _to_come(reading: Reading, mark: int) -> bool:
    """Whether a clause tells what must have happened before what is promised: "once they have left, it will open"."""
    tree = reading.tree
    head = tree.head[mark]
    above = tree.head[head]
    done = any(tree.lemma[c] == "have" and tree.dep[c] == "aux" for c in tree.children[head])
    done = done or (tree.lower[mark] == "once" and tree.child(head, "nsubj", "nsubjpass") is not None)
    return done and (tree.modal(above) in ("will", "would", "'ll", "can", "could", "may") or _ready(reading, above))


def _ready(reading: Reading, verb: int) -> bool:
    """Whether a clause says that a party is ready to do something."""
    near = (verb, reading.tree.head[verb], reading.tree.child(verb, "acomp"))
    return any(t is not None and reading.tree.lower[t] in ("ready", "prepared", "willing", "open") for t in near)
