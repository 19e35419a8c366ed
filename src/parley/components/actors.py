"""Actors: who the article names, by names, offices, titles, peoples and pronouns, with country and sector.

The user's files (config key ``files``) are TOML:

    [[actors]]
    name = "Gulf Transit Union"     the listed name
    aliases = ["GTU"]               further names, all matched as written
    country = "IGO"                 ISO 3166 alpha-3, or IGO, NGO, MNC
    sectors = ["BUS"]               PLOVER codes
    kind = "organisation"           state, organisation, person or group
    wikidata = "Q1"

Only ``name`` must be there. The user's names win over the shipped ones.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from parley.components.actors_lexicon import PLACE, lexicon
from parley.components.actors_parse import parse
from parley.components.actors_registry import Draft, Registry
from parley.components.actors_resolve import Resolver
from parley.components.actors_roles import roles
from parley.components.mentions import MentionIndex
from parley.model import Actor

NAME = "parley_actors"


@Language.factory(
    NAME, requires=["token.dep", "token.tag"], assigns=["doc._.actors", "doc._.mentions"], default_config={"files": []}
)
def make_actors(nlp: Language, name: str, files: list[str]) -> Actors:
    """The component."""
    return Actors(nlp, files)


class Actors:
    """Finds the actors of a doc and their mentions."""

    def __init__(self, nlp: Language, files: list[str]) -> None:
        """Load the lists and register the extensions.

        Raises:
            CodebookError: one of the user's files says something wrong.
        """
        Doc.set_extension("actors", default=(), force=True)
        Doc.set_extension("mentions", default=MentionIndex(), force=True)
        self._lexicon = lexicon(lambda text: [token.text for token in nlp.tokenizer(text)], files)
        self._roles = roles()

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.actors`` and ``doc._.mentions``."""
        registry = Resolver(parse(doc, self._lexicon), self._roles, self._lexicon.states).run()
        doc._.actors, doc._.mentions = _finished(doc, registry)
        return doc


def _finished(doc: Doc, registry: Registry) -> tuple[tuple[Actor, ...], MentionIndex]:
    """The actors in the order of their first mention, and the index of their mentions."""
    drafts = sorted((draft for draft in registry.order if draft.spans), key=lambda draft: min(draft.spans))
    ids = {id(draft): f"a{number}" for number, draft in enumerate(drafts, 1)}
    actors = {ids[id(draft)]: _actor(doc, ids[id(draft)], draft) for draft in drafts}
    parents = {ids[id(d)]: ids[id(d.parent)] for d in drafts if d.parent is not None and id(d.parent) in ids}
    by_head = {head: ids[id(draft)] for head, draft in sorted(registry.by_head.items())}
    groups = {
        head: tuple(ids[id(d)] for d in members if id(d) in ids) for head, members in sorted(registry.groups.items())
    }
    index = MentionIndex(
        actors=actors,
        by_token=_by_token(registry, ids),
        by_head=by_head,
        parents=parents,
        groups=groups,
        places=frozenset(registry.places),
        towns=frozenset(ids[id(d)] for key, d in registry.by_key.items() if _is_town(key) and id(d) in ids),
        whose={head: ids[id(draft)] for head, draft in sorted(registry.whose.items()) if id(draft) in ids},
        spans=dict(sorted(registry.span_of.items())),
    )
    return tuple(actors.values()), index


def _is_town(key: object) -> bool:
    """Whether a registry key is that of a listed town, region or water."""
    return isinstance(key, str) and key.startswith(PLACE)


def _by_token(registry: Registry, ids: dict[int, str]) -> dict[int, str]:
    """The innermost mention's actor for each token: the longest spans are written first."""
    spans = [
        (span, ids[id(registry.by_head[head])]) for head, span in registry.span_of.items() if head in registry.by_head
    ]
    spans.sort(key=lambda item: (item[0][0] - item[0][1], item[0]))
    return {token: actor for (start, end), actor in spans for token in range(start, end)}


def _actor(doc: Doc, actor_id: str, draft: Draft) -> Actor:
    """The finished actor, its mentions as code points of the doc's text."""
    mentions = tuple((doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for start, end in sorted(set(draft.spans)))
    return Actor(actor_id, draft.name, mentions, draft.country, draft.sectors, draft.kind, draft.wikidata)
