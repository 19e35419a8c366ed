"""Whom a pronoun, "the minister" or "both sides" refers to."""

from __future__ import annotations

from parley.components.actors_describe import Description
from parley.components.actors_parse import Parse
from parley.components.actors_registry import Draft, Registry
from parley.components.actors_roles import Roles

BACK = 60
"""Mentions back in which a pronoun or a definite noun looks for what it refers to."""
WIDE = 400
"""Mentions back among which the two main parties are counted."""
SENTENCES = 4
SUBJECT_GAIN, SENTENCE_LOSS, MODIFIER_LOSS = 2.0, 1.5, 1.0
"""A subject outweighs an object of the next sentence, not one two sentences later."""
MAIN_GAIN, QUOTED_LOSS = 0.5, 2.0
"""A sentence's own subject outweighs that of a clause in it, and one outside quotation marks all inside."""
GUESS_LOSS = 3.0
"""A first name is a weak sign of gender across the languages of the world."""
MODIFIER = frozenset(("compound", "amod", "nmod"))
SUBJECT = frozenset(("nsubj", "nsubjpass"))


class Focus:
    """The mentions so far, in order."""

    def __init__(self, parse: Parse, registry: Registry, roles: Roles) -> None:
        """Start with none."""
        self._parse, self._registry, self._roles = parse, registry, roles
        self._mentions: list[tuple[int, Draft]] = []
        self._pairs: list[tuple[int, tuple[Draft, ...]]] = []
        self._quoted = bytearray(len(parse.texts))
        for quotation in parse.doc._.quotes if parse.doc.has_extension("quotes") else ():
            self._quoted[quotation.start : quotation.end] = b"\1" * (quotation.end - quotation.start)

    def note(self, head: int, draft: Draft) -> None:
        """A mention has been found; one that is joined to another by "and" makes a pair with it."""
        self._mentions.append((head, draft))
        parse, first = self._parse, self._parse.heads[head]
        if parse.deps[head] == "conj" and first < head:
            other = self._registry.by_head.get(first)
            if other is not None and other is not draft:
                self._pairs.append((first, (other, draft)))

    # ---------------------------------------------------------------- nouns
    def definite(self, lemma: str, described: Description, i: int, tail: tuple[str, ...] = ()) -> Draft | None:
        """The last actor that "the minister" fits; institutions need no article ("police said").

        With a ``tail`` the noun has an "of" phrase, which must fit too: "the chief of staff".
        """
        bare = described.start == i and lemma in self._roles.words["institutions"]
        if not (described.definite or bare):
            return None
        plural = self._parse.tags[i] in ("NNS", "NNPS")
        phrase = tail[0] if tail else " ".join((*described.words, lemma))
        recent = [draft for _, draft in reversed(self._mentions[-BACK:]) if draft.plural == plural]
        for draft in recent:
            if phrase in draft.roles:
                return draft
        if plural or tail or bare or lemma in self._roles.words["institutions"]:
            return None
        return self._by_lemma(lemma, recent) or self._epithet(lemma, i)

    def _by_lemma(self, lemma: str, recent: list[Draft]) -> Draft | None:
        """The last person called by a noun or one that says nearly the same, and not by a closer one of its own."""
        kin = self._roles.kin.get(lemma)
        for draft in recent:
            if draft.kind != "person" or draft.roles & self._roles.words["placed"]:
                continue
            if lemma in draft.roles and not any(role.endswith(" " + lemma) for role in draft.roles):
                return draft
            if kin is not None and lemma not in draft.roles and any(self._roles.kin.get(r) == kin for r in draft.roles):
                return draft
        return None

    def _epithet(self, lemma: str, i: int) -> Draft | None:
        """The person of "the old man", "the veteran": the last who was spoken of as a subject."""
        if lemma not in self._roles.words["epithets"]:
            return None
        gender = self._roles.genders.get(lemma, "")
        want = gender or "any"
        return self._best(i, want, near=1)

    def is_pair(self, i: int, lemma: str, described: Description) -> bool:
        """Whether a noun names the two main parties: "both sides", "the two countries", "neither side"."""
        if lemma not in self._roles.words["pair_heads"] or described.parent is not None:
            return False
        lowers = self._parse.lowers[described.start : i]
        if "both" in lowers or "neither" in lowers or ("two" in lowers and described.definite):
            return True
        plural = self._parse.tags[i] == "NNS"
        return plural and described.definite and lemma in ("side", "party") and i == described.start + 1

    def pair(self, i: int, lemma: str) -> tuple[Draft, ...]:
        """The actors that such a noun means: those last joined by "and", else the two most often named."""
        words = self._roles.words
        people, states = lemma in words["pair_people"], lemma in words["pair_states"]
        fitting = [(head, draft) for head, draft in self._mentions[-WIDE:] if _party(draft, people, states)]
        for _, pair in reversed(self._pairs[-BACK:]):
            if all(_party(draft, people, states) for draft in pair):
                self._pairs.append((i, pair))
                return pair
        counts: dict[int, list[Draft]] = {}
        for head, draft in fitting:
            if head not in self._registry.places:
                counts.setdefault(id(draft), []).append(draft)
        top = sorted(counts.values(), key=len, reverse=True)[:2]
        if len(top) < 2:
            return ()
        both = tuple(drafts[0] for drafts in top)
        self._pairs.append((i, both))
        return both

    # ---------------------------------------------------------------- pronouns
    def pronoun(self, i: int) -> Draft | None:
        """The actor of a third-person pronoun; a plural one may mean two at once (``Registry.groups``)."""
        words, lower = self._roles.words, self._parse.lowers[i]
        if lower in words["persons_m"] or lower in words["persons_f"]:
            gender = "m" if lower in words["persons_m"] else "f"
            draft = self._best(i, gender)
            if draft is not None:
                draft.gender, draft.guessed = gender, False
        elif lower in words["plurals"]:
            if (both := self._both(i)) is not None:
                self._registry.groups[i] = both
                self._registry.span_of[i] = (i, i + 1)
                return None
            draft = self._best(i, "plural")
        elif lower in words["things"] and not self._impersonal(i):
            draft = self._best(i, "thing")
        else:
            return None
        if draft is not None:
            self._registry.mention(draft, i, (i, i + 1))
            self.note(i, draft)
        return draft

    def _impersonal(self, i: int) -> bool:
        """Whether an "it" names nobody ("it is clear that"), or a thing ("he denied it")."""
        parse = self._parse
        if parse.lowers[i] != "it":
            return False
        return parse.deps[i] not in SUBJECT or parse.lemmas[parse.heads[i]] in self._roles.words["impersonal"]

    def _both(self, i: int) -> tuple[Draft, ...] | None:
        """The two that a "they" means, if they were the last subject."""
        parse = self._parse
        if not self._pairs:
            return None
        head, pair = self._pairs[-1]
        near = 0 <= parse.sentence[i] - parse.sentence[head] <= 1
        if not (near and parse.deps[head] in SUBJECT and head < i):
            return None
        later = any(
            j > head and _fits(draft, "plural") and draft not in pair and parse.deps[j] in SUBJECT
            for j, draft in self._mentions[-8:]
        )
        return None if later else pair

    def _best(self, i: int, want: str, *, near: int = SENTENCES) -> Draft | None:
        """The most likely of the recent mentions: subjects before others, near before far."""
        parse, quoted = self._parse, self._quoted
        found: tuple[float, Draft] | None = None
        for head, draft in reversed(self._mentions[-BACK:]):
            distance = parse.sentence[i] - parse.sentence[head]
            if distance > near:
                break
            if head >= i or not _fits(draft, want) or (want == "thing" and head in self._registry.places):
                continue
            score = SUBJECT_GAIN * (parse.deps[head] in SUBJECT) - SENTENCE_LOSS * distance
            score -= MODIFIER_LOSS * (parse.deps[head] in MODIFIER)
            score += MAIN_GAIN * self._is_main(head) - QUOTED_LOSS * (quoted[head] and not quoted[i])
            score -= GUESS_LOSS * (draft.guessed and draft.gender != want and want in ("m", "f"))
            if found is None or score > found[0]:
                found = (score, draft)
        return found[1] if found else None

    def _is_main(self, head: int) -> bool:
        """Whether a token is the subject of its sentence or of a verb of saying."""
        parse = self._parse
        verb = parse.heads[head]
        return parse.deps[head] in SUBJECT and (
            parse.deps[verb] == "ROOT" or parse.lemmas[verb] in self._roles.words["saying"]
        )


def _party(draft: Draft, people: bool, states: bool) -> bool:
    """Whether an actor may be one of "the two sides": a state, or an organisation of one; a person for "leaders"."""
    if people:
        return draft.kind == "person"
    if draft.kind == "state":
        return True
    outsider = draft.country in ("IGO", "NGO", "MNC") or draft.sectors[:1] in (("MED",), ("CVL",))
    return not states and draft.kind == "organisation" and not outsider and draft.known


def _fits(draft: Draft, want: str) -> bool:
    """Whether a pronoun may refer to an actor."""
    if want in ("m", "f", "any"):
        return draft.kind == "person" and (want == "any" or draft.guessed or draft.gender in ("", want))
    if want == "thing":
        return draft.kind in ("state", "organisation")
    return draft.plural or draft.kind in ("organisation", "state", "group")
