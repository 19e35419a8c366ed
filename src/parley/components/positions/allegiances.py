"""For whom a person or a nameless group stands that the actors component leaves without a party.

"Government delegate Ana Ruiz" stands for the state whose government the doc tells of, "rebel commander Jo Park" for the
rebels, "the guerrillas" for the armed movement that the doc names, "Minister Li said Oslo would not sign" for Oslo.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from parley.components.mentions import MentionIndex
from parley.components.positions.cues import Cues
from parley.components.positions.homes import AGAINST_STATE, named
from parley.components.positions.speech import Speech
from parley.components.positions.tree import Tree
from parley.model import Actor

NEAR = 14
"""Tokens before and after a name in which what describes it stands."""
COMING = frozenset({"will", "would", "'d", "'ll", "wo", "shall"})
MOST = 40
"""Paragraphs that begin with a party, and mentions in one sentence, that are looked at."""
DATELINE = 12
"""Tokens at the start of a paragraph in which the place of a dateline stands."""
SELF = 60
"""Tokens of one person's words in which the own party is looked for."""
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP", "PART", "PRON", "NUM"})
MIRRORED = frozenset({"counterpart", "guest", "host", "rival"})
"""Nouns of a person of the other side."""
DASHES = frozenset({"—", "–", "--", "-"})

Root = Callable[[str], str]


def find(tree: Tree, index: MentionIndex, speech: Speech, cues: Cues, root: Root) -> Mapping[str, str]:
    """The actor that each such person or group stands for.

    Args:
        tree: the parse.
        index: the actors of the doc.
        speech: its attributions.
        cues: the word lists.
        root: the party of an actor as far as it is known.
    """
    found = dict(_groups(index, cues))
    heads: dict[str, list[int]] = {}
    for token, named_one in index.by_head.items():
        heads.setdefault(named_one, []).append(token)
    words = _Words(tree, index, cues, root, _government(index, root), _movement(index, found))
    states = _States(tree, index, root)
    self_named = _self_named(tree, index, speech, root)
    home = _dateline(tree, index)
    sections = _sections(tree, index, root)
    for actor in index.actors.values():
        if actor.id in sections and actor.sectors[:1] == ("GOV",):
            found[actor.id] = sections[actor.id]
        if actor.kind not in ("person", "organisation") or actor.wikidata is not None:
            continue
        guessed = states.guessed(actor.id, heads.get(actor.id, []), words)
        if guessed is not None:
            found[actor.id] = guessed
        if actor.kind != "person" or guessed is not None:
            continue
        told = words.describe(actor.id, heads.get(actor.id, []))
        if told is None and actor.country is not None and root(actor.id) != actor.id:
            continue
        told = (
            told
            or sections.get(actor.id)
            or self_named.get(actor.id)
            or (home if actor.sectors[:1] == ("GOV",) and actor.country is None else None)
        )
        if told is not None and told != actor.id:
            found[actor.id] = told
    found.update(_aliases(index, found, root))
    return found


def opposed(actor: Actor) -> bool:
    """Whether an actor stands against its state."""
    return bool(AGAINST_STATE.intersection(actor.sectors[:1]))


# ---------------------------------------------------------------- groups
def _groups(index: MentionIndex, cues: Cues) -> Mapping[str, str]:
    """For each nameless movement: the only named one that the doc tells of, else the first nameless one."""
    actors = [a for a in index.actors.values() if opposed(a) and a.kind != "person"]
    proper = [a for a in actors if a.kind == "organisation" and named(a.name)]
    found: dict[str, str] = {}
    rest = [a for a in actors if not named(a.name) and _last(a) in cues.list("movements.nouns")]
    if len(proper) == 1:
        kind = proper[0].sectors[:1]
        for actor in rest:
            apart = _last(actor) in cues.list("movements.loyal") and actor.sectors[:1] != kind
            found[actor.id] = actor.id if apart else proper[0].id
    elif rest and not proper:
        found.update((actor.id, rest[0].id) for actor in rest[1:])
    return found


def _last(actor: Actor) -> str:
    return actor.name.lower().split()[-1].removesuffix("'s") if actor.name.strip() else ""


def _government(index: MentionIndex, root: Root) -> str | None:
    """The state whose government the doc tells of most."""
    counts: Counter[str] = Counter()
    for actor in index.actors.values():
        above = root(actor.id)
        if actor.kind == "organisation" and "government" in actor.name.lower() and index.actors[above].kind == "state":
            counts[above] += len(actor.mentions)
    if counts:
        return counts.most_common(1)[0][0]
    places = {a.country for a in index.actors.values() if opposed(a) and a.country}
    states = [a.id for a in index.actors.values() if a.kind == "state" and a.country in places]
    return states[0] if len(states) == 1 else None


