"""``parley evaluate attribution``: small gold by hand, every measure known beforehand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
from click.testing import CliRunner
from spacy.tokens import Doc

from parley import cli, cli_options
from parley.analysis.evaluate import TokenText, count, read_gold, scores
from parley.analysis.evaluate.gold import RoleSpans
from parley.analysis.evaluate.tokens import quoted_regions
from parley.errors import ReadError

TEXT = "“We will not sign it,” the envoy of Chad said. Mali agreed that talks help."


def spans(text: str, **roles: str) -> RoleSpans:
    """Roles by their words, which stand once in the text."""
    places = {role: ((text.index(words), text.index(words) + len(words)),) for role, words in roles.items() if words}
    return RoleSpans(**places)


GOLD = (
    spans(TEXT, source="the envoy of Chad", cue="said", content="“We will not sign it,”"),
    spans(TEXT, source="Mali", cue="agreed that", content="talks help"),
)


def flat(text: str) -> Doc:
    """A doc whose tokens all hang on the first one, so that a source's head is its first word."""
    words = re.findall(r"\w+|[^\w\s]", text)
    tokens = spacy.blank("en").tokenizer(text)
    assert [t.text for t in tokens] == words
    heads = [0] * len(words)
    return Doc(
        tokens.vocab, words=words, spaces=[bool(t.whitespace_) for t in tokens], heads=heads, deps=["dep"] * len(words)
    )


def measured(gold: tuple[RoleSpans, ...], predicted: tuple[RoleSpans, ...], text: str = TEXT) -> Any:
    tokens = TokenText(text, flat)
    return count(tokens, [tokens.relation(g) for g in gold], [tokens.relation(p) for p in predicted])


def test_the_gold_itself_is_right_everywhere() -> None:
    counts = measured(GOLD, GOLD)
    found = scores(counts)
    assert {score.f1 for score in found.values()} == {100.0}
    assert (found["triple"].gold, found["direct"].gold, found["qstr"].gold) == (2, 1, 1)
    assert counts["recall indirect", "right"] == counts["recall direct", "right"] == 1


def test_nothing_found_is_no_division_by_nothing() -> None:
    found = scores(measured(GOLD, ()))
    assert found["triple"].f1 == found["triple"].precision == found["qstr"].f1 == 0.0
    assert not any(score.f1 for score in scores(measured((), ())).values())


def test_a_wrong_source_costs_the_triple_and_not_the_content() -> None:
    swapped = (
        spans(TEXT, source="Mali", cue="said", content="“We will not sign it,”"),
        spans(TEXT, source="Mali", cue="agreed that", content="talks help"),
    )
    found = scores(measured(GOLD, swapped))
    assert (found["triple"].right, found["content ov50"].right, found["content iou50"].right) == (1, 2, 2)
    assert (found["direct"].f1, found["direct found"].f1) == (0.0, 100.0)
    assert (found["qstr"].right, found["qstr found"].right) == (0, 1)
    assert found["source exact"].right == 1


def test_half_of_a_content_is_enough_and_less_is_not() -> None:
    most = (spans(TEXT, source="the envoy of Chad", cue="said", content="not sign it"),)
    assert scores(measured(GOLD[:1], most))["triple"].right == 1
    little = (spans(TEXT, source="the envoy of Chad", cue="said", content="sign it"),)
    assert scores(measured(GOLD[:1], little))["triple"].right == 0
    everything = (spans(TEXT, source="the envoy of Chad", content=TEXT),)
    found = scores(measured(GOLD[:1], everything))
    assert (found["content ov50"].right, found["content iou50"].right) == (1, 0)


def test_signs_and_marks_count_in_exact_spans_alone() -> None:
    bare = (spans(TEXT, source="the envoy of Chad", cue="said", content="We will not sign it"),)
    found = scores(measured(GOLD[:1], bare))
    assert (found["content exact"].right, found["content tokens"].f1) == (0, 100.0)


def test_direct_speech_found_inside_other_gold_does_not_count_against() -> None:
    gold = (spans(TEXT, source="Mali", cue="agreed that", content=TEXT),)
    part = (spans(TEXT, source="the envoy of Chad", cue="said", content="“We will"),)
    assert scores(measured(gold, part))["direct"].predicted == 0


def test_a_source_that_gold_leaves_out_must_be_left_out() -> None:
    gold = (spans(TEXT, cue="agreed that", content="talks help"),)
    assert scores(measured(gold, gold))["triple"].right == 1
    assert scores(measured(gold, GOLD[1:]))["triple"].right == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "no" twice.', ['"no"']),
        ("``Yes,'' they said.", ["``Yes,''"]),
        ("“It goes on\n“and on.”", ["“It goes on", "“and on.”"]),
        ('5" of rain\nfell', []),
        ('"It goes on\n"and on."', ['"It goes on', '"and on."']),
    ],
)
def test_quoted_stretches(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in quoted_regions(text)] == found


