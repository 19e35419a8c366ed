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
FIRST = 100
"""Actors among whom a name in capitals is looked for."""
INITIALS = 3
"""Letters up to which a name in capitals may be initials."""
AGENTIVE = ("er", "or", "ist", "man", "woman", "ian")
"""Endings of nouns for persons, where no list holds them: engineer, coordinator, hydrologist."""


class Names:
    """Resolves the names of one doc."""

    def __init__(self, parse: Parse, registry: Registry, roles: Roles, describer: Describer, focus: Focus) -> None:
        """Keep what the steps share."""
        self._parse, self._registry, self._roles = parse, registry, roles
        self._describer, self._focus = describer, focus
        self.apposed: set[int] = set()
        """Last tokens of names that follow what a person is."""

    # ---------------------------------------------------------------- runs of capitalised words
    def unlisted(self, i: int) -> Draft | None:
        """The actor of a name that no list holds: an organisation by its last word, else a person."""
        start = self._run_start(i)
        known = self._registry.by_key.get(("name", self._text(start, i)))
        if known is not None:
            return self._again(known, start, i)
        if self._parse.lowers[i] in self._roles.words["organisation_ends"]:
            return self.organisation(start, i)
        if (heard := self._shouted(start, i)) is not None:
            return self._again(heard, start, i)
        if start == i and self._acronym(i):
            return self.organisation(start, i) if self._parse.doc[i].ent_type_ not in NOT_ACTORS else None
        person = self.person(start, i, None)
        return person or (self.organisation(start, i) if self.speaks(i) else None)

    def speaks(self, i: int) -> bool:
        """Whether a token is the subject of a verb of saying, or follows "according to": it is an actor then."""
        parse, above = self._parse, self._parse.heads[i]
        if parse.deps[i] == "nsubj":
            return parse.lemmas[above] in self._roles.words["saying"]
        return parse.deps[i] == "pobj" and parse.lowers[above] == "to" and parse.lowers[above - 1] == "according"

    def _shouted(self, start: int, head: int) -> Draft | None:
        """Whose name stands in capitals, or as initials at the head of a line, as before a colon in an interview."""
        parse = self._parse
        if not parse.texts[head].isupper() or head + 1 >= len(parse.texts) or parse.texts[head + 1] != ":":
            return None
        name = "".join(word.title() if word.isupper() else word for word in self._text(start, head))
        name = name if len(parse.texts[head]) > INITIALS else self._text(start, head)
        for draft in self._registry.order[:FIRST]:
            words = draft.name.split()
            if f" {name.title()} " in f" {draft.name.title()} " or "".join(word[0] for word in words) == name:
                return draft
        return None

    def _run_start(self, i: int) -> int:
        """First token of the run of name words that ends in ``i``."""
        parse, start = self._parse, i
        while start > 0 and i - start < 8 and parse.sentence[start - 1] == parse.sentence[i]:
            before = start - 1
            inner = before
            while inner > 0 and i - inner < 8 and (parse.lowers[inner] in PARTICLES or parse.texts[inner] == "-"):
                inner -= 1  # "Nadia el-Example"
            if not self._joins(inner):
                break
            start = inner
        return start

    def _joins(self, i: int) -> bool:
        """Whether a token may be an earlier part of a name."""
        parse, roles = self._parse, self._roles
        if (hit := parse.in_hit.get(i)) is not None:  # a listed surname may be another's first name
            return hit.entry.kind == "person" and hit.end == hit.start + 1 and self._goes_on(i)
        return (
            self._describer.is_name(i) and not roles.is_title(parse.lemmas[i]) and parse.lowers[i] not in roles.titles
        )

    def _goes_on(self, i: int) -> bool:
        """Whether a token is followed by a further part of its name."""
        parse = self._parse
        return parse.heads[i] > i and parse.deps[i] == "compound" and self._describer.is_name(i + 1)

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
            draft.guessed = bool(gender)
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
        if head in self.apposed or self._is_apposed(head) or parse.lowers[head + 1 : head + 3] == [",", "who"]:
            return True
        words = [text for text in parse.texts[start : head + 1] if text[0].isalpha()]
        shaped = 2 <= len(words) <= 4 and not any(word.isupper() and len(word) > 2 for word in words)
        return shaped and not label and parse.deps[head] in AGENTS and parse.lowers[described.start] != "the"

    def _is_office(self, kid: int) -> bool:
        """Whether a word after a name says what a person is: "Anna Example, the minister"."""
        lemma = self._parse.lemmas[kid]
        institution = lemma in self._roles.words["institutions"]
        return self._parse.deps[kid] == "appos" and self._roles.is_role(lemma) and not institution

    def _is_apposed(self, head: int) -> bool:
        """Whether a name follows what a person is: "the minister, Anna Example"."""
        parse, above = self._parse, self._parse.heads[head]
        return (
            parse.deps[head] == "appos"
            and above < head
            and self.is_office(above)
            and parse.lowers[self._parse.left(head)] != "the"
        )

    def is_office(self, noun: int) -> bool:
        """Whether a noun in the singular says what a person is."""
        parse, lemma = self._parse, self._parse.lemmas[noun]
        return (
            parse.tags[noun] in ("NN", "NNP")
            and (self._roles.is_role(lemma) or lemma.endswith(AGENTIVE))
            and lemma not in self._roles.words["institutions"]
        )

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
            phrase = " ".join(described.words)
            draft.roles.update((described.words[-1], phrase))
            self._registry.by_key[("role", id(parent) if parent else None, phrase, False)] = draft

    def _appositions(self, draft: Draft, head: int) -> None:
        """Roles after a name: "Anna Example, the Kremlin spokeswoman"."""
        parse = self._parse
        for kid in parse.kids[head]:
            if parse.deps[kid] == "appos" and kid > head and self.is_office(kid):
                self.beside(draft, kid)

    def beside(self, draft: Draft, noun: int) -> None:
        """Note that a role noun stands beside a person's name."""
        lemma = self._parse.lemmas[noun]
        described = self._describer.describe(noun, noun)
        owner, end = self._describer.after(noun)
        parent = described.parent or owner
        sectors = self._describer.sectors(lemma, described, parent)
        draft.learn(parent.country if parent else None, sectors, parent, described.gender)
        phrase = " ".join((*described.words, lemma))
        draft.roles.update((lemma, phrase, *self._describer.tail(noun)))
        self._registry.by_key[("role", id(parent) if parent else None, phrase, False)] = draft
        self._focus.note(noun, draft)
        if noun not in self._registry.by_head:
            self._registry.mention(draft, noun, (described.start, end))