def _movement(index: MentionIndex, groups: Mapping[str, str]) -> str | None:
    """The armed movement or opposition of the doc, if there is one only."""
    actors = [a for a in index.actors.values() if opposed(a) and a.kind != "person"]
    roots = Counter(groups.get(a.id, a.id) for a in actors for _ in a.mentions)
    if not roots:
        return None
    (first, count), *more = roots.most_common(2)
    return first if not more or more[0][1] * 2 <= count or more[0][0] in groups else None


# ---------------------------------------------------------------- persons
class _Words:
    """What the words beside a person's name say."""

    def __init__(
        self, tree: Tree, index: MentionIndex, cues: Cues, root: Root, government: str | None, movement: str | None
    ) -> None:
        self.tree, self.index, self.cues, self.root = tree, index, cues, root
        self.government, self.movement = government, movement

    def describe(self, person: str, heads: Sequence[int]) -> str | None:
        """The party that stands beside the person's first mentions; the one that is known, if it is among them."""
        known = self.root(person)
        for head in heads[:4]:
            told = [party for token in self._beside(head) if (party := self._party(person, token)) is not None]
            if told:
                return known if known in told else told[0]
        return None

    def _beside(self, head: int) -> list[int]:
        """The tokens of the phrases around a name, the nearest first: before it, and in apposition after it."""
        tree = self.tree
        start, end = self.index.spans.get(head, (head, head + 1))
        before = start - 1
        if before >= 0 and tree.text[before] == ",":
            before -= 1
        tokens = list(range(end - 1, start - 1, -1))
        for t in range(before, max(before - NEAR, -1), -1):
            if tree.pos[t] not in NOMINAL and not (tree.text[t][:1].isupper() and t > 0 and tree.text[t - 1] != "."):
                break
            tokens.append(t)
        if end < len(tree) and tree.text[end] == ",":
            for t in range(end + 1, min(end + NEAR, len(tree))):
                if tree.pos[t] not in NOMINAL:
                    break
                tokens.append(t)
        return [] if any(tree.lemma[t] in MIRRORED for t in tokens) else tokens

    def _party(self, person: str, token: int) -> str | None:
        word = self.tree.lower[token]
        if word in self.cues.list("movements.adjectives"):
            return self.movement
        actor = self.index.by_head.get(token) or self.index.by_token.get(token)
        if actor is not None and actor != person and not self._away(token):
            above = self.root(actor)
            known = self.index.actors[above]
            if above != person and (known.kind in ("state", "organisation") or opposed(known)):
                return above if known.sectors[:1] not in (("MED",), ("JUD",)) else None
        return self.government if word == "government" else None

    def _away(self, token: int) -> bool:
        """Whether a name says where to or about whom: "envoy to Oslo", "negotiator on Cyprus"."""
        above = self.tree.head[token]
        return self.tree.dep[token] == "pobj" and self.tree.lower[above] not in ("of", "from", "by")


class _States:
    """Offices whose state was only guessed from what else stands near them, and wrongly."""

    def __init__(self, tree: Tree, index: MentionIndex, root: Root) -> None:
        self.tree, self.index, self.root = tree, index, root
        self.tokens: dict[str, list[int]] = {}
        for token, actor in sorted(index.by_head.items()):
            if index.actors[actor].kind == "state":
                self.tokens.setdefault(actor, []).append(token)
        self.ranked = sorted(self.tokens, key=lambda a: (-len(self.tokens[a]), self.tokens[a][0]))

    def guessed(self, actor: str, heads: Sequence[int], words: _Words) -> str | None:
        """The state that an office belongs to rather than to the one that it was given."""
        state = self.root(actor)
        if (
            state == actor
            or state not in self.tokens
            or named(self.index.actors[actor].name)
            != (self.index.actors[actor].kind == "person" and named(self.index.actors[actor].name))
        ):
            return None
        if not heads or not self.ranked or words.describe(actor, heads) is not None:
            return None
        top = self.ranked[0]
        if len(self.ranked) > 1 and state in self.ranked[:2] and self._acts_on(heads[0], state):
            return self.ranked[1] if state == top else top
        return None

    def _acts_on(self, head: int, state: str) -> bool:
        """Whether a sentence names the state only as what its subject acts on: "the president broke with Oslo"."""
        tree = self.tree
        verb = tree.head[head]
        if tree.dep[head] != "nsubj" or tree.pos[verb] != "VERB":
            return False
        tokens = self.tokens[state]
        inside = tokens[bisect_left(tokens, tree.left[verb]) : bisect_left(tokens, tree.right[verb])][:MOST]
        return bool(inside) and all(t > verb and self._object(t, verb) for t in inside)

    def _object(self, token: int, verb: int) -> bool:
        """Whether a name stands in an object or a phrase of a verb, in no clause below it."""
        below = token
        for above in self.tree.up(token, 6):
            if self.tree.dep[below] in ("ccomp", "advcl", "xcomp", "relcl", "nsubj", "nsubjpass", "acl", "conj"):
                return False
            if above == verb:
                return self.tree.dep[below] in ("dobj", "prep", "dative", "oprd")
            below = above
        return False


