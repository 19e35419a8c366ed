from __future__ import annotations

from typing import get_args

import pytest

from parley import codebook, model
from parley.exports import labels

TABLES = {
    "layers": model.Layer,
    "sourcing": model.Sourcing,
    "reports": model.QuoteKind,
    "reports_on": model.QuoteKind,
    "quotes": model.QuoteKind,
    "framing": model.FramingKind,
    "voices": model.Voice,
    "statuses": model.Status,
}


@pytest.mark.parametrize(("table", "kind"), TABLES.items(), ids=TABLES)
def test_every_value_of_the_model_has_a_label_and_no_other(table: str, kind: object) -> None:
    assert set(codebook.load("labels")[table]) == set(get_args(kind))


def test_passages_and_dates_that_are_shown_have_a_label() -> None:
    assert set(codebook.load("labels")["passages"]) == set(get_args(model.PassageKind)) - {"body"}
    assert set(codebook.load("labels")["bases"]) == set(get_args(model.Basis)) - {"none"}


def test_every_act_has_a_verb_and_stands_in_one_part() -> None:
    acts = codebook.load("acts")
    assert set(codebook.load("labels")["acts"]) == set(acts)
    assert set(codebook.load("labels")["toward"]) <= set(acts)
    groups = [group for part in labels.parts() for group in part.groups]
    assert sorted(groups) == sorted({row["group"] for row in acts.values()})


def test_what_has_no_label_is_shown_as_its_words() -> None:
    assert labels.label("acts", "walk_out") == "walk out"
    assert labels.issue_title("uranium_enrichment") == "Uranium enrichment"
    assert labels.issue_title("../acts") == "../acts"
    assert labels.part_of("walk_out") == "wants"


def test_numbers_agree() -> None:
    assert [labels.count(n, "position") for n in (0, 1, 2, 1200)] == [
        "0 positions",
        "1 position",
        "2 positions",
        "1,200 positions",
    ]
