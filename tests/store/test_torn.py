"""Whatever happens to a writer: readers see whole commits, and the next writer goes on."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from parley.errors import DiskFull, Locked, StoreError
from parley.store import Store, Writer, changes, delta, history, mend, snapshots
from parley.store.tables import PARTS
from tests.store import make

ROOT = Path(__file__).parents[2]
NOBODY = 65534


def whole(store: Store) -> bool:
    """Whether every table holds the same articles, each with all of its rows."""
    told = store.commit.rows
    counted = {name: store.query(f"SELECT count(*) AS n FROM {name}")[0]["n"] for name in told}
    ids = {name: store.query(f"SELECT DISTINCT article_id FROM {name} ORDER BY 1") for name in PARTS}
    return counted == told and all(some == ids["articles"] for some in ids.values())


def test_readers_see_whole_commits_while_a_writer_commits(folder: Path) -> None:
    done, seen, wrong = threading.Event(), set(), []

    def look() -> None:
        while not done.is_set():
            try:
                with Store.open(folder) as store:
                    seen.add(store.commit.number)
                    if not whole(store):
                        wrong.append(store.commit)
            except Exception as error:
                wrong.append(error)

    readers = [threading.Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    with Writer.open(folder) as writer:
        writer.begin_run(make.run("run2"))
        for n in range(12):
            writer.commit(make.shard(2 * n, 2 * n + 1, name="run2", outlet=f"G{n}"))
    done.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert len(seen) > 2


def test_one_store_answers_several_threads(folder: Path) -> None:
    found: list[int] = []
    with Store.open(folder) as store:
        threads = [
            threading.Thread(target=lambda: found.extend(len(list(store.records())) for _ in range(5)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [4] * 20


def test_a_killed_writer_tears_nothing(tmp_path: Path) -> None:
    folder, dice, first, most = tmp_path / "record", random.Random(7), 1, 0
    for _ in range(8):
        said: list[str] = []
        command = [sys.executable, "-m", "tests.store.writes", str(folder), str(first), "3000"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            for _ in range(dice.choice([1, 2, 3, 5])):  # "ready" and some commits
                said.append(process.stdout.readline().strip())
            time.sleep(dice.uniform(0.0, 0.08))
            process.send_signal(signal.SIGKILL)
            said += process.stdout.read().split()
        assert said[0] == "ready"
        most = max([most, *map(int, said[1:])])
        if snapshots.newest(folder).rows["articles"]:
            with Store.open(folder) as store:
                assert whole(store)
                assert len(store.article_ids()) >= most, "a commit that was said to be done is lost"
        first += 3000
    Writer.open(folder).close()
    with Store.open(folder) as store:
        assert whole(store)
        assert most > 10
        assert not mend.ahead(folder, store.commit)


@pytest.mark.parametrize("stop", range(1, 9))
def test_a_shard_that_fails_anywhere_leaves_nothing_and_the_next_goes_on(
    folder: Path, stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    append, calls = delta.append, []

    def failing(*args: object) -> None:
        calls.append(1)
        if len(calls) == stop:
            raise OSError(28, "No space left on device")
        append(*args)  # type: ignore[arg-type]

    with Writer.open(folder) as writer:
        writer.begin_run(make.run("run2"))
        monkeypatch.setattr(delta, "append", failing)
        with pytest.raises(DiskFull, match="what was committed before is whole"):
            writer.commit(make.shard(2, 7, name="run2", outlet="Herald"))
        monkeypatch.undo()
        with Store.open(folder) as store:
            assert whole(store)
            assert len(store.article_ids()) == 4
        assert "00000007" not in writer.known().articles
        writer.commit(make.shard(2, 7, name="run2", outlet="Herald"))
    with Store.open(folder) as store:
        assert whole(store)
        assert store.record("00000002").article.outlet == "Herald"
    assert [one.kind for one in history(folder)][-2:] == ["mend", "shard"]


def test_a_writer_that_dies_between_tables_is_mended_by_the_next(folder: Path) -> None:
    delta.append(delta.open_table(folder, "positions"), changes._arrow("positions", [{"article_id": "x", "n": 0}]))
    assert mend.ahead(folder, snapshots.newest(folder)) == ["positions"]
    Writer.open(folder).close()
    assert [one.kind for one in history(folder)][-1] == "mend"
    with Store.open(folder) as store:
        assert whole(store)
    Writer.open(folder).close()
    assert len(history(folder)) == 5, "what is mended stays mended"


def test_a_second_writer_is_told_so_at_once(folder: Path) -> None:
    with Writer.open(folder), pytest.raises(Locked, match="another process"):
        Writer.open(folder)
    command = [sys.executable, "-m", "tests.store.writes", str(folder), "100", "30"]
    with Writer.open(folder):
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Locked" in found.stderr
    Writer.open(folder).close()


def limited(folder: Path) -> subprocess.CompletedProcess[str]:
    """A writing process that may make no file larger than 40 kB."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    code = (
        "from parley.store import Writer; from tests.store import make; import sys\n"
        "with Writer.open(sys.argv[1]) as writer:\n"
        "    writer.begin_run(make.run('run2'))\n"
        "    writer.commit(make.shard(5, name='run2'))\n"
        "    print('small one done', flush=True)\n"
        "    import random; text = make.TEXT + ''.join(random.Random(1).choices(make.TEXT, k=200_000))\n"
        "    writer.commit(make.shard(6, name='run2', text=text))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )


def test_no_room_on_the_disk(folder: Path) -> None:
    found = limited(folder)
    assert found.stdout == "small one done\n"
    assert "DiskFull" in found.stderr.splitlines()[-1], found.stderr
    with Store.open(folder) as store:
        assert whole(store)
        assert len(store.article_ids()) == 5
    with Writer.open(folder) as writer:
        writer.begin_run(make.run("run3"))
        assert writer.commit(make.shard(6, name="run3")).rows["articles"] == 6


def fill(writer: Writer) -> None:
    """Commit until there is no room."""
    for n in range(2000):
        writer.commit(make.shard(n))


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="needs a file system of its own")
def test_a_full_file_system(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", disk], capture_output=True).returncode:
        pytest.skip("mount is not allowed here")
    try:
        with Writer.open(disk / "r") as writer:
            writer.begin_run(make.run())
            with pytest.raises(DiskFull, match="no room"):
                fill(writer)
            kept = snapshots.newest(disk / "r").rows["articles"]
        with Store.open(disk / "r") as store:
            assert whole(store)
            assert len(store.article_ids()) == kept > 0
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_read_only_folder_is_read_and_not_written(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in folder.parents:  # private ones of pytest, more of them when tests run side by side
        if not path.stat().st_mode & 0o001:
            path.chmod(0o755)
    code = (
        "import os, sys, deltalake\nfrom parley.store import Store, Writer\nfrom parley.errors import ParleyError\n"
        f"if os.geteuid() == 0: os.setuid({NOBODY})\n"
        "with Store.open(sys.argv[1]) as store: print(len(list(store.records())))\n"
        "try: Writer.open(sys.argv[1])\nexcept ParleyError as error: print(error)\n"
    )
    found = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    assert found.stdout.splitlines()[:1] == ["4"], found.stderr
    assert "cannot be written" in found.stdout.splitlines()[1]
    with pytest.raises(StoreError):
        Writer.open(folder / "parley.json")
