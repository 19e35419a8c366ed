"""What an article's reading depends on besides the article: code, codebook, model, weights, options; as one digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import parley
from parley import pipeline
from parley.corpus.task import READER, Manner
from parley.errors import ModelError

READING = (
    "model.py",
    "terms.py",
    "codebook.py",
    "codebooks",
    "tagger",
    "components",
    "readers",
    "clean",
    "pipeline.py",
    "record.py",
    "corpus/reading.py",
)
"""The parts of the package on which the words of a record depend; the others may change and no article is read anew."""
LIBRARIES = ("spacy", "thinc", "trafilatura", "py3langid", "markdown-it-py", "onnxruntime", "tokenizers")
"""Libraries on which they depend."""
WEIGHTS = "weights"


@dataclass(frozen=True, slots=True)
class Versions:
    """The parts, in words, and the digest of all of them."""

    parley: str
    codebook: str
    model: str
    weights: str
    options: str
    digest: str


def versions(manner: Manner) -> Versions:
    """The versions that a run reads with.

    Raises:
        ModelError: the model or the weights are not there.
        CodebookError: a file of the user's is not there.
    """
    root = Path(parley.__file__).parent
    model = pipeline.folder(manner.model)
    weights = Path(manner.weights) if manner.weights else root / WEIGHTS
    if not weights.is_dir():
        raise ModelError(f"{weights}: no such folder with weights")
    code = _digest((root / name for name in READING if name != "codebooks"), root, ".py")
    libraries = " ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES)
    own = " ".join(_digest([Path(file)], Path(file).parent) for file in (*manner.actors, *manner.codebook))
    parts = (
        f"{parley.__version__} {code} {libraries}",
        " ".join(filter(None, (_digest([root / "codebooks"], root, ".toml"), own))),
        f"{manner.model} {_digest([model], model)}",
        "" if manner.rules_only else _digest([weights], weights),
        " ".join(("rules only",) * manner.rules_only + (manner.reader,) * (manner.reader != READER)),
    )
    return Versions(*parts, digest=hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16])


def _digest(paths: Iterable[Path], root: Path, ending: str = "") -> str:
    """Digest of the names and contents of files, and of all files in folders.

    Raises:
        ModelError: one of them cannot be read.
    """
    digest = hashlib.sha256()
    for path in paths:
        files = sorted(path.rglob(f"*{ending}")) if path.is_dir() else [path]
        for file in files:
            if file.is_dir() or "__pycache__" in file.parts:
                continue
            try:
                content = hashlib.sha256(file.read_bytes()).hexdigest()
            except OSError as error:
                raise ModelError(f"{file}: cannot be read ({error.strerror or error})") from error
            digest.update(f"{file.relative_to(root).as_posix()} {content}\n".encode())
    return digest.hexdigest()[:12]
