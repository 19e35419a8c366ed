"""Whom a pronoun, "the minister" or "both sides" refers to."""

from __future__ import annotations

from parley.components.actors_describe import Description
from parley.components.actors_parse import Parse
from parley.components.actors_registry import Draft, Registry
from parley.components.actors_roles import Roles

BACK = 60
"""Mentions back in which a pronoun or a definite noun looks for what it refers to."""
SENTENCES = 4
SUBJECT = frozenset(("nsubj", "nsubjpass"))


class Focus:
    """The mentions so far, in order."""

    def __init__(self, parse: Parse, registry: Registry, roles: Roles) -> None:
        """Start with none."""
        self._parse, self._registry, self._roles = parse, registry, roles
        self._mentions: list[tuple[int, Draft]] = []

    def note(self, head: int, draft: Draft) -> None:
        """A mention has been found."""
        self._mentions.append((head, draft))

    def definite(self, lemma: str, described: Description, i: int) -> Draft | None:
        """The last actor that "the minister" fits."""
        if not described.definite:
            return None
        plural = self._parse.tags[i] in ("NNS", "NNPS")
        phrase = " ".join((*described.words, lemma))
        for _, draft in reversed(self._mentions[-BACK:]):
            if phrase in draft.roles and draft.plural == plural:
                return draft
        return None

    def home(self, i: int, lemma: str) -> str | None:
        """The country of a role noun that names none."""
        return None

    def pair(self, i: int, lemma: str, described: Description) -> tuple[Draft, ...]:
        """The two main parties, for "both sides" and the like."""
        words = self._roles.words["pair_heads"]
        lowers = self._parse.lowers[described.start : i]
        if lemma not in words or described.parent or not ("both" in lowers or ("two" in lowers and "the" in lowers)):
            return ()
        counts: dict[int, list[Draft]] = {}
        for _, draft in self._mentions:
            if draft.kind == "state":
                counts.setdefault(id(draft), []).append(draft)
        top = sorted(counts.values(), key=len, reverse=True)[:2]
        return tuple(drafts[0] for drafts in top) if len(top) == 2 else ()

    def pronoun(self, i: int) -> Draft | None:
        """The actor of a third-person pronoun."""
        words, lower = self._roles.words, self._parse.lowers[i]
        if lower in words["persons_m"] or lower in words["persons_f"]:
            draft = self._best(i, "m" if lower in words["persons_m"] else "f")
        elif lower in words["plurals"]:
            draft = self._best(i, "plural")
        elif lower in words["things"]:
            draft = self._best(i, "thing")
        else:
            return None
        if draft is not None:
            self._registry.mention(draft, i, (i, i + 1))
            self.note(i, draft)
        return draft

    def _best(self, i: int, want: str) -> Draft | None:
        """The most likely of the recent mentions: subjects before others, near before far."""
        parse = self._parse
        found: tuple[float, Draft] | None = None
        for head, draft in reversed(self._mentions[-BACK:]):
            distance = parse.sentence[i] - parse.sentence[head]
            if distance > SENTENCES:
                break
            if not _fits(draft, want):
                continue
            score = 2.0 * (parse.deps[head] in SUBJECT) - 1.5 * distance
            if found is None or score > found[0]:
                found = (score, draft)
        return found[1] if found else None


def _fits(draft: Draft, want: str) -> bool:
    """Whether a pronoun may refer to an actor."""
    if want in ("m", "f"):
        return draft.kind == "person" and draft.gender in ("", want)
    if want == "thing":
        return draft.kind in ("state", "organisation")
    return draft.plural or draft.kind in ("organisation", "state", "group")
