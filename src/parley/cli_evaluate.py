"""``parley evaluate``: how good the records are, measured on a user's own gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

if TYPE_CHECKING:
    from parley.analysis.evaluate import Counts, GoldArticle
    from parley.model import Record


@click.group()
def evaluate() -> None:
    """Measure how good the records are on gold of your own.

    \b
    parley evaluate attribution GOLD     who is reported to have said what
    parley evaluate positions GOLD       who wants what
    parley evaluate gold RECORD          the articles that readers have corrected, as gold
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


@evaluate.command()
@click.argument("gold", metavar="GOLD", type=click.Path(path_type=Path))
@click.option("--rules-only", is_flag=True, help="Find attributions without the trained tagger.")
@click.option("--codebook", metavar="FILE", multiple=True, help="A codebook file or folder of yours; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON with unrounded figures.")
def positions(gold: Path, rules_only: bool, codebook: tuple[str, ...], as_json: bool) -> None:
    """Measure positions: party, act and issue.

    GOLD is JSON Lines with rows {"id", "text", "positions": [{"party", "act", "issue", "layer", "evidence": [[start,
    end]]}]}, as `parley evaluate gold` writes them; party and issue may be lists of which each is right. The measures
    are explained in docs/corrections.md.
    """
    from collections import Counter

    from parley import corpus, pipeline
    from parley.analysis.evaluate import positions as measured
    from parley.analysis.evaluate import show
    from parley.model import Article

    articles = measured.read_gold(gold)
    nlp = pipeline.load(rules_only=rules_only, codebook=codebook)
    total: Counts = Counter()
    read = corpus.annotate((Article(article.id, article.text) for article in articles), nlp)
    for article, record in zip(articles, read, strict=True):
        total.update(measured.count(article, record))
    about = {"articles": len(articles), "complete": sum(article.complete for article in articles)}
    found = measured.scores(total)
    click.echo((show.scores_as_json if as_json else show.scores_table)(found, about), nl=False)


@evaluate.command()
@click.argument("record", metavar="RECORD", type=click.Path(path_type=Path, file_okay=False))
@click.option("--by", metavar="NAME", help="The judgements of one reader; by default everybody's, the last counts.")
@click.option("-o", "--output", type=click.File("wb", lazy=True), default="-", help="A file; by default the screen.")
def gold(record: Path, by: str | None, output: BinaryIO) -> None:
    """Write the articles that readers have corrected as gold, one row of JSON Lines each."""
    from parley.exports.gold import lines
    from parley.store import Store, judged

    with Store.open(record) as store:
        for line in lines(judged.corrections(store), who=by):
            output.write(line)
