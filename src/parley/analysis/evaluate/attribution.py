"""The measures of attribution: precision, recall and F1, summed over articles.

ROLE exact      (source, cue, content) spans, cut at line breaks, with the same first and last token
ROLE tokens     words that carry the role, those of all attributions of an article together
content ov50    the predicted content holds half of the gold content's words or more; one to one
content iou50   the words that both have are half of those that either has, or more; one to one
triple          as content ov50, and the head of the source is the same word
direct          triple, where gold is direct speech, of the predictions that are; a prediction that answers another kind
                of gold, or lies half in one, does not count
direct found    the same whoever the source is
qstr            quoted strings of two words or more that lie in a content by half: the same source head
qstr found      the same whoever the source is
recall KIND     share of the gold attributions of a kind that are found (ov50) and that are right (triple)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from parley.analysis.evaluate.pairing import Pair, pairing
from parley.analysis.evaluate.tokens import Kind, Relation, Tokens, TokenText

ROLES = ("source", "cue", "content")
KINDS: tuple[Kind, ...] = get_args(Kind)
MEASURES = (
    *(f"{role} {level}" for role in ROLES for level in ("exact", "tokens")),
    *("content ov50", "content iou50", "triple", "direct", "direct found", "qstr", "qstr found"),
)
HALF = 0.5
Counts = Counter[tuple[str, str]]
"""By measure and "right", "predicted" or "gold"; for a kind's recall "found", "right" or "gold"."""


@dataclass(frozen=True)
class Score:
    """A measure in per cent, with the counts that it rests on."""

    precision: float
    recall: float
    f1: float
    right: int
    predicted: int
    gold: int


def scores(counts: Counts) -> dict[str, Score]:
    """The measures of one article or, from summed counts, of many. A share of nothing is 0."""
    return {name: _score(*(counts[name, side] for side in ("right", "predicted", "gold"))) for name in MEASURES}


def _score(right: int, predicted: int, gold: int) -> Score:
    precision, recall, f1 = share(right, predicted), share(right, gold), share(2 * right, predicted + gold)
    return Score(precision, recall, f1, right, predicted, gold)


def share(part: int, whole: int) -> float:
    """Per cent; 0 of nothing."""
    return 100 * part / whole if whole else 0.0


def count(text: TokenText, gold: Sequence[Relation], predicted: Sequence[Relation]) -> Counts:
    """The counts of one article."""
    counts: Counts = Counter()
    for role in ROLES:
        _add(counts, f"{role} exact", *_exact(role, gold, predicted))
        wanted, found = (frozenset().union(*(getattr(r, role) for r in side)) for side in (gold, predicted))
        _add(counts, f"{role} tokens", len(wanted & found), len(found), len(wanted))
    for string in text.strings:
        wants, has = _holder(gold, string), _holder(predicted, string)
        both = wants is not None and has is not None
        _add(counts, "qstr", both and wants.head == has.head, has is not None, wants is not None)  # type: ignore[union-attr]
        _add(counts, "qstr found", both, has is not None, wants is not None)
    counts.update(_contents(text, [g for g in gold if g.content], [p for p in predicted if p.content]))
    return counts


def _add(counts: Counts, measure: str, right: int, predicted: int, gold: int) -> None:
    counts[measure, "right"] += right
    counts[measure, "predicted"] += predicted
    counts[measure, "gold"] += gold


def _exact(role: str, gold: Sequence[Relation], predicted: Sequence[Relation]) -> tuple[int, int, int]:
    wanted, found = (Counter({f for r in side for f in r.fragments[role]}) for side in (gold, predicted))
    return (wanted & found).total(), found.total(), wanted.total()


def _holder(relations: Sequence[Relation], string: Tokens) -> Relation | None:
    """The attribution whose content holds most of a quoted string, half of it at least; a short content first."""
    held = [(len(string & r.content), -len(r.content), k) for k, r in enumerate(relations)]
    held = [row for row in held if row[0] >= HALF * len(string)]
    return relations[max(held)[2]] if held else None


def _contents(text: TokenText, gold: Sequence[Relation], predicted: Sequence[Relation]) -> Counts:
    """The counts of the measures that pair contents."""
    counts: Counts = Counter()
    held, alike = _fits(gold, predicted)
    pairs = pairing(held)
    right = frozenset(i for i, j in pairs.items() if gold[i].head == predicted[j].head)
    for measure, hits in (
        ("content ov50", len(pairing(dict.fromkeys(held, 1.0)))),
        ("content iou50", len(pairing(alike))),
        ("triple", len(right)),
    ):
        _add(counts, measure, hits, len(predicted), len(gold))
    kinds = [text.kind(g.content) for g in gold]
    for i, kind in enumerate(kinds):
        counts[f"recall {kind}", "gold"] += 1
        counts[f"recall {kind}", "found"] += i in pairs
        counts[f"recall {kind}", "right"] += i in right
    counts.update(_direct(text, gold, predicted, kinds, pairs, right))
    return counts


def _fits(gold: Sequence[Relation], predicted: Sequence[Relation]) -> tuple[dict[Pair, float], dict[Pair, float]]:
    """Pairs whose prediction holds half of the gold content, and pairs of half the union, with how well they fit.

    The weight prefers the right source, then a common cue, then the closer content.
    """
    held: dict[Pair, float] = {}
    alike: dict[Pair, float] = {}
    for i, g in enumerate(gold):
        for j, p in enumerate(predicted):
            common = len(g.content & p.content)
            if not common:
                continue
            iou = common / len(g.content | p.content)
            if common >= HALF * len(g.content):
                same = g.head == p.head
                held[i, j] = 1 + 0.5 * same + 0.1 * (same and not g.cue.isdisjoint(p.cue)) + 0.01 * iou
            if iou >= HALF:
                alike[i, j] = 1 + 0.01 * iou
    return held, alike


def _direct(
    text: TokenText,
    gold: Sequence[Relation],
    predicted: Sequence[Relation],
    kinds: Sequence[Kind],
    pairs: dict[int, int],
    right: frozenset[int],
) -> Counts:
    """The counts of direct speech."""
    counts: Counts = Counter()
    for measure in ("direct", "direct found"):
        _add(counts, measure, 0, 0, kinds.count("direct"))
    partner = {j: i for i, j in pairs.items()}
    others = [g.content for g, kind in zip(gold, kinds, strict=True) if kind != "direct"]
    for j, p in enumerate(predicted):
        i = partner.get(j)
        if text.kind(p.content) != "direct" or (i is not None and kinds[i] != "direct"):
            continue
        if i is None and any(len(p.content & other) >= HALF * len(p.content) for other in others):
            continue
        _add(counts, "direct", i in right, 1, 0)
        _add(counts, "direct found", i is not None, 1, 0)
    return counts
