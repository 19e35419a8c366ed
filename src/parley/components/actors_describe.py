"""What the words around a noun say of the actor it names: country, sector, whose it is, gender."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from parley.components.actors_lexicon import Hit
from parley.components.actors_parse import NAME_TAGS, OF, Parse
from parley.components.actors_registry import Draft, Registry
from parley.components.actors_roles import Roles

Visit = Callable[[int], Draft | None]
DEFINITE = frozenset(("the", "this", "that", "these", "those"))
STRONGER = frozenset(("REB", "OPP"))
"""Sectors of a modifier that outweigh the noun's own: rebel soldiers, opposition lawmakers."""


@dataclass(frozen=True)
class Description:
    """What a noun phrase says of its actor."""

    start: int
    """First token of the phrase."""
    words: tuple[str, ...] = ()
    """Role words before the noun, lower case."""
    joint: tuple[Draft, ...] = ()
    """The two owners of "French and Egyptian warships"."""
    parent: Draft | None = None
    sector: str = ""
    """The sector that the words before the noun give."""
    gender: str = ""
    former: bool = False
    definite: bool = False
    titled: bool = False
    """Whether a title or role noun stands before a name."""
    title: str = ""
    """The last title before a name: a role noun, or the sector of a title such as Gen."""

    @property
    def country(self) -> str | None:
        """The country that the words before the noun give."""
        return self.parent.country if self.parent else None


@dataclass(slots=True)
class _Words:
    """What has been gathered from the words before a noun."""

    start: int = 0
    words: list[str] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    owners: list[Draft] = field(default_factory=list)
    owner: Draft | None = None
    weak_owner: Draft | None = None
    gender: str = ""
    former: bool = False
    titled: bool = False
    title: str = ""
    joint: bool = False

    def own(self, draft: Draft | None, *, weak: bool) -> None:
        """Note whose the noun is; an ethnic group gives way to a state."""
        if draft is None:
            return
        if weak:
            self.weak_owner = draft
        else:
            self.owner = draft
            self.owners.append(draft)


