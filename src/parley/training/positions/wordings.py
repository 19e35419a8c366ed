"""Short texts made of the codebook's wordings, so that the reader meets every issue in hundreds of words."""

from __future__ import annotations

import random
from collections.abc import Iterator

from parley import codebook as codebooks
from parley.training.positions.texts import Labelled, Names, labelled

PARTIES = (
    "the government", "the rebels", "the Front", "the ministry", "the delegation", "the council",
    "the union", "the northern army", "its negotiators", "the movement", "the republic", "the alliance",
)  # fmt: skip
FRAMES = (
    ("{who} demanded {words}.", "demanded", "demand"),
    ("{who} rejected {words}.", "rejected", "reject"),
    ("{who} proposed {words}.", "proposed", "propose"),
    ("{who} refused: {words}.", "refused", "reject"),
    ("{who} called for {words}.", "called", "demand"),
    ("{who} insisted on {words}.", "insisted", "demand"),
    ("{who} accepted {words}.", "accepted", "accept"),
    ("{who} offered {words}.", "offered", "propose"),
    ("{who} wants {words}.", "wants", "demand"),
    ("{who} promised {words}.", "promised", "promise"),
    ("{who} agreed to {words}.", "agreed", "accept"),
    ("{who} ruled out {words}.", "ruled", "reject"),
    ("{who} asked for {words}.", "asked", "request"),
    ("“{words},” {who} said, and demanded an answer.", "demanded an", "demand"),
    ("On {words}, {who} turned the offer down.", "turned the offer", "reject"),
    ("It was about {words}. Then {who} rejected the idea.", "rejected the idea", "reject"),
)


def texts(known: Names, *, seed: int) -> list[Labelled]:
    """One for every wording of the shipped codebook, and for what each issue includes."""
    rng = random.Random(seed)
    found = []
    for words, issue in _wordings():
        frame, cue, act = rng.choice(FRAMES)
        who = rng.choice(PARTIES)
        text = frame.format(who=who, words=words)
        if text.startswith(who):
            who = who[0].upper() + who[1:]
        text = text[0].upper() + text[1:]
        whole = text[text.rindex(cue) :]
        if text.count(whole) == 1:
            found.append(labelled({"t": text, "p": [[who, whole, act, issue, "ascribed"]]}, known))
    return found


def _wordings() -> Iterator[tuple[str, str]]:
    for path in sorted(codebooks.folder("wordings").glob("*.toml")):
        for issue, wordings in codebooks.read_toml(path).items():
            yield from ((words, issue) for words in wordings)
    for one in codebooks.codebook().issues.values():
        yield from ((words, one.id) for words in (*one.includes, one.title))
