"""``parley open`` and ``parley demo``."""

from __future__ import annotations

import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from click.testing import CliRunner

from parley import cli, cli_open
from parley.corpus import demo
from parley.corpus.task import Manner
from parley.model import Metadata, Record
from parley.store import Reading, Run, Shard, Writer
from parley.store.judgements import NAME as JUDGEMENTS


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record of one short article."""
    folder = tmp_path / "talks"
    run = Run("run-1", datetime(2026, 1, 2, tzinfo=UTC))
    one = Record("a1", "Chad met Peru.", Metadata(outlet="Alpha", published="2021-03-04", sha256="0" * 64))
    with Writer.open(folder) as writer:
        writer.begin_run(run)
        writer.commit(Shard(run.run, [Reading("a1.txt", "0" * 64, one)], []))
        writer.end_run(run)
    return folder


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "--record DIR, or --demo"),
        (("--record", "nowhere", "--demo"), "--record DIR, or --demo"),
        (("--record", "nowhere", "--port", "0"), "no record"),
        (("--record", "nowhere", "--host", "203.0.113.77"), "cannot listen"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    words: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.main, ["open", "--no-browser", *words])
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_port_in_use_is_told(record: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(cli.main, ["open", "--record", str(record), "--port", str(port), "--no-browser"])
    assert result.exit_code == 2
    assert f"port {port}" in result.stderr
    assert "--port 0" in result.stderr


def test_the_printed_address_opens_the_room_and_ctrl_c_closes_it(record: Path) -> None:
    command = [sys.executable, "-m", "parley", "open", "--record", str(record), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as room:
        assert room.stdout is not None
        address = ""
        while not address:
            line = room.stdout.readline()
            assert line, room.communicate()
            address = line.strip() if line.strip().startswith("http://") else ""
        jar = CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), urllib.request.ProxyHandler({}))
        with browser.open(address, timeout=60) as answer:
            text = answer.read().decode()
            assert "token" not in answer.url
            assert "server" not in answer.headers
        assert "Overview" in text
        assert len(jar) == 1
        room.send_signal(signal.SIGINT)
        out, err = room.communicate(timeout=60)
    assert room.returncode == 0
    assert "closed" in out
    assert err == ""


def test_a_room_for_all_has_an_address_that_can_be_asked() -> None:
    from parley.web.settings import Settings

    settings = Settings(Path("talks"), host="0.0.0.0", names=("desk.example",), token="t")
    assert cli_open._address(settings) == "http://desk.example:8042/?token=t"
    assert "desk.example" in settings.hosts


def test_the_demonstration_is_asked_and_says_what_to_do_next(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[Path, bool]] = []

    def make(folder: Path, manner: Manner, **_: object) -> bool:
        made.append((folder, manner.rules_only))
        return True

    monkeypatch.setattr(demo, "make", make)
    result = CliRunner().invoke(cli.main, ["demo", "--record", str(record), "--rules-only"])
    assert result.exit_code == 0, result.output
    assert made == [(record, True)]
    assert re.search(r"Who wants what.*Where accounts differ.*How parties moved.*What next", result.stdout, re.DOTALL)
    assert f"parley open --record {record}" in result.stdout
    assert "56 articles" in result.stderr
    monkeypatch.setattr(demo, "make", lambda *_, **__: False)
    assert CliRunner().invoke(cli.main, ["demo", "--record", str(record)]).exit_code == 130


def test_corrections_go_along_to_the_record_of_another_version(tmp_path: Path) -> None:
    record, whole = demo.kept(folder=tmp_path)
    assert (record.parent, whole) == (tmp_path, False)
    old = tmp_path / "demo-0"
    for folder in (old, record):
        folder.mkdir()
    with closing(sqlite3.connect(old / JUDGEMENTS)) as connection, connection:
        connection.execute("CREATE TABLE said(what)")
    demo.carry(record)
    with closing(sqlite3.connect(record / JUDGEMENTS)) as connection:
        assert connection.execute("SELECT count(*) FROM said").fetchone() == (0,)
    (record / demo.DONE).touch()
    assert demo.kept(folder=tmp_path) == (record, True)


def test_the_cache_is_where_the_user_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert demo.cache() == tmp_path / "parley"
    assert demo.request(tmp_path, Manner("m")).sources == (str(demo.articles()),)
