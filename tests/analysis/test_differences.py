"""Where accounts of one thing differ, and where they only seem to."""

from __future__ import annotations

from typing import Any

import pytest

from parley.analysis.differences import Difference, differences
from parley.analysis.filters import Filters


@pytest.fixture
def compare(story: Any, load: Any) -> Any:
    """The differences between articles, each given as outlet, date, and a function that fills its story."""

    def compared(*articles: tuple[str, str, Any], **filters: Any) -> list[Difference]:
        stories = []
        for k, (outlet, published, fill) in enumerate(articles):
            one = story(f"a{k}", outlet=outlet, published=published)
            for name in ("Chad", "Peru"):
                one.actor(name)
            fill(one)
            stories.append(one)
        return list(differences(load(*stories), Filters(**filters)).found)

    return compared


def labels(found: Difference) -> list[str]:
    return [version.label for version in found.versions]


def test_two_numbers_of_one_thing(compare: Any) -> None:
    (found,) = compare(
        ("Alpha", "2021-03-02", lambda s: s.tells("Chad has received 4,117 bodies of fallen soldiers from Peru.")),
        (
            "Beta",
            "2021-03-04",
            lambda s: s.tells("Peru returned bodies of soldiers to Chad.").tells("Peru put the number at 4,120."),
        ),
    )
    assert (found.kind, found.issue, found.about, labels(found)) == ("number", "remains", "bodies", ["4,117", "4,120"])
    assert [telling.outlet for version in found.versions for telling in version.tellings] == ["Alpha", "Beta"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chad received 4,117 bodies from Peru.", "Chad received 4,117 bodies from Peru, it said."),
        ("Chad received 4,117 bodies from Peru.", "Chad was to receive 4,000 bodies from Peru."),
        ("Chad received at least 4,000 bodies from Peru.", "Chad received 4,117 bodies from Peru."),
        ("Chad received 4,117 bodies on 1 March from Peru.", "Chad received 4,120 bodies on 27 February from Peru."),
        ("Chad received 4,117 bodies.", "Chad held talks on the bodies of 12 soldiers."),
    ],
)
def test_numbers_that_do_not_contradict(compare: Any, one: str, other: str) -> None:
    assert not compare(
        ("Alpha", "2021-03-02", lambda s: s.tells(one)), ("Beta", "2021-03-04", lambda s: s.tells(other))
    )


def test_two_numbers_of_one_voice_count_two_things(compare: Any) -> None:
    assert not compare(
        ("Alpha", "2021-03-02", lambda s: s.tells("Chad got 1,211 bodies.").tells("Later Chad got 1,203 bodies.")),
        ("Beta", "2021-03-02", lambda s: s.tells("Chad got 1,203 bodies from Peru.")),
        ("Gamma", "2021-03-02", lambda s: s.tells("Chad got 1,211 bodies from Peru.")),
    )


def test_lengths_of_one_partys_truce(compare: Any) -> None:
    def fill(days: str) -> Any:
        return lambda s: s.says("Chad", "demand", "ceasefire", f"Chad demanded a full ceasefire for {days}.")

    (found,) = compare(("Alpha", "2021-03-02", fill("45 days")), ("Beta", "2021-03-03", fill("at least ninety days")))
    assert (found.kind, labels(found)) == ("duration", ["45 days", "90 days"])
    assert not compare(("Alpha", "2021-03-02", fill("45 days")), ("Beta", "2021-05-03", fill("ninety days")))


def test_two_parties_may_want_different_lengths(compare: Any) -> None:
    assert not compare(
        (
            "Alpha",
            "2021-03-02",
            lambda s: s.says("Chad", "demand", "ceasefire", "Chad demanded a ceasefire of 45 days."),
        ),
        ("Beta", "2021-03-02", lambda s: s.says("Peru", "demand", "ceasefire", "Peru demanded a ceasefire of 5 days.")),
    )


def test_one_date_for_two_plans(compare: Any) -> None:
    (found,) = compare(
        ("Alpha", "2021-03-02", lambda s: s.says("Chad", "propose", "leaders_meeting", "A summit on 20-25 March.")),
        ("Beta", "2021-03-02", lambda s: s.says("Chad", "propose", "format", "A further round on March 20-25.")),
    )
    assert (found.kind, labels(found)) == ("description", ["leaders_meeting", "format"])
    assert found.about == "what is planned for 2021-03-20 to 2021-03-25"


def test_agreed_or_only_proposed(compare: Any) -> None:
    def fill(act: str, verb: str) -> Any:
        return lambda s: s.says("Chad", act, "format", f"Chad {verb} three working groups that meet online.")

    (found,) = compare(
        ("Alpha", "2021-03-02", fill("agree", "agreed to")), ("Beta", "2021-03-02", fill("propose", "offered"))
    )
    assert (found.kind, labels(found)) == ("agreed", ["agreed", "proposed"])
    assert not compare(
        ("Alpha", "2021-03-12", fill("agree", "agreed to")), ("Beta", "2021-03-02", fill("propose", "offered"))
    )


def test_a_gesture_or_an_exchange(compare: Any) -> None:
    (found,) = compare(
        ("Alpha", "2021-03-02", lambda s: s.tells("Chad and Peru will exchange 4,000 bodies of soldiers.")),
        ("Beta", "2021-03-02", lambda s: s.tells("Peru will unilaterally hand 4,000 bodies over to Chad.")),
    )
    assert (found.kind, labels(found)) == ("description", ["unilaterally", "exchange"]) or labels(found) == [
        "unilateral",
        "exchange",
    ]
    assert found.parties == ("Chad", "Peru") or found.parties == ("PER", "TCD")


def test_own_words_against_what_others_say(compare: Any) -> None:
    words = "Chad {} the release of all prisoners of war."
    (found,) = compare(
        ("Alpha", "2021-03-02", lambda s: s.says("Chad", "accept", "prisoners", words.format("accepts"))),
        (
            "Beta",
            "2021-03-02",
            lambda s: s.says("Chad", "reject", "prisoners", words.format("refused"), layer="ascribed"),
        ),
    )
    assert (found.kind, found.about) == ("holder", "own words or ascribed")


def test_filters_and_limits(compare: Any, load: Any, story: Any) -> None:
    articles = (
        ("Alpha", "2021-03-02", lambda s: s.tells("Chad has received 4,117 bodies from Peru.")),
        ("Beta", "2021-03-04", lambda s: s.tells("Chad has received 4,120 bodies from Peru.")),
    )
    assert compare(*articles, issue=("remains",), party=("Chad",))
    assert not compare(*articles, issue=("prisoners",))
    assert not compare(*articles, party=("Mali",))
    assert not compare(*articles, until="2021-03-03")
    assert differences(load()).found == ()


def test_reprints_do_not_contradict_each_other(story: Any, load: Any) -> None:
    one = story("a1", outlet="Alpha").tells("Chad has received 4,117 bodies.")
    other = story("a2", outlet="Beta").tells("Chad has received 4,120 bodies.")
    assert differences(load(one, other)).found
    assert not differences(load(one, other, copies=[("a1", "a1"), ("a2", "a1")])).found
