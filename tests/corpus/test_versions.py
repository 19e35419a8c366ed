"""The digest of versions changes with what a record depends on, and with nothing else."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from parley.corpus.task import Manner
from parley.corpus.versions import READING, versions
from parley.errors import ModelError
from parley.pipeline import DEFAULT_MODEL

MANNER = Manner(DEFAULT_MODEL)
BESIDE = ("errors.py", "__init__.py", "corpus/", "copies/")
"""What a worker imports as well, without any word of a record depending on it."""


def test_options_that_change_records_change_the_digest(tmp_path: Path) -> None:
    plain = versions(MANNER).digest
    assert versions(replace(MANNER, timeout=5.0, memory=700)).digest == plain
    file = tmp_path / "own.toml"
    file.write_text("", encoding="utf-8")
    with_file = versions(replace(MANNER, actors=(str(file),))).digest
    file.write_text("# another", encoding="utf-8")
    others = [
        with_file,
        versions(replace(MANNER, actors=(str(file),))).digest,
        versions(replace(MANNER, rules_only=True)).digest,
    ]
    assert len({plain, *others}) == 4


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        versions(replace(MANNER, model="no_such_model"))
    with pytest.raises(ModelError, match="nowhere"):
        versions(replace(MANNER, weights=str(tmp_path / "nowhere")))
    with pytest.raises(ModelError, match=r"none\.toml"):
        versions(replace(MANNER, codebook=(str(tmp_path / "none.toml"),)))


@pytest.mark.slow
def test_the_digest_covers_every_module_that_a_worker_loads() -> None:
    code = (
        "import sys, parley; from pathlib import Path; from parley.corpus.worker import reader;"
        "from parley.corpus.task import Manner, Task; from parley.model import Article;"
        f"reader(Manner({DEFAULT_MODEL!r}))([Task(0, Article('a', 'Peru rejected the demand.'))]);"
        "root = Path(parley.__file__).parent;"
        "print(*(Path(m.__file__).relative_to(root).as_posix() for n, m in list(sys.modules.items())"
        " if n.split('.')[0] == 'parley' and getattr(m, '__file__', None)))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    covered = (*READING, *BESIDE)
    assert "components/quotes.py" in loaded
    assert [name for name in loaded if not name.startswith(covered)] == []
