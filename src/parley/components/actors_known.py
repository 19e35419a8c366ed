"""Listed names in a doc: which actor each stands for, and whether it only says where something is."""

from __future__ import annotations

from parley.components.actors_coref import Focus
from parley.components.actors_describe import Describer
from parley.components.actors_lexicon import Entry, Hit
from parley.components.actors_names import Names
from parley.components.actors_parse import Parse
from parley.components.actors_registry import Draft, Registry
from parley.components.actors_roles import Roles

DASHES = frozenset(("-", "--", "–", "—"))
MODIFIER = frozenset(("compound", "amod", "nmod"))


class Known:
    """Resolves the listed names of one doc."""

    def __init__(
        self, parse: Parse, registry: Registry, roles: Roles, describer: Describer, names: Names, focus: Focus
    ) -> None:
        """Keep what the steps share."""
        self._parse, self._registry, self._roles = parse, registry, roles
        self._describer, self._names, self._focus = describer, names, focus

    def resolve(self, hit: Hit, head: int) -> Draft | None:
        """The actor of a known name."""
        entry, registry = hit.entry, self._registry
        own = registry.by_key.get(("name", self._parse.doc[hit.start : hit.end].text))
        if own is None and entry.kind == "person":
            if self._is_common(hit.start, head):
                return None
            return self._names.person(hit.start, head, entry)
        if own is None and hit.end == hit.start + 1 and self._part_of_person(head):
            return self._names.unlisted(head) if not self.modifies(head) else None
        modifies = self.modifies(head)
        span = (hit.start, hit.end) if modifies else (self._parse.left(head), hit.end)
        draft = own or self._of_entry(hit, head, span[0], modifies)
        self._names.alias(draft, hit.end)
        self._focus.note(head, draft)
        return registry.mention(draft, head, span)

    def _is_common(self, start: int, head: int) -> bool:
        """Whether a surname at the head of a sentence is only a common word with a capital ("Rice is dear")."""
        parse = self._parse
        first = start == 0 or parse.sentence[start - 1] != parse.sentence[start]
        return first and start == head and parse.tags[head] in ("NN", "NNS", "JJ")

    def _of_entry(self, hit: Hit, head: int, start: int, modifies: bool) -> Draft:
        """The actor of a listed state, people, place, organisation or group."""
        entry, registry = hit.entry, self._registry
        if entry.use == "place":
            if not modifies and self.is_place(head):
                registry.places.add(head)
            return self._names.listed(entry)
        if entry.use == "people" and not modifies and not self._whole_people(hit, start):
            return self._people(entry, head)
        if entry.kind != "state":
            return self._names.listed(entry)
        if entry.use != "people" and self.is_place(head):
            registry.places.add(head)
        return registry.state(entry.key)

    def datelines(self) -> None:
        """Names in capitals at the head of a paragraph and before a dash or bracket are where the report was filed."""
        parse = self._parse
        for first, _ in parse.doc._.paragraphs:
            hit = parse.hits.get(first)
            if hit is not None and parse.texts[first].isupper():
                after = parse.texts[hit.end : hit.end + 8]
                if after[:1] in (["("], [":"]) or any(text in DASHES for text in after):
                    self._registry.places.add(parse.head_of(hit.start, hit.end))

    def _part_of_person(self, head: int) -> bool:
        """Whether a name of a state or town is somebody's: Michael Jordan, Chad Example."""
        parse, names = self._parse, self._roles.first_names
        if head and parse.texts[head - 1] in names and self._describer.is_name(head - 1):
            return parse.heads[head - 1] == head
        after = head + 1
        return (
            parse.texts[head] in names
            and after < len(parse.texts)
            and parse.heads[head] == after
            and self._describer.is_name(after)
        )

    def _people(self, entry: Entry, head: int) -> Draft:
        """People named by their nationality alone."""
        parse = self._parse
        plural = parse.tags[head] in ("NNS", "NNPS") or parse.lowers[head].endswith("s")
        ethnic = head > 0 and parse.lowers[head - 1] == "ethnic"
        owner, _ = self._describer.after(head)
        country = owner.country if owner else None if ethnic else entry.country
        key = ("people", entry.key, country, plural)
        draft = self._registry.by_key.get(key)
        if draft is None:
            draft = Draft(parse.texts[head], "group" if plural else "person", country, ("CVL",), plural=plural)
            draft.parent, draft.fallback, draft.local = self._registry.state_of(country), entry.country, True
            self._registry.new(draft, key)
        return draft

    def _whole_people(self, hit: Hit, start: int) -> bool:
        """Whether a people stands for its state: "the Russians", "Israelis and Palestinians"; not "two Russians"."""
        lower = self._parse.lowers[hit.end - 1]
        if not lower.endswith(("s", "ese", "sh", "ch")) or self._describer.after(hit.end - 1)[0] is not None:
            return False
        if any(self._parse.deps[kid] == "nummod" for kid in self._parse.kids[hit.end - 1]):
            return False
        return start == hit.start or (start == hit.start - 1 and self._parse.lowers[start] == "the")

    def modifies(self, head: int) -> bool:
        """Whether a name only stands before another noun."""
        parse = self._parse
        if parse.tags[head] == "JJ" and head in parse.in_hit and not parse.lowers[head].endswith("s"):
            return True
        up = parse.heads[head] if parse.deps[head] == "conj" else head  # "U.S. and Russian negotiators"
        return parse.heads[up] > head and parse.deps[up] in MODIFIER

    def is_place(self, head: int) -> bool:
        """Whether a name says where something is."""
        parse, roles = self._parse, self._roles
        up = parse.heads[head]
        if parse.deps[head] != "pobj":
            return False
        preposition = parse.lowers[up]
        if preposition == "of" and parse.lemmas[parse.heads[up]] in roles.words["settlements"]:
            return self.is_place(parse.heads[up])
        if preposition in roles.place_prepositions:
            return True
        return preposition in roles.directions and parse.lemmas[parse.heads[up]] in roles.movement
