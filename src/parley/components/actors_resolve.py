"""One pass over a doc that says for each noun, name and pronoun which actor it names."""

from __future__ import annotations

from parley.components.actors_coref import Focus
from parley.components.actors_describe import Describer, Description
from parley.components.actors_home import settle
from parley.components.actors_known import Known
from parley.components.actors_lexicon import Entry
from parley.components.actors_names import Names
from parley.components.actors_parse import NAME_TAGS, NOUN_TAGS, Parse
from parley.components.actors_registry import Draft, Registry
from parley.components.actors_roles import Roles
from parley.model import ActorKind

DEPTH = 8
"""How far one noun phrase may wait for another ("the chief of the staff of the head of ...")."""
STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "LEG", "JUD", "REB", "OPP"))
TAIL = 9
"""Tokens after a role noun among which the comma before a name stands."""
AFTER_NOUN = frozenset(("IN", "DT", "NN", "NNS", "NNP", "NNPS", "JJ", "CD", "TO", "POS"))
WHOSE = frozenset(("of", "by", "from"))


class Resolver:
    """Resolves the tokens of one doc."""

    def __init__(self, parse: Parse, roles: Roles, states: dict[str, Entry]) -> None:
        """Start with no actors."""
        self.parse, self.roles = parse, roles
        self.registry = Registry(states)
        self.focus = Focus(parse, self.registry, roles)
        self.describer = Describer(parse, self.registry, roles, self.visit)
        self.names = Names(parse, self.registry, roles, self.describer, self.focus)
        self.known = Known(parse, self.registry, roles, self.describer, self.names, self.focus)
        self._seen: set[int] = set()
        self._depth = 0

    def run(self) -> Registry:
        """Resolve every token, left to right."""
        for i in range(len(self.parse.texts)):
            self.visit(i)
        self.known.datelines()
        settle(self.parse, self.registry, self.roles)
        return self.registry

    def visit(self, i: int) -> Draft | None:
        """The actor that a token names as the head of its phrase, if any."""
        if i in self._seen:
            return self.registry.by_head.get(i)
        if self._depth >= DEPTH:
            return None
        self._seen.add(i)
        self._depth += 1
        try:
            return self._resolve(i)
        finally:
            self._depth -= 1

    def _resolve(self, i: int) -> Draft | None:
        parse = self.parse
        hit = parse.in_hit.get(i)
        if hit is not None:
            return self.known.resolve(hit, i) if i == parse.head_of(hit.start, hit.end) else None
        if parse.tags[i] in NOUN_TAGS:
            return self._noun(i)
        if parse.tags[i] in ("PRP", "PRP$"):
            return self.focus.pronoun(i)
        if parse.tags[i] in ("WP", "WDT", "WP$"):
            return self._relative(i)
        return None

    def _relative(self, i: int) -> Draft | None:
        """The actor of "who" or "which": that of the noun whose relative clause it opens."""
        parse, up = self.parse, i
        for _ in range(4):
            up = parse.heads[up]
            if parse.deps[up] == "relcl" and parse.heads[up] < i:
                draft = self.registry.by_head.get(parse.heads[up])
                return self.registry.mention(draft, i, (i, i + 1)) if draft else None
        return None

    # ---------------------------------------------------------------- nouns
    def _noun(self, i: int) -> Draft | None:
        """The actor of a common noun or of a name that no list holds."""
        parse, roles = self.parse, self.roles
        lemma = parse.lemmas[i]
        if self.known.modifies(i) and parse.tags[parse.heads[i]] in NOUN_TAGS:
            return self._institution(i, lemma, parse.heads[i])
        if roles.is_role(lemma):
            named = parse.tags[i] in NAME_TAGS and lemma in roles.words["organisation_ends"]
            if named and i and self.describer.is_name(i - 1):
                return self.names.unlisted(i)
            return self._role(i, lemma)
        if parse.lowers[i] in roles.containers:
            return self._contained(i)
        if self.describer.is_name(i):
            return self.names.unlisted(i)
        if lemma not in roles.words["texts"] and (self.names.speaks(i) or self.names.is_office(i)):
            draft = self._person_beside(i) or (self._role(i, lemma) if self.names.speaks(i) else None)
            if draft is not None:
                return draft
        self._whose(i)
        return None

    def _whose(self, i: int) -> None:
        """Note whose a thing is: "the Kremlin's decision", "Syrian army positions", "the arrest of the minister"."""
        described = self.describer.describe(i, i)
        owner = self.describer.noun_before(i) or described.parent or self.describer.after(i, WHOSE)[0]
        if owner is not None:
            self.registry.whose[i] = owner

    def _contained(self, i: int) -> Draft | None:
        """Whom a word that only counts stands for: the protesters of "hundreds of protesters"."""
        owner, end = self.describer.after(i, frozenset(("of",)))
        if owner is not None:
            self.registry.mention(owner, i, (self.parse.left(i), end))
        return owner

    def _institution(self, i: int, lemma: str, thing: int) -> Draft | None:
        """The army of "Syrian army positions": an institution that stands before a thing and is named for its state."""
        roles = self.roles
        if roles.nouns.get(lemma) not in STATE_SECTORS or lemma not in roles.words["institutions"]:
            return None
        if roles.is_role(self.parse.lemmas[thing]) or self.describer.is_name(thing) or thing in self.parse.in_hit:
            return None
        described = self.describer.describe(i, thing)
        if described.parent is None:
            return None
        sectors = self.describer.sectors(lemma, described, described.parent)
        draft = self._office(i, lemma, described, described.parent, described.country, sectors)
        self.focus.note(i, draft)
        return self.registry.mention(draft, i, (described.start, i + 1))

    def _role(self, i: int, lemma: str) -> Draft | None:
        """The actor of a role noun."""
        parse, roles = self.parse, self.roles
        described = self.describer.describe(i, i)
        owner, end = self.describer.after(i)
        parent = described.parent or owner
        if end + 1 < len(parse.texts) and parse.texts[end] == "-" and not parse.doc[i].whitespace_:
            end += 2  # secretary-general
        span = (described.start, end)
        if (person := self._person_beside(i)) is not None:
            return person
        if self.focus.is_pair(i, lemma, described):
            if both := self.focus.pair(i, lemma):
                self.registry.groups[i] = both
                self.registry.span_of[i] = span
            return None
        if described.joint:
            return self._joint(i, lemma, described, span)
        if lemma in roles.words["settlements"]:
            if parent is not None:
                self.registry.mention(parent, i, span)
                if self.known.is_place(i):
                    self.registry.places.add(i)
            return parent
        sectors = self.describer.sectors(lemma, described, parent)
        tail = self.describer.tail(i)
        if (parent is None or tail) and (known := self.focus.definite(lemma, described, i, tail)) is not None:
            self.focus.note(i, known)
            return self.registry.mention(known, i, span)
        country = parent.country if parent else None
        if not sectors and (country is None or lemma in roles.words["state_nouns"]) and not self.names.speaks(i):
            return None
        draft = self._office(i, lemma, described, parent, country, sectors)
        self.focus.note(i, draft)
        return self.registry.mention(draft, i, span)

    def _person_beside(self, i: int) -> Draft | None:
        """The person whose name follows a role noun as an apposition."""
        parse = self.parse
        kids = [kid for kid in parse.kids[i] if parse.deps[kid] == "appos" and kid > i and self.names.is_person(kid)]
        for kid in kids or self._after_comma(i):
            draft = self.visit(kid)
            if draft is not None and draft.kind == "person":
                self.names.beside(draft, i)
                return draft
        return None

    def _after_comma(self, i: int) -> tuple[int, ...]:
        """The name between commas after a role noun, where the parse takes it for something else."""
        parse = self.parse
        stop = min(i + TAIL, len(parse.texts) - 2)
        comma = next((k for k in range(i + 1, stop) if parse.tags[k] not in AFTER_NOUN), stop)
        if comma >= stop or parse.texts[comma] != "," or not self.names.is_office(i):
            return ()
        end = comma + 1
        while end < len(parse.texts) and (parse.tags[end] in NAME_TAGS or parse.texts[end] == "-"):
            end += 1
        if end < comma + 3 or end >= len(parse.texts) or parse.texts[end] != "," or parse.deps[end - 1] == "conj":
            return ()
        self.names.apposed.add(end - 1)
        return (end - 1,)

    def _joint(self, i: int, lemma: str, described: Description, span: tuple[int, int]) -> Draft:
        """The actors of "French and Egyptian warships": one for each owner; the phrase's head names the first."""
        drafts = []
        for owner in described.joint:
            sectors = self.describer.sectors(lemma, described, owner)
            drafts.append(self._office(i, lemma, described, owner, owner.country, sectors))
            drafts[-1].spans.append(span)
        self.registry.groups[i] = tuple(drafts)
        return self.registry.mention(drafts[0], i, span)

    def _office(
        self,
        i: int,
        lemma: str,
        described: Description,
        parent: Draft | None,
        country: str | None,
        sectors: tuple[str, ...],
    ) -> Draft:
        """The actor of a role, the same for the same words of the same country."""
        parse = self.parse
        plural = parse.tags[i] in ("NNS", "NNPS")
        phrase = " ".join((*described.words, lemma))
        key = ("role", id(parent) if parent else country, phrase, plural)
        draft = self.registry.by_key.get(key)
        if draft is None:
            institution = lemma in self.roles.words["institutions"] or not (
                self.roles.is_role(lemma) or self.names.is_office(i)
            )
            kind: ActorKind = "person"
            if plural or lemma in self.roles.words["equipment"]:
                kind = "group"
            elif institution:
                kind = "organisation"
            name = parse.doc[described.start : i + 1].text
            draft = self.registry.new(Draft(name, kind, country, sectors, plural=plural, parent=parent), key)
            telling = lemma in self.roles.weak and sectors[:1] not in (("GOV",), ())  # rebel leader, army chief
            draft.local = telling or lemma not in self.roles.words["placeless"]
            draft.gender = self.roles.genders.get(lemma, "")
        draft.roles.update((lemma, phrase, *self.describer.tail(i)))
        return draft
