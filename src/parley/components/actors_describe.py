"""What the words around a noun say of the actor it names: country, sector, whose it is, gender."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from parley.components.actors_parse import NAME_TAGS, OF, Parse
from parley.components.actors_registry import Draft, Registry
from parley.components.actors_roles import Roles

Visit = Callable[[int], Draft | None]
STRONGER = frozenset(("REB", "OPP"))
"""Sectors of a modifier that outweigh the noun's own: rebel soldiers, opposition lawmakers."""


@dataclass(frozen=True)
class Description:
    """What a noun phrase says of its actor."""

    start: int
    """First token of the phrase."""
    words: tuple[str, ...] = ()
    """Role words before the noun, lower case."""
    country: str | None = None
    parent: Draft | None = None
    sector: str = ""
    """The sector that the words before the noun give."""
    gender: str = ""
    former: bool = False
    definite: bool = False
    titled: bool = False
    """Whether a title or role noun stands before a name."""


class Describer:
    """Reads the words before and after a noun."""

    def __init__(self, parse: Parse, registry: Registry, roles: Roles, visit: Visit) -> None:
        """Keep the doc's parse, the actors so far, and the step that resolves another token."""
        self._parse, self._registry, self._roles, self._visit = parse, registry, roles, visit
        self._rank = {sector: k for k, sector in enumerate(dict.fromkeys(roles.modifiers.values()))}

    def describe(self, noun: int, head: int, *, names: bool = False) -> Description:
        """The description of the noun phrase around ``head`` whose noun or name begins at token ``noun``."""
        parse, roles = self._parse, self._roles
        start = parse.left(head)
        words: list[str] = []
        sectors: list[str] = []
        parent: Draft | None = None
        gender, former, titled = "", False, False
        i = start
        while i < noun:
            hit = parse.hits.get(i)
            if hit is not None and hit.end <= noun:
                parent = self._owner(hit.start, hit.end) or parent
                i = hit.end
                continue
            lower, lemma = parse.lowers[i], parse.lemmas[i]
            if parse.deps[i] == "poss" and parse.tags[i] != "POS":
                parent = self._visit(i) or parent
            former = former or lower in roles.former
            gender = gender or roles.genders.get(lower, "")
            if names and roles.is_title(lemma):
                titled = True
                sectors.append(roles.title_sectors.get(lower) or roles.nouns.get(lemma) or roles.weak.get(lemma, ""))
            if lower in roles.modifiers or lemma in roles.nouns or lemma in roles.weak:
                words.append(lemma)
                if lower in roles.modifiers:
                    sectors.append(roles.modifiers[lower])
            titled = titled or (names and lower in roles.titles)
            i += 1
        definite = parse.lowers[start] in ("the", "this", "that", "these", "those")
        sector = min((s for s in sectors if s), key=lambda s: self._rank.get(s, 99), default="")
        country = parent.country if parent else None
        return Description(start, tuple(words), country, parent, sector, gender, former, definite, titled)

    def _owner(self, start: int, end: int) -> Draft | None:
        """The actor of a known name before a noun, unless a hyphen makes it somebody else's."""
        texts, words = self._parse.lowers, self._roles.words
        if end + 1 < len(texts) and texts[end] == "-" and texts[end + 1] in words["joined"]:
            return None
        if start > 1 and texts[start - 1] == "-" and texts[start - 2] in words["against"]:
            return None
        return self._visit(self._parse.head_of(start, end))

    def after(self, head: int, prepositions: frozenset[str] = OF) -> tuple[Draft | None, int]:
        """Whose a noun is by the words after it ("of Hamas", "in Nairobi"), and the token after them."""
        parse = self._parse
        end = head + 1
        found: Draft | None = None
        for kid in parse.kids[head]:
            if kid != end or parse.deps[kid] != "prep" or parse.lowers[kid] not in prepositions:
                continue
            for inner in parse.kids[kid]:
                if parse.deps[inner] == "pobj" and inner - kid < 12:
                    owner = self._visit(inner)
                    if owner is not None:
                        found = found or owner
                        end = self._registry.span_of.get(inner, (0, inner + 1))[1]
        return found, end

    def sectors(self, lemma: str, description: Description, parent: Draft | None) -> tuple[str, ...]:
        """The sectors of a noun with its description."""
        roles = self._roles
        own = roles.nouns.get(lemma, "")
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
