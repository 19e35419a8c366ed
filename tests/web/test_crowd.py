"""Readers and people who correct at once, while another process writes: no error, no lost judgement."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from serving import TOKEN, serving

from parley.store import Store, judgements, search

READERS, CORRECTORS, EACH, COMMITS = 8, 4, 12, 10
PATHS = (
    "/", "/ledger", "/ledger?show=corrected", "/ledger?show=both", "/accounts", "/movement", "/events?show=corrected",
    "/sourcing", "/network", "/articles", "/search?q=talks", "/judgements", "/agreement", "/export/csv?show=corrected",
)  # fmt: skip
WRITES = """
import sys, time
from pathlib import Path
from parley.store import Store, Writer, search
from tests.store import make

folder, commits = Path(sys.argv[1]), int(sys.argv[2])
with Writer.open(folder) as writer:
    writer.begin_run(make.run("beside"))
    for number in range(commits):
        writer.commit(make.shard(2 * number, 2 * number + 1, name="beside"))
        with Store.open(folder) as store:
            search.update(folder, store)
        time.sleep(0.2)
    writer.end_run(make.run("beside", outcome="finished", ended=make.WHEN))
"""


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_breaks(record_folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(record_folder, tmp_path / "crowd"))
    with Store.open(folder) as store:
        search.update(folder, store)
        before = store.commit.number
        ids = sorted(store.article_ids())
    command = [sys.executable, "-c", WRITES, str(folder), str(COMMITS)]
    with serving(folder) as address, ThreadPoolExecutor(READERS + CORRECTORS) as pool:
        run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
        reading = [pool.submit(reads, address, ids, k) for k in range(READERS)]
        correcting = [pool.submit(corrects, address, ids, k) for k in range(CORRECTORS)]
        wrong = [fault for one in reading for fault in one.result()]
        said = [why for one in correcting for why in one.result()]
        _, errors = run.communicate(timeout=300)
        assert run.returncode == 0, errors
        assert wrong == []
        with httpx.Client(base_url=address, timeout=60) as client:
            last = client.get("/judgements").text
    assert len(said) == CORRECTORS * EACH
    assert [one.why for one in sorted(judgements.history(folder), key=lambda one: one.why)] == sorted(said)
    assert f"{len(said)} judgements" in last
    with Store.open(folder) as store:
        assert store.commit.number > before + COMMITS - 1
        assert len(set(store.article_ids())) == len(ids) + 2 * COMMITS


def reads(address: str, ids: list[str], number: int) -> list[str]:
    """Go through the pages; what went wrong."""
    paths, wrong = (*PATHS, *(f"/articles/{one}?show=both" for one in ids)), list[str]()
    with httpx.Client(base_url=address, timeout=120) as client:
        for k in range(EACH):
            path = paths[(7 * number + k) % len(paths)]
            try:
                answer = client.get(path)
            except httpx.HTTPError as error:
                wrong.append(f"{path}: {error!r}")
                continue
            wrong += [f"{path}: {answer.status_code} {answer.text[-300:]}"] * (answer.status_code != 200)
    return wrong


def corrects(address: str, ids: list[str], number: int) -> list[str]:
    """Add rows, all at the same few articles; the reasons of those of which the room said that it has them."""
    said = list[str]()
    with httpx.Client(base_url=address, timeout=120) as client:
        client.get(f"/?token={TOKEN}", follow_redirects=True)
        page = client.get(f"/articles/{ids[0]}").text
        token = re.search(r'name="form_token" value="([^"]+)"', page)[1]  # type: ignore[index]
        for k in range(EACH):
            why = f"corrector {number}, judgement {k}"
            form = {"form_token": token, "article": ids[k % len(ids)], "who": f"Coder {number}", "why": why,
                    "do": "add actor", "name": f"Somebody {number} {k}", "kind": "group"}  # fmt: skip
            answer = client.post("/judgements", data=form)
            assert answer.status_code == 303, answer.text[-300:]
            said.append(why)
    return said