def _self_named(tree: Tree, index: MentionIndex, speech: Speech, root: Root) -> Mapping[str, str]:
    """The state of which a speaker says what it will do: "Oslo would not sign, the minister said"."""
    votes: dict[str, Counter[str]] = {}
    for attribution in speech.attributions:
        speaker = attribution.speaker
        if speaker is None or speaker not in index.actors or index.actors[speaker].kind != "person":
            continue
        for start, end in speech.ranges(attribution.content):
            for t in range(start, min(end, start + SELF)):
                actor = index.by_head.get(t)
                if actor is None or tree.dep[t] not in ("nsubj", "nsubjpass") or root(actor) == speaker:
                    continue
                above = root(actor)
                verb = tree.head[t]
                ready = tree.child(verb, "acomp")
                said = any(tree.lower[c] in COMING for c in tree.children[verb]) or (
                    ready is not None and tree.lower[ready] in ("ready", "prepared", "willing", "open")
                )
                if said and index.actors[above].kind == "state":
                    votes.setdefault(speaker, Counter())[above] += 1
    return {speaker: counts.most_common(1)[0][0] for speaker, counts in votes.items()}


def _dateline(tree: Tree, index: MentionIndex) -> str | None:
    """The state from which the doc is written, if it is one of the two that the doc names most."""
    counts = Counter(a for a in index.by_head.values() if index.actors[a].kind == "state")
    most = [actor for actor, _ in counts.most_common(2)]
    for start, end in tree.doc._.paragraphs:
        stop = next((t for t in range(start, min(start + DATELINE, end)) if tree.text[t] in DASHES), None)
        if stop is None or not tree.text[start].isupper():
            continue
        for t in range(start, stop):
            actor = index.by_head.get(t) or index.by_token.get(t)
            country = index.actors[actor].country if actor is not None else None
            states = [a for a in most if country is not None and index.actors[a].country == country]
            if states:
                return states[0]
        return None
    return None


def _sections(tree: Tree, index: MentionIndex, root: Root) -> dict[str, str]:
    """For actors first named in a paragraph that begins with a party and a colon ("Oslo: ..."): that party."""
    opened = []
    for start, end in tree.doc._.paragraphs:
        colon = next((t for t in range(start, min(start + 4, end)) if tree.text[t] == ":"), None)
        actor = index.by_head.get(colon - 1) if colon is not None and colon > start else None
        if actor is not None and index.actors[root(actor)].kind in ("state", "organisation"):
            opened.append((tree.starts[start], tree.starts[end - 1], root(actor)))
    found: dict[str, str] = {}
    opened = opened[:MOST]
    for actor_ in index.actors.values() if opened else ():
        first = min(actor_.mentions)[0] if actor_.mentions else -1
        for begin, last, party in opened:
            if begin < first <= last and actor_.country is None and actor_.kind in ("person", "organisation"):
                found[actor_.id] = party
    return found


def _aliases(index: MentionIndex, found: Mapping[str, str], root: Root) -> dict[str, str]:
    """For a person named by one word: the party of the only person whose name has that word."""
    by_word: dict[str, list[str]] = {}
    for actor in index.actors.values():
        if actor.kind == "person":
            for word in dict.fromkeys(actor.name.split()):
                by_word.setdefault(word, []).append(actor.id)
    aliases: dict[str, str] = {}
    for actor in index.actors.values():
        if actor.kind == "person" and " " not in actor.name and actor.id not in found:
            others = [a for a in by_word.get(actor.name, []) if a != actor.id]
            if len(others) == 1 and root(actor.id) == actor.id:
                above = found.get(others[0]) or root(others[0])
                if above != actor.id:
                    aliases[actor.id] = above
    return aliases
