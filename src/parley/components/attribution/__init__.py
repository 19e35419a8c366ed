"""Attributions: who is reported to have said, believed or written what.

The trained tagger finds them, and rules on the parse add reports within its reports; without the tagger the rules do
it alone:

    candidates   verbs, phrases, quotations   -> Candidate
    link         what belongs together        -> RoleSpans
    tagged       or the trained tagger        -> RoleSpans
    finish       kind, sourcing, speaker, via -> model.Attribution
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from parley.components.attribution.cited import cited
from parley.components.attribution.classify import finish
from parley.components.attribution.lexicon import Cues, cues
from parley.components.attribution.link import link, ordered
from parley.components.attribution.phrases import phrase_candidates
from parley.components.attribution.plausible import select
from parley.components.attribution.quotations import phrase_quotations, quotation_candidates
from parley.components.attribution.spans import Candidate, RoleSpans, cover
from parley.components.attribution.split import split
from parley.components.attribution.tagged import tagged, tagger, with_rules
from parley.components.attribution.tree import Tree, read_tree
from parley.components.attribution.verbs import verb_candidates
from parley.tagger import AttributionTagger

__all__ = ["NAME", "Attributor", "Candidate", "RoleSpans", "find", "finish", "make_attribution"]

NAME = "parley_attribution"
BY_RULES = "attributions were found by rules alone, without the trained tagger"


@Language.factory(
    NAME,
    requires=["doc._.paragraphs", "doc._.quotes", "doc._.mentions"],
    assigns=["doc._.attributions"],
    default_config={"weights": None, "rules_only": False},
)
def make_attribution(nlp: Language, name: str, weights: str | None, rules_only: bool) -> Attributor:
    """The component.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        weights: folder of the tagger's weights; None for the shipped ones.
        rules_only: leave the tagger out.
    """
    return Attributor(cues(), None if rules_only else tagger(weights))


class Attributor:
    """Finds attributions by the tagger and by rules."""

    def __init__(self, words: Cues, model: AttributionTagger | None = None) -> None:
        """Keep the cue words and the tagger, and register ``doc._.attributions``."""
        self.cues = words
        self.model = model
        Doc.set_extension("attributions", default=(), force=True)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.attributions``."""
        self._read([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Set ``doc._.attributions`` of many docs, batch by batch: the tagger is faster with several short docs."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            self._read(batch)
            yield from batch

    def _read(self, batch: Sequence[Doc]) -> None:
        docs = [doc for doc in batch if len(doc)]
        trained = tagged(docs, self.model) if self.model else [None] * len(docs)
        for doc, found in zip(docs, trained, strict=True):
            tree = read_tree(doc)
            ruled = find(doc, tree, self.cues)
            rows: Sequence[RoleSpans] = [candidate.spans for candidate in ruled]
            if found is None:
                doc.user_data["notes"] = (BY_RULES,)
            else:
                rows = with_rules(found, ruled, tree, self.cues)
            rows = split(tree, cited(tree, rows, self.cues), doc._.paragraphs)
            doc._.attributions = finish(doc, rows, tree)


def find(doc: Doc, tree: Tree, words: Cues) -> tuple[Candidate, ...]:
    """The attributions of a doc as token spans, in text order."""
    quotations, paragraphs = doc._.quotes, doc._.paragraphs
    quoted = frozenset(i for q in quotations for i in range(q.start, q.end))
    free = [
        candidate
        for candidate in (*verb_candidates(tree, words), *phrase_candidates(tree, paragraphs, words))
        if candidate.trigger not in quoted
    ]
    said = quotation_candidates(tree, quotations, paragraphs, words)
    chosen = select(tree, link(tree, [*said, *free], quotations), words)
    known = {candidate.trigger for candidate in chosen}
    phrases = phrase_quotations(tree, quotations, cover(len(tree), (span for c in chosen for span in c.spans.content)))
    return ordered([*chosen, *(phrase for phrase in phrases if phrase.trigger not in known)])
