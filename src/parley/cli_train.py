"""``parley train``: makes the trained parts anew from a corpus."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from parley.errors import ModelError


@click.group()
def train() -> None:
    """Train Parley's models on your own or a research corpus.

    Needs torch, which reading does not: pip install "parley-news[train]".
    """


@train.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the weights.")
@click.option("--encoder", type=click.Path(path_type=Path), help="Folder with the encoder's model.safetensors.")
@click.option("--epochs", type=click.IntRange(1), default=4, show_default=True, help="Passes over the corpus.")
@click.option("--share", type=click.FloatRange(0.001, 1), default=1.0, help="Share of the articles, for a trial.")
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="Cores.")
@click.option("--seed", type=int, default=1, show_default=True, help="Two runs with one seed give the same weights.")
def attribution(
    corpus: Path, out: Path, encoder: Path | None, epochs: int, share: float, threads: int, seed: int
) -> None:
    """Train the tagger of attributions.

    CORPUS has PolNeAR's layout: text/NAME.txt and attributions/NAME_ANNOTATOR.ann (brat). A tenth of its articles is
    set aside and never trained on. Read with the result by: parley read FILE --weights OUT. Measure it with: parley
    evaluate attribution GOLD --weights OUT.
    """
    try:
        from parley.training.attribution import train_attribution
        from parley.training.train import Plan
    except ModuleNotFoundError as error:
        raise ModelError(f'training needs {error.name}: pip install "parley-news[train]"') from error
    plan = Plan(epochs=epochs, share=share, threads=threads, seed=seed)
    train_attribution(corpus, out, plan, encoder=encoder, tell=click.echo)


@train.command()
@click.argument("texts", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the weights.")
@click.option("--tagger", type=click.Path(path_type=Path), help="Folder of the tagger to go on from; else the shipped.")
@click.option("--encoder", type=click.Path(path_type=Path), help="Folder with the encoder's model.safetensors.")
@click.option("--epochs", type=click.IntRange(1), default=6, show_default=True, help="Passes over the texts.")
@click.option("--threads", type=click.IntRange(1), default=2, show_default=True, help="Cores.")
@click.option("--seed", type=int, default=1, show_default=True, help="Two runs with one seed give the same weights.")
def positions(
    texts: tuple[Path, ...],
    out: Path,
    tagger: Path | None,
    encoder: Path | None,
    epochs: int,
    threads: int,
    seed: int,
) -> None:
    """Train the reader of positions.

    TEXTS are files of labelled texts, one a line as JSON; those that Parley's own weights come from stand in
    training/positions, and its README.md says how they are labelled. Measure the weights on texts that they were not
    trained on: python benchmarks/positions_gold.py.
    """
    try:
        from parley.training.attribution import find_encoder
        from parley.training.positions.fit import Plan, train_positions
    except ModuleNotFoundError as error:
        raise ModelError(f'training needs {error.name}: pip install "parley-news[train]"') from error
    plan = Plan(epochs=epochs, threads=threads, seed=seed)
    shipped = Path(str(resources.files("parley") / "weights" / "attribution"))
    weights = (encoder or find_encoder()) / "model.safetensors"
    train_positions(texts, out, tagger or shipped, weights, plan, tell=click.echo)
