"""One account as a page shows it: ids become words, and everything leads to where it stands in its article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parley.analysis.account import Account
from parley.analysis.parties import BY_NAME
from parley.exports.labels import issue_title, label, toward
from parley.exports.marks import anchor
from parley.exports.names import NO_DATE, day
from parley.exports.visible import one_line, shortened
from parley.web.filters import Accounts, Asked
from parley.web.links import Link, article

MOST_WORDS = 600
"""Code points of a quotation; the article has the rest."""
MOST_SOURCE = 90
SIGNS = {"for": "●", "against": "✚", "neutral": "◆"}
"""Signs of the stances: the shapes that the charts have."""


@dataclass(frozen=True)
class Told:
    """An account."""

    href: str
    """Where its words stand."""
    quotation: str
    party: Link
    issue: Link
    act: str
    to: str
    """Whom it is addressed to, in words; empty if nobody is known."""
    polarity: str
    own: bool
    layer: str
    layer_id: str
    sourcing: str
    source: str
    hedged: bool
    day: str
    condition: str
    outlet: str
    title: str
    published: str
    reprints: tuple[Link, ...]

    @property
    def sign(self) -> str:
        """The sign of its stance."""
        return SIGNS.get(self.polarity, "")


def told(account: Account, asked: Asked, record: Accounts) -> Told:
    """An account of a record for a page that was asked with some filters."""
    return Told(
        href=article(account.article_id, anchor(account.position_id)),
        quotation=shortened(one_line(account.quotation), MOST_WORDS),
        party=Link(party_address(asked, account.party), one_line(account.party_name)),
        issue=Link(issue_address(asked, account.issue), issue_title(account.issue)),
        act=label("acts", account.act),
        to=_to(account, record.called),
        polarity=account.polarity,
        own=account.own,
        layer=label("layers", account.layer),
        layer_id=account.layer,
        sourcing=label("sourcing", account.sourcing),
        source=shortened(one_line(account.source), MOST_SOURCE),
        hedged=account.hedged,
        day=day(account.at) if account.at else NO_DATE,
        condition=shortened(one_line(account.condition_words), MOST_WORDS),
        outlet=one_line(account.outlet or "") or "outlet unknown",
        title=one_line(account.title or "") or "Without a title",
        published=day(account.published) if account.published else NO_DATE,
        reprints=tuple(Link(article(one.article_id), one_line(one.outlet or "") or "outlet unknown")
                       for one in account.reprints),
    )  # fmt: skip


def _to(account: Account, called: Mapping[str, str]) -> str:
    named = [one_line(called.get(one, one.removeprefix(BY_NAME))) for one in account.addressees]
    return f"{toward(account.act)} {' and '.join(named)}" if named else ""


def cell_address(asked: Asked, party: str, issue: str, **more: object) -> str:
    """Where all accounts of a party on an issue are shown."""
    return asked.link("/ledger/cell", party=party, issue=issue, **more)


def party_address(asked: Asked, party: str) -> str:
    """Where a party is shown."""
    return asked.link(f"/parties/{_segment(party)}", party="")


def issue_address(asked: Asked, issue: str) -> str:
    """Where an issue is shown."""
    return asked.link(f"/issues/{_segment(issue)}", issue="")


def _segment(text: str) -> str:
    """A text as one part of a path."""
    return article(text).removeprefix("/articles/")