class Describer:
    """Reads the words before and after a noun."""

    def __init__(self, parse: Parse, registry: Registry, roles: Roles, visit: Visit) -> None:
        """Keep the doc's parse, the actors so far, and the step that resolves another token."""
        self._parse, self._registry, self._roles, self._visit = parse, registry, roles, visit
        self._rank = {sector: k for k, sector in enumerate(dict.fromkeys(roles.modifiers.values()))}

    def describe(self, noun: int, head: int, *, names: bool = False) -> Description:
        """The description of the noun phrase around ``head`` whose noun or name begins at token ``noun``.

        With ``names`` the words before are a person's titles: the last role word among them is the noun.
        """
        parse, roles = self._parse, self._roles
        start = parse.left(head)
        found = _Words()
        i = start
        while i < noun:
            hit = parse.hits.get(i)
            if hit is not None and hit.end <= noun:
                self._known(found, hit)
                i = hit.end
                continue
            if parse.deps[i] == "poss" and parse.tags[i] != "POS":
                found.own(self._visit(i), weak=False)
            self._word(found, i, names)
            if parse.tags[i] == "POS":
                found.words.clear()  # what stands before is the owner's
            i += 1
        return Description(
            start,
            tuple(found.words),
            tuple(found.owners) if found.joint and len(found.owners) == 2 else (),
            found.owner or found.weak_owner,
            min(found.sectors, key=lambda s: self._rank.get(s, 99), default=""),
            found.gender,
            found.former,
            parse.lowers[start] in DEFINITE,
            found.titled,
            roles.title_sectors.get(found.title) or found.title,
        )

    def _word(self, found: _Words, i: int, names: bool) -> None:
        """Note what one word before the noun says."""
        parse, roles = self._parse, self._roles
        lower, lemma = parse.lowers[i], parse.lemmas[i]
        found.former = found.former or lower in roles.former
        found.gender = found.gender or roles.genders.get(lower, "")
        found.joint = found.joint or lower in ("and", "&")
        if i > found.start and parse.texts[i - 1] == "-" and lemma == "general":
            return  # a secretary-general is no soldier
        role = roles.is_role(lemma)
        if names and (role or lower in roles.titles):
            found.titled = True
            if role or lower in roles.title_sectors:
                found.title = lower if lower in roles.title_sectors else lemma
                found.words.append(lemma)
        elif role:
            found.words.append(lemma)
        if lower in roles.modifiers:
            found.sectors.append(roles.modifiers[lower])
            if not role:
                found.words.append(lower)

    def _known(self, found: _Words, hit: Hit) -> None:
        """Note a known name before the noun."""
        owner = self._owner(hit.start, hit.end)
        found.own(owner, weak=hit.entry.ethnic)
        if hit.start > found.start and self._parse.lowers[hit.start - 1] not in ("and", "&"):
            found.owners[:-1] = []

    def _owner(self, start: int, end: int) -> Draft | None:
        """The actor of a known name before a noun, unless a hyphen makes it somebody else's."""
        texts, words = self._parse.lowers, self._roles.words
        head = self._parse.head_of(start, end)
        backed = end + 1 < len(texts) and texts[end] == "-" and texts[end + 1] in words["joined"]
        against = start > 1 and texts[start - 1] == "-" and texts[start - 2] in words["against"]
        owner = self._visit(head)
        if backed or against:
            self._registry.others.add(head)
            return None
        return owner

    def noun_before(self, head: int) -> Draft | None:
        """The actor of a role noun that stands before another noun: the army of "Syrian army positions"."""
        parse, i = self._parse, head - 1
        if i < 0 or parse.heads[i] != head or parse.deps[i] != "compound" or not self._roles.is_role(parse.lemmas[i]):
            return None
        return self._visit(i)

    def after(self, head: int, prepositions: frozenset[str] = OF) -> tuple[Draft | None, int]:
        """Whose a noun is by the words after it ("of Hamas", "in Nairobi"), and the token after them."""
        parse = self._parse
        end = head + 1
        found: Draft | None = None
        for kid in parse.kids[head]:
            if kid < end:
                continue
            if parse.deps[kid] == "acl" and parse.lemmas[kid] in self._roles.words["located"]:
                for preposition in parse.kids[kid]:
                    found = found or self._object(preposition, prepositions)[0]
            elif kid == end and (owner := self._object(kid, prepositions))[0] is not None:
                found, end = found or owner[0], owner[1]
        return found, end

    def _object(self, preposition: int, wanted: frozenset[str]) -> tuple[Draft | None, int]:
        """The actor that follows a preposition, and the token after its mention."""
        parse = self._parse
        if parse.deps[preposition] == "prep" and parse.lowers[preposition] in wanted:
            for inner in parse.kids[preposition]:
                if parse.deps[inner] == "pobj" and inner - preposition < 12 and (owner := self._visit(inner)):
                    return owner, self._registry.span_of.get(inner, (0, inner + 1))[1]
        return None, 0

    def tail(self, noun: int) -> tuple[str, ...]:
        """The noun with a bare "of" phrase, by which it may be called again: "chief of staff"."""
        parse = self._parse
        after = parse.lowers[noun + 1 : noun + 3]
        if len(after) < 2 or after[0] != "of" or parse.tags[noun + 2] not in ("NN", "NNS"):
            return ()
        return (f"{parse.lemmas[noun]} of {after[1]}",)

    def sectors(self, lemma: str, description: Description, parent: Draft | None) -> tuple[str, ...]:
        """The sectors of a noun with its description."""
        roles = self._roles
        phrase = f"{description.words[-1]} {lemma}" if description.words else lemma
        own = roles.nouns.get(phrase) or roles.nouns.get(lemma, "")
        if phrase != lemma and phrase in roles.nouns:
            return (own,)
        inherited = parent.sectors if parent is not None and parent.kind != "state" else ()
        if lemma in roles.weak:
            found = description.sector or (inherited[0] if inherited else "") or own or roles.weak[lemma]
            if parent is not None and parent.country in ("IGO", "NGO", "MNC") and not description.sector and not own:
                found = inherited[0] if inherited else ""
        else:
            found = description.sector if description.sector in STRONGER else own
        if description.former and found in ("GOV", "LEG", "PTY"):
            return (roles.former_sector, found)
        return (found,) if found else ()

    def is_name(self, i: int) -> bool:
        """Whether a token is part of a name that no list holds."""
        parse = self._parse
        return (
            parse.tags[i] in NAME_TAGS
            and i not in parse.in_hit
            and parse.texts[i][:1].isupper()
            and not self._roles.is_role(parse.lemmas[i])
        )
