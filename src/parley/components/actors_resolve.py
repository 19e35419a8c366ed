"""One pass over a doc that says for each noun, name and pronoun which actor it names."""

from __future__ import annotations

from parley.components.actors_coref import Focus
from parley.components.actors_describe import Describer, Description
from parley.components.actors_lexicon import Entry, Hit
from parley.components.actors_parse import NOUN_TAGS, PARTICLES, Parse
from parley.components.actors_registry import Draft, Registry
from parley.components.actors_roles import Roles

DEPTH = 8
"""How far one noun phrase may wait for another ("the chief of the staff of the head of ...")."""
MODIFIER = frozenset(("compound", "amod", "nmod"))


class Resolver:
    """Resolves the tokens of one doc."""

    def __init__(self, parse: Parse, roles: Roles, states: dict[str, Entry]) -> None:
        """Start with no actors."""
        self.parse, self.roles = parse, roles
        self.registry = Registry(states)
        self.focus = Focus(parse, self.registry, roles)
        self.describer = Describer(parse, self.registry, roles, self.visit)
        self._seen: set[int] = set()
        self._depth = 0

    def run(self) -> Registry:
        """Resolve every token, left to right."""
        for i in range(len(self.parse.texts)):
            self.visit(i)
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
        return None

    # ---------------------------------------------------------------- known names
    def _known(self, hit: Hit, head: int) -> Draft | None:
        """The actor of a known name."""
        entry, registry = hit.entry, self.registry
        if entry.kind == "person":
            return self._person(hit.start, head, entry)
        modifies = self._modifies(head)
        span = (hit.start, hit.end) if modifies else (self.parse.left(head), hit.end)
        if entry.use == "place":
            draft = self._entry(entry)
            registry.places.add(head)
        elif entry.use == "people" and not modifies and not self._whole_people(hit, span[0]):
            draft = self._people(entry, head)
        elif entry.kind == "state":
            draft = registry.state(entry.key)
            if entry.use != "people" and self._is_place(hit, head):
                registry.places.add(head)
        else:
            draft = self._entry(entry)
        self.focus.note(head, draft)
        return registry.mention(draft, head, span)

    def _entry(self, entry: Entry) -> Draft:
        """The actor of a listed organisation, group, person or place."""
        draft = self.registry.by_key.get(entry.key)
        if draft is None:
            draft = Draft(
                entry.name, entry.kind, entry.country, entry.sectors, entry.wikidata, entry.gender, known=True
            )
            self.registry.new(draft, entry.key)
            draft.parent = self._state_of(entry.country)
        return draft

    def _state_of(self, country: str | None) -> Draft | None:
        """The state's actor, if the doc has named it."""
        return self.registry.by_key.get(f"state:{country}")

    def _people(self, entry: Entry, head: int) -> Draft:
        """People named by their nationality alone."""
        plural = self.parse.tags[head] in ("NNS", "NNPS") or self.parse.lowers[head].endswith("s")
        key = ("people", entry.key, plural)
        draft = self.registry.by_key.get(key)
        if draft is None:
            kind = "group" if plural else "person"
            draft = Draft(
                self.parse.texts[head], kind, entry.country, (), plural=plural, parent=self._state_of(entry.country)
            )
            self.registry.new(draft, key)
        return draft

    def _whole_people(self, hit: Hit, start: int) -> bool:
        """Whether a people stands for its state: "the Russians", "Israelis and Palestinians"; not "two Russians"."""
        plural = self.parse.lowers[hit.end - 1].endswith(("s", "ese", "sh", "ch"))
        return plural and (start == hit.start or (start == hit.start - 1 and self.parse.lowers[start] == "the"))

    def _modifies(self, head: int) -> bool:
        """Whether a name only stands before another noun."""
        parse = self.parse
        return parse.heads[head] > head and (parse.deps[head] in MODIFIER or parse.tags[head] == "JJ")

    def _is_place(self, hit: Hit, head: int) -> bool:
        """Whether a name says where something is."""
        parse, roles = self.parse, self.roles
        up = parse.heads[head]
        if parse.deps[head] != "pobj":
            return False
        preposition = parse.lowers[up]
        if preposition in roles.place_prepositions:
            return True
        return preposition in roles.directions and parse.lemmas[parse.heads[up]] in roles.movement

    # ---------------------------------------------------------------- nouns
    def _noun(self, i: int) -> Draft | None:
        """The actor of a common noun or of a name that no list holds."""
        parse, roles = self.parse, self.roles
        if self._modifies(i) and parse.tags[parse.heads[i]] in NOUN_TAGS:
            return None
        lemma = parse.lemmas[i]
        if roles.is_role(lemma):
            return self._role(i, lemma)
        if parse.lowers[i] in roles.containers:
            return self._contained(i)
        if self.describer.is_name(i):
            return self._name(i)
        return None

    def _contained(self, i: int) -> Draft | None:
        """ "hundreds of protesters": the protesters."""
        owner, end = self.describer.after(i, frozenset(("of",)))
        if owner is not None:
            self.registry.mention(owner, i, (self.parse.left(i), end))
        return owner

    def _role(self, i: int, lemma: str) -> Draft | None:
        """The actor of a role noun."""
        parse, roles = self.parse, self.roles
        described = self.describer.describe(i, i)
        owner, end = self.describer.after(i)
        parent = described.parent or owner
        span = (described.start, end)
        for kid in parse.kids[i]:
            if parse.deps[kid] == "appos" and kid > i and self._is_person(kid):
                draft = self._person_from(kid, described, lemma, parent)
                return self.registry.mention(draft, i, span) if draft else None
        pair = self.focus.pair(i, lemma, described)
        if pair:
            self.registry.groups[i] = pair
            self.registry.span_of[i] = span
            return None
        sectors = self.describer.sectors(lemma, described, parent)
        if parent is None and (known := self.focus.definite(lemma, described, i)) is not None:
            self.focus.note(i, known)
            return self.registry.mention(known, i, span)
        country = (parent.country if parent else None) or self.focus.home(i, lemma)
        if not sectors and (country is None or lemma in roles.words["state_nouns"]):
            return None
        draft = self._office(i, lemma, described, parent, country, sectors)
        self.focus.note(i, draft)
        return self.registry.mention(draft, i, span)

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
            kind = "organisation" if institution and not plural else "group" if plural or institution else "person"
            name = parse.doc[described.start : i + 1].text
            draft = self.registry.new(Draft(name, kind, country, sectors, plural=plural, parent=parent), key)
            draft.gender = self.roles.genders.get(lemma, "")
        draft.roles.update((lemma, phrase))
        return draft

    # ---------------------------------------------------------------- names
    def _is_person(self, i: int) -> bool:
        hit = self.parse.in_hit.get(i)
        return hit.entry.kind == "person" if hit else self.describer.is_name(i)

    def _person_from(self, kid: int, described: Description, lemma: str, parent: Draft | None) -> Draft | None:
        """The person whose name stands beside a role noun."""
        draft = self.visit(kid)
        if draft is not None:
            draft.learn(
                parent.country if parent else None,
                self.describer.sectors(lemma, described, parent),
                parent,
                described.gender,
            )
            draft.roles.update((lemma, " ".join((*described.words, lemma))))
        return draft

    def _name(self, i: int) -> Draft | None:
        """The actor of a name that no list holds: an organisation by its last word, else a person."""
        start = self._run_start(i)
        if start < 0:
            return None
        if self.parse.lowers[i] in self.roles.words["organisation_ends"] or (start == i and self._acronym(i)):
            return self._organisation(start, i)
        return self._person(start, i, None)

    def _run_start(self, i: int) -> int:
        """First token of the run of name words that ends in ``i``."""
        parse, roles = self.parse, self.roles
        start = i
        while start > 0 and parse.sentence[start - 1] == parse.sentence[i]:
            before = start - 1
            joined = self.describer.is_name(before) and not roles.is_title(parse.lemmas[before])
            joined = joined and parse.lowers[before] not in roles.titles
            particle = parse.lowers[before] in PARTICLES or parse.texts[before] == "-"
            if joined or (particle and before > 0 and self.describer.is_name(before - 1)):
                start = before
            else:
                break
        return start

    def _acronym(self, i: int) -> bool:
        text = self.parse.texts[i]
        return text.isupper() and 2 <= len(text) <= 8

    def _organisation(self, start: int, i: int) -> Draft:
        """An organisation that no list holds."""
        name = self.parse.doc[start : i + 1].text
        described = self.describer.describe(start, i)
        draft = self.registry.by_key.get(("name", name))
        if draft is None:
            owner = described.parent
            draft = Draft(name, "organisation", described.country, (), parent=owner)
            self.registry.new(draft, ("name", name))
        self.focus.note(i, draft)
        return self.registry.mention(draft, i, (described.start, i + 1))

    def _person(self, start: int, head: int, entry: Entry | None) -> Draft | None:
        """The person of a name, with what titles and appositions say."""
        parse = self.parse
        described = self.describer.describe(start, head, names=True)
        name = parse.doc[start : head + 1].text
        surname = parse.texts[head]
        draft = self._entry(entry) if entry else self.registry.people.get(name) or self.registry.people.get(surname)
        if draft is None:
            first = parse.texts[start]
            ent = parse.doc[head].ent_type_
            if not (described.titled or first in self.roles.first_names and start < head or ent == "PERSON"):
                return None
            draft = self.registry.new(Draft(name, "person", gender=self.roles.first_names.get(first, "")))
        elif entry is None and len(name) > len(draft.name) and not draft.known:
            draft.name = name
        for part in (name, surname):
            self.registry.people.setdefault(part, draft)
        self._learn(draft, described)
        self.focus.note(head, draft)
        self.registry.mention(draft, head, (described.start, head + 1))
        for kid in parse.kids[head]:
            if (
                parse.deps[kid] == "appos"
                and kid > head
                and self.roles.is_role(parse.lemmas[kid])
                and kid not in self._seen
            ):
                self._seen.add(kid)
                beside = self.describer.describe(kid, kid)
                owner, end = self.describer.after(kid)
                parent = beside.parent or owner
                draft.learn(
                    parent.country if parent else None,
                    self.describer.sectors(parse.lemmas[kid], beside, parent),
                    parent,
                    beside.gender,
                )
                draft.roles.update((parse.lemmas[kid], " ".join((*beside.words, parse.lemmas[kid]))))
                self.registry.mention(draft, kid, (beside.start, end))
        return draft

    def _learn(self, draft: Draft, described: Description) -> None:
        """What the words before a name say of the person."""
        sector = described.sector
        sectors: tuple[str, ...] = (sector,) if sector else ()
        if described.former and sector:
            sectors = (self.roles.former_sector, sector)
        draft.learn(described.country, sectors, described.parent, described.gender)
        if described.words:
            draft.roles.update((described.words[-1], " ".join(described.words)))
