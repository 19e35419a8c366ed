"""Training: the corpus is read and labelled rightly; a tiny run gives the same weights twice (where torch is)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from click.testing import CliRunner

from parley import cli
from parley.errors import ReadError
from parley.training.corpus import ROLE_TAGS, label_article, read_corpus, set_aside

TEXT = "The envoy said that the road is open.\n\nNobody answered."
SPANS = {"source": [(0, 9)], "cue": [(10, 14)], "content": [(15, 36)]}
HAS_TORCH = all(importlib.util.find_spec(name) for name in ("torch", "onnx", "safetensors"))


def write_corpus(folder: Path, articles: int) -> None:
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    for k in range(articles):
        (folder / "text" / f"article-{k}.txt").write_text(TEXT, encoding="utf-8")
        lines = [
            "T1\tSource 0 9\tx",
            "T2\tCue 10 14\tx",
            "T3\tContent 15 36\tx",
            "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
        ]
        (folder / "attributions" / f"article-{k}_a1.ann").write_text("\n".join(lines), encoding="utf-8")


def test_labels_follow_the_spans() -> None:
    article = label_article("a", TEXT, [SPANS])
    assert article.cue_tags.tolist() == [0, 0, 1, *[0] * (len(article.words.forms) - 3)]
    tags = article.frames[0].tags
    assert [ROLE_TAGS[tags[i]] for i in (0, 1, 3, 4, 7)] == [
        "B-SOURCE",
        "I-SOURCE",
        "B-CONTENT",
        "I-CONTENT",
        "I-CONTENT",
    ]
    assert set(tags) == {0, 1, 3, 4, 5, 6, 7}


def test_a_corpus_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    write_corpus(tmp_path, 3)
    articles = read_corpus(tmp_path)
    assert [article.name for article in articles] == ["article-0", "article-1", "article-2"]
    assert all(len(article.frames) == 1 for article in articles)


def test_another_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="layout"):
        read_corpus(tmp_path)


def test_a_tenth_is_set_aside_by_name_alone() -> None:
    aside = sum(set_aside(f"article-{k}") for k in range(1000))
    assert 70 < aside < 130


@pytest.mark.skipif(HAS_TORCH, reason="torch is installed, so there is nothing to complain of")
def test_without_torch_the_error_says_what_to_install() -> None:
    result = CliRunner().invoke(cli.main, ["train", "attribution", "x", "--out", "y"])
    assert result.exit_code == 2
    assert "pip install" in result.stderr


@pytest.mark.skipif(not HAS_TORCH, reason="needs torch, which only training uses; install parley-news[train]")
def test_two_runs_give_the_same_weights(tmp_path: Path) -> None:
    import torch

    from parley.tagger.pieces import PieceTable
    from parley.training.model import Config, Tagger
    from parley.training.train import Plan, train

    write_corpus(tmp_path / "corpus", 4)
    pieces = PieceTable(Path(cli.__file__).parent / "weights" / "attribution" / "tokenizer.json")
    weights = []
    for name in ("one", "two"):
        torch.manual_seed(1)
        model = Tagger(Config(layers=1, width=48, heads=4, inner=96, role_width=16))
        train(model, read_corpus(tmp_path / "corpus"), pieces, Plan(epochs=1), tmp_path / name, tell=lambda _: None)
        weights.append((tmp_path / name / "tagger.safetensors").read_bytes())
    assert weights[0] == weights[1]