# ---------------------------------------------------------------- files
def brat(folder: Path) -> Path:
    """The gold in PolNeAR's layout, with a second annotator who found nothing."""
    for name in ("text", "attributions"):
        (folder / name).mkdir(parents=True)
    (folder / "text" / "talks.txt").write_text(TEXT, encoding="utf-8")
    lines = []
    for k, gold in enumerate(GOLD):
        for n, role in enumerate(("source", "cue", "content")):
            (start, end) = getattr(gold, role)[0]
            lines.append(f"T{3 * k + n}\t{role.title()} {start} {end}\t{TEXT[start:end]}")
        lines.append(f"E{k}\tAttribution:T{3 * k + 1} Source:T{3 * k} Cue:T{3 * k + 1} Content1:T{3 * k + 2}")
    (folder / "attributions" / "talks_ann1.ann").write_text("\n".join(lines), encoding="utf-8")
    (folder / "attributions" / "talks_ann2.ann").write_text("", encoding="utf-8")
    return folder


def rows(path: Path) -> Path:
    """The same as JSON Lines."""
    roles = [{role: getattr(gold, role) for role in ("source", "cue", "content")} for gold in GOLD]
    path.write_text(json.dumps({"id": "talks", "text": TEXT, "attributions": roles}) + "\n", encoding="utf-8")
    return path


def test_both_forms_of_gold_say_the_same(tmp_path: Path) -> None:
    assert read_gold(brat(tmp_path / "gold")) == read_gold(rows(tmp_path / "gold.jsonl"))
    (article,) = read_gold(tmp_path / "gold")
    assert article.attributions == GOLD


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("{}", "not a row"),
        ("[1]", "not a row"),
        ("no", "not a row"),
        ('{"id": 1, "text": "ab", "attributions": [{"cue": [[0, 3]]}]}', "outside the text"),
        ('{"id": 1, "text": "ab", "attributions": [{"cue": [[1]]}]}', "not a row"),
        ("", "holds no gold"),
    ],
)
def test_bad_gold_is_told_in_one_line(row: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(row, encoding="utf-8")
    with pytest.raises(ReadError, match=why) as caught:
        read_gold(path)
    assert "\n" not in str(caught.value)


def test_the_command_prints_a_table_and_json(tmp_path: Path) -> None:
    gold = rows(tmp_path / "gold.jsonl")
    result = CliRunner().invoke(cli.main, ["evaluate", "attribution", str(gold), "--rules-only"])
    assert result.exit_code == 0, result.output
    assert re.search(r"^triple +P 100\.0  R 100\.0  F1 100\.0 ", result.stdout, re.MULTILINE), result.stdout
    result = CliRunner().invoke(cli.main, ["evaluate", "attribution", str(gold), "--json"])
    measures = json.loads(result.stdout)["measures"]
    assert measures["triple"]["gold"] == 2
    assert set(measures["recall direct"]) == {"found", "right", "gold"}
    missing = CliRunner().invoke(cli.main, ["evaluate", "attribution", str(tmp_path / "none")])
    assert (missing.exit_code, missing.stderr.count("\n")) == (2, 1)


# ---------------------------------------------------------------- the research data
DATA = Path(os.environ["PARLEY_DATA"]) if "PARLEY_DATA" in os.environ else None
SCORER = DATA.parent / "tools" / "score_attribution.py" if DATA else None


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.skipif(DATA is None, reason="PARLEY_DATA names no folder with research data")
def test_the_figures_are_those_of_the_published_scorer(tmp_path: Path) -> None:
    assert DATA
    assert SCORER
    assert SCORER.exists(), "the scorer is expected beside the data, in tools/"
    gold = DATA / "polnear" / "dev"
    articles = read_gold(gold)
    texts, records = tmp_path / "texts.jsonl", tmp_path / "records.jsonl"
    texts.write_text("".join(json.dumps({"id": a.id, "text": a.text}) + "\n" for a in articles), encoding="utf-8")
    run = CliRunner().invoke(cli.main, ["annotate", str(texts), str(records), "-q", "--rules-only"])
    assert run.exit_code == 0, run.output
    command = [sys.executable, str(SCORER), str(gold), str(records), "--json", "--model", cli_options.DEFAULT_MODEL]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["metrics"]
    result = CliRunner().invoke(cli.main, ["evaluate", "attribution", str(gold), "--rules-only", "--json"])
    ours = json.loads(result.stdout)["measures"]
    assert set(ours) == set(theirs)
    for measure, figures in theirs.items():
        names = {"P": "precision", "R": "recall", "F1": "f1", "tp": "right", "pred": "predicted"}
        for name, value in figures.items():
            assert ours[measure][names.get(name, name)] == pytest.approx(value, abs=0.1), (measure, name)
