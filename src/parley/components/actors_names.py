"""Persons and organisations by their names, listed or not, with what titles and appositions say of them."""

from __future__ import annotations

from dataclasses import replace

from parley.components.actors_coref import Focus
from parley.components.actors_describe import Describer, Description
from parley.components.actors_lexicon import Entry
from parley.components.actors_parse import PARTICLES, Parse
from parley.components.actors_registry import Draft, Registry
from parley.components.actors_roles import Roles

OF = frozenset(("of",))
NOT_ACTORS = frozenset(
    ("GPE", "LOC", "FAC", "DATE", "TIME", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "LANGUAGE", "NORP")
)
"""Entity labels of names that name no actor."""
AGENTS = frozenset(("nsubj", "nsubjpass", "appos", "poss"))
"""Where a name of two words or more that has no other sign is taken for a person."""


class Names:
    """Resolves the names of one doc."""

    def __init__(self, parse: Parse, registry: Registry, roles: Roles, describer: Describer, focus: Focus) -> None:
        """Keep what the steps share."""
        self._parse, self._registry, self._roles = parse, registry, roles
        self._describer, self._focus = describer, focus

    # ---------------------------------------------------------------- runs of capitalised words
    def unlisted(self, i: int) -> Draft | None:
        """The actor of a name that no list holds: an organisation by its last word, else a person."""
        start = self._run_start(i)
        known = self._registry.by_key.get(("name", self._text(start, i)))
        if known is not None:
            return self._again(known, start, i)
        if self._parse.lowers[i] in self._roles.words["organisation_ends"]:
            return self.organisation(start, i)
        if start == i and self._acronym(i):
            return self.organisation(start, i) if self._parse.doc[i].ent_type_ not in NOT_ACTORS else None
        return self.person(start, i, None)

    def _run_start(self, i: int) -> int:
        """First token of the run of name words that ends in ``i``."""
        parse, start = self._parse, i
        while start > 0 and i - start < 8 and parse.sentence[start - 1] == parse.sentence[i]:
            before = start - 1
            if self._joins(before) or (
                (parse.lowers[before] in PARTICLES or parse.texts[before] == "-") and before and self._joins(before - 1)
            ):
                start = before
            else:
                break
        return start

    def _joins(self, i: int) -> bool:
        """Whether a token may be an earlier part of a name."""
        parse, roles = self._parse, self._roles
        return (
            self._describer.is_name(i) and not roles.is_title(parse.lemmas[i]) and parse.lowers[i] not in roles.titles
        )

    def _acronym(self, i: int) -> bool:
        text = self._parse.texts[i]
        return text.isupper() and text.isalpha() and 2 <= len(text) <= 8

    def _text(self, start: int, head: int) -> str:
        return self._parse.doc[start : head + 1].text

    def is_person(self, i: int) -> bool:
        """Whether a token is the last part of a person's name."""
        hit = self._parse.in_hit.get(i)
        return hit.entry.kind == "person" if hit else self._describer.is_name(i)

    # ---------------------------------------------------------------- organisations
    def organisation(self, start: int, head: int) -> Draft:
        """An organisation that no list holds."""
        name = self._text(start, head)
        draft = self._registry.by_key.get(("name", name))
        if draft is not None:
            return self._again(draft, start, head)
        described = self._describer.describe(start, head, names=True)
        owner, end = self._describer.after(head)
        parent = described.parent or owner
        noun = described.title or self._parse.lemmas[head]
        telling = self._roles.is_role(noun) and noun not in self._roles.words["vague_ends"]
        sectors = self._describer.sectors(noun, described, parent) if telling else ()
        draft = Draft(name, "organisation", parent.country if parent else None, sectors, parent=parent)
        draft.local = bool(described.title)
        draft.roles.update(self._short_names(name, sectors))
        self._registry.new(draft, ("name", name))
        self.alias(draft, head + 1)
        self._focus.note(head, draft)
        return self._registry.mention(draft, head, (described.start, max(end, head + 1)))

    def _again(self, draft: Draft, start: int, head: int) -> Draft:
        """A further mention of a name of the doc's own."""
        self._focus.note(head, draft)
        return self._registry.mention(draft, head, (min(start, self._parse.left(head)), head + 1))

    def _short_names(self, name: str, sectors: tuple[str, ...]) -> tuple[str, ...]:
        """What an organisation is called after its first mention: the agency, the union; "the group" if it is armed."""
        last = name.rsplit(" ", 1)[-1].lower()
        return (last, *self._roles.words["armed"]) if sectors[:1] == ("REB",) else (last,)

    def alias(self, draft: Draft, end: int) -> None:
        """Learn the short name in "Gulf Transit Union (GTU)"."""
        texts = self._parse.texts
        if end + 2 < len(texts) and texts[end] == "(" and texts[end + 2] == ")" and self._acronym(end + 1):
            self._registry.by_key[("name", texts[end + 1])] = draft

    # ---------------------------------------------------------------- persons
    def person(self, start: int, head: int, entry: Entry | None) -> Draft | None:
        """The person of a name, with what titles and appositions say."""
        if entry is not None and self._run_start_before(start) < start:
            start, entry = self._run_start_before(start), None
        described = self._describer.describe(start, head, names=True)
        if entry is None and described.title in self._roles.words["institutions"]:
            return self.organisation(start, head)
        draft = self.listed(entry) if entry else self._known_person(start, head)
        if draft is None:
            if not self._looks_like_person(start, head, described):
                return None
            gender = self._roles.first_names.get(self._parse.texts[start], "")
            draft = Draft(self._text(start, head), "person", gender=gender, local=described.titled)
            self._registry.new(draft)
        elif not draft.known and len(self._text(start, head)) > len(draft.name):
            draft.name = self._text(start, head)
        for part in (self._text(start, head), self._parse.texts[head]):
            self._registry.people[part] = draft
        self._learn(draft, described)
        owner, end = self._describer.after(head, OF)
        if owner is not None:
            draft.learn(owner.country, (), owner, "")
        self._focus.note(head, draft)
        self._registry.mention(draft, head, (described.start, max(end, head + 1)))
        self._appositions(draft, head)
        return draft

    def listed(self, entry: Entry) -> Draft:
        """The actor of a listed organisation, group, person or place."""
        draft = self._registry.by_key.get(entry.key)
        if draft is None:
            draft = Draft(entry.name, entry.kind, entry.country, entry.sectors, entry.wikidata, entry.gender)
            draft.known, draft.ethnic = True, entry.ethnic
            if entry.kind == "organisation":
                draft.roles.update(self._short_names(entry.name, entry.sectors))
            self._registry.new(draft, entry.key)
        draft.parent = draft.parent or self._registry.state_of(entry.country)
        return draft

    def _run_start_before(self, start: int) -> int:
        """First token of a name that goes on to the left of a listed one: Anna Example is not Ivan Example."""
        return self._run_start(start) if start and self._parse.in_hit[start].end == start + 1 else start

    def _known_person(self, start: int, head: int) -> Draft | None:
        """The person of the doc whom a name means: by all of it, else by the surname unless first names differ."""
        people, texts = self._registry.people, self._parse.texts
        draft = people.get(self._text(start, head)) or people.get(texts[head])
        if draft is None or start == head:
            return draft
        names = draft.name.split()
        return (
            draft
            if len(names) == 1 or names[0] == texts[start] or draft.name.endswith(self._text(start, head))
            else None
        )

    def _looks_like_person(self, start: int, head: int, described: Description) -> bool:
        """Whether a name that is new in the doc is a person's."""
        parse = self._parse
        if described.titled or (start < head and parse.texts[start] in self._roles.first_names):
            return True
        label = parse.doc[head].ent_type_
        if label == "PERSON" or any(self._is_office(kid) for kid in parse.kids[head] if kid > head):
            return True
        words = [text for text in parse.texts[start : head + 1] if text[0].isalpha()]
        shaped = 2 <= len(words) <= 4 and not any(word.isupper() and len(word) > 2 for word in words)
        return shaped and not label and parse.deps[head] in AGENTS and parse.lowers[described.start] != "the"

    def _is_office(self, kid: int) -> bool:
        """Whether a word after a name says what a person is: "Anna Example, the minister"."""
        lemma = self._parse.lemmas[kid]
        institution = lemma in self._roles.words["institutions"]
        return self._parse.deps[kid] == "appos" and self._roles.is_role(lemma) and not institution

    def _learn(self, draft: Draft, described: Description) -> None:
        """What the words before a name say of the person."""
        title, parent = described.title, described.parent
        if title.isupper():
            sectors: tuple[str, ...] = (title,)
        elif title:
            before = replace(described, words=described.words[:-1])
            sectors = self._describer.sectors(title, before, parent)
        else:
            sectors = (described.sector,) if described.sector else ()
        if draft.known and described.titled:  # the article knows better than a list who holds the office now
            told = described.country if parent is not None and parent.kind == "state" else None
            if told and told != draft.country:
                draft.country, draft.parent = told, parent
            if described.former and sectors:
                draft.sectors = sectors
        draft.learn(described.country, sectors, parent, described.gender)
        if described.words:
            draft.roles.update((described.words[-1], " ".join(described.words)))

    def _appositions(self, draft: Draft, head: int) -> None:
        """Roles after a name: "Anna Example, the Kremlin spokeswoman"."""
        parse = self._parse
        for kid in parse.kids[head]:
            if parse.deps[kid] == "appos" and kid > head and self._roles.is_role(parse.lemmas[kid]):
                self.beside(draft, kid)

    def beside(self, draft: Draft, noun: int) -> None:
        """Note that a role noun stands beside a person's name."""
        lemma = self._parse.lemmas[noun]
        described = self._describer.describe(noun, noun)
        owner, end = self._describer.after(noun)
        parent = described.parent or owner
        sectors = self._describer.sectors(lemma, described, parent)
        draft.learn(parent.country if parent else None, sectors, parent, described.gender)
        draft.roles.update((lemma, " ".join((*described.words, lemma))))
        if noun not in self._registry.by_head:
            self._registry.mention(draft, noun, (described.start, end))
