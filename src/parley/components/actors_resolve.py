"""One pass over a doc that says for each noun, name and pronoun which actor it names."""

from __future__ import annotations

from parley.components.actors_coref import Focus
from parley.components.actors_describe import Describer, Description
from parley.components.actors_home import settle
from parley.components.actors_lexicon import Entry, Hit
from parley.components.actors_names import Names
from parley.components.actors_parse import NAME_TAGS, NOUN_TAGS, Parse
from parley.components.actors_registry import Draft, Registry
from parley.components.actors_roles import Roles
from parley.model import ActorKind

DEPTH = 8
"""How far one noun phrase may wait for another ("the chief of the staff of the head of ...")."""
DASHES = frozenset(("-", "--", "–", "—"))
STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "LEG", "JUD", "REB", "OPP"))
WHOSE = frozenset(("of", "by", "from"))
MODIFIER = frozenset(("compound", "amod", "nmod"))


class Resolver:
    """Resolves the tokens of one doc."""

    def __init__(self, parse: Parse, roles: Roles, states: dict[str, Entry]) -> None:
        """Start with no actors."""
        self.parse, self.roles = parse, roles
        self.registry = Registry(states)
        self.focus = Focus(parse, self.registry, roles)
        self.describer = Describer(parse, self.registry, roles, self.visit)
        self.names = Names(parse, self.registry, roles, self.describer, self.focus)
        self._seen: set[int] = set()
        self._depth = 0

    def run(self) -> Registry:
        """Resolve every token, left to right."""
        for i in range(len(self.parse.texts)):
            self.visit(i)
        self._datelines()
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
            return self._known(hit, i) if i == parse.head_of(hit.start, hit.end) else None
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

    # ---------------------------------------------------------------- known names
    def _known(self, hit: Hit, head: int) -> Draft | None:
        """The actor of a known name."""
        entry, registry = hit.entry, self.registry
        own = registry.by_key.get(("name", self.parse.doc[hit.start : hit.end].text))
        if own is None and entry.kind == "person":
            if self.parse.tags[head] not in NAME_TAGS:
                return None
            return self.names.person(hit.start, head, entry)
        if own is None and hit.end == hit.start + 1 and self._part_of_person(head):
            return self.names.unlisted(head) if not self._modifies(head) else None
        modifies = self._modifies(head)
        span = (hit.start, hit.end) if modifies else (self.parse.left(head), hit.end)
        draft = own or self._of_entry(hit, head, span[0], modifies)
        self.names.alias(draft, hit.end)
        self.focus.note(head, draft)
        return registry.mention(draft, head, span)

    def _of_entry(self, hit: Hit, head: int, start: int, modifies: bool) -> Draft:
        """The actor of a listed state, people, place, organisation or group."""
        entry, registry = hit.entry, self.registry
        if entry.use == "place":
            if not modifies and self._is_place(head):
                registry.places.add(head)
            return self.names.listed(entry)
        if entry.use == "people" and not modifies and not self._whole_people(hit, start):
            return self._people(entry, head)
        if entry.kind != "state":
            return self.names.listed(entry)
        if entry.use != "people" and self._is_place(head):
            registry.places.add(head)
        return registry.state(entry.key)

    def _datelines(self) -> None:
        """Names in capitals at the head of a paragraph and before a dash or bracket are where the report was filed."""
        parse = self.parse
        for first, _ in parse.doc._.paragraphs:
            hit = parse.hits.get(first)
            if hit is not None and parse.texts[first].isupper():
                after = parse.texts[hit.end : hit.end + 8]
                if after[:1] in (["("], [":"]) or any(text in DASHES for text in after):
                    self.registry.places.add(parse.head_of(hit.start, hit.end))

    def _part_of_person(self, head: int) -> bool:
        """Whether a name of a state or town is somebody's: Michael Jordan, Chad Example."""
        parse, names = self.parse, self.roles.first_names
        if head and parse.texts[head - 1] in names and self.describer.is_name(head - 1):
            return parse.heads[head - 1] == head
        after = head + 1
        return (
            parse.texts[head] in names
            and after < len(parse.texts)
            and parse.heads[head] == after
            and self.describer.is_name(after)
        )

    def _people(self, entry: Entry, head: int) -> Draft:
        """People named by their nationality alone."""
        parse = self.parse
        plural = parse.tags[head] in ("NNS", "NNPS") or parse.lowers[head].endswith("s")
        ethnic = head > 0 and parse.lowers[head - 1] == "ethnic"
        owner, _ = self.describer.after(head)
        country = owner.country if owner else None if ethnic else entry.country
        key = ("people", entry.key, country, plural)
        draft = self.registry.by_key.get(key)
        if draft is None:
            draft = Draft(parse.texts[head], "group" if plural else "person", country, ("CVL",), plural=plural)
            draft.parent, draft.fallback, draft.local = self.registry.state_of(country), entry.country, True
            self.registry.new(draft, key)
        return draft

    def _whole_people(self, hit: Hit, start: int) -> bool:
        """Whether a people stands for its state: "the Russians", "Israelis and Palestinians"; not "two Russians"."""
        lower = self.parse.lowers[hit.end - 1]
        if not lower.endswith(("s", "ese", "sh", "ch")) or self.describer.after(hit.end - 1)[0] is not None:
            return False
        if any(self.parse.deps[kid] == "nummod" for kid in self.parse.kids[hit.end - 1]):
            return False
        return start == hit.start or (start == hit.start - 1 and self.parse.lowers[start] == "the")

    def _modifies(self, head: int) -> bool:
        """Whether a name only stands before another noun."""
        parse = self.parse
        if parse.tags[head] == "JJ" and head in parse.in_hit and not parse.lowers[head].endswith("s"):
            return True
        up = parse.heads[head] if parse.deps[head] == "conj" else head  # "U.S. and Russian negotiators"
        return parse.heads[up] > head and parse.deps[up] in MODIFIER

    def _is_place(self, head: int) -> bool:
        """Whether a name says where something is."""
        parse, roles = self.parse, self.roles
        up = parse.heads[head]
        if parse.deps[head] != "pobj":
            return False
        preposition = parse.lowers[up]
        if preposition == "of" and parse.lemmas[parse.heads[up]] in roles.words["settlements"]:
            return self._is_place(parse.heads[up])
        if preposition in roles.place_prepositions:
            return True
        return preposition in roles.directions and parse.lemmas[parse.heads[up]] in roles.movement

    # ---------------------------------------------------------------- nouns
    def _noun(self, i: int) -> Draft | None:
        """The actor of a common noun or of a name that no list holds."""
        parse, roles = self.parse, self.roles
        lemma = parse.lemmas[i]
        if self._modifies(i) and parse.tags[parse.heads[i]] in NOUN_TAGS:
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
        for kid in parse.kids[i]:
            if parse.deps[kid] == "appos" and kid > i and self.names.is_person(kid):
                draft = self.visit(kid)
                if draft is not None and draft.kind == "person":
                    self.names.beside(draft, i)
                    return draft
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
                if self._is_place(i):
                    self.registry.places.add(i)
            return parent
        sectors = self.describer.sectors(lemma, described, parent)
        if parent is None and (known := self.focus.definite(lemma, described, i)) is not None:
            self.focus.note(i, known)
            return self.registry.mention(known, i, span)
        country = parent.country if parent else None
        if not sectors and (country is None or lemma in roles.words["state_nouns"]):
            return None
        draft = self._office(i, lemma, described, parent, country, sectors)
        self.focus.note(i, draft)
        return self.registry.mention(draft, i, span)

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
            institution = lemma in self.roles.words["institutions"]
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
        draft.roles.update((lemma, phrase))
        return draft
