"""``parley evaluate``: how good the records are, measured on a user's own gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from parley.analysis.evaluate import Counts, GoldArticle
    from parley.model import Record


@click.group()
def evaluate() -> None:
    """Measure how good the records are on gold of your own.

    \b
    parley evaluate attribution GOLD     who is reported to have said what
    """


@evaluate.command()
@click.argument("gold", metavar="GOLD", type=click.Path(path_type=Path))
@click.option("--rules-only", is_flag=True, help="Find attributions without the trained tagger.")
@click.option("--weights", metavar="FOLDER", help="A trained attribution tagger, in place of the shipped one.")
@click.option("--model", help="The spaCy pipeline that finds attributions; by default the shipped one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON with unrounded figures.")
def attribution(gold: Path, rules_only: bool, weights: str | None, model: str | None, as_json: bool) -> None:
    """Measure attributions: sources, cues, contents, and whether they belong together.

    GOLD is a folder in PolNeAR's layout (text/*.txt, attributions/*.ann of brat), or JSON Lines with rows {"id",
    "text", "attributions": [{"source": [[start, end]], "cue": ..., "content": ...}]}; offsets count code points. The
    measures are explained in docs/attribution.md.
    """
    from parley import corpus, pipeline
    from parley.analysis.evaluate import read_gold, show
    from parley.model import Article

    articles = read_gold(gold)
    name = model or pipeline.DEFAULT_MODEL
    nlp = pipeline.load(name, weights=weights, rules_only=rules_only)
    records = list(corpus.annotate((Article(article.id, article.text) for article in articles), nlp))
    counts = _counts(articles, records, pipeline.parser(name))
    notes = sorted({note for record in records for note in record.notes if "without the trained tagger" in note})
    about = {"articles": len(articles), "found by": "rules" if rules_only or notes else "tagger and rules"}
    click.echo((show.as_json if as_json else show.table)(counts, about), nl=False)


def _counts(articles: tuple[GoldArticle, ...], records: list[Record], parser: Any) -> Counts:
    """The summed counts of all articles."""
    from collections import Counter

    from parley.analysis.evaluate import TokenText, count

    total: Counts = Counter()
    for article, record in zip(articles, records, strict=True):
        text = TokenText(article.text, parser)
        gold, predicted = ([text.relation(one) for one in side] for side in (article.attributions, record.attributions))
        total.update(count(text, gold, predicted))
    return total
