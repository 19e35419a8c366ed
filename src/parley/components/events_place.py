"""Where a trigger stands: told itself, told as background, or only spoken of inside another event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from parley.components.events_frames import SPOKEN, Lexicon
from parley.components.events_parse import DEPTH, Parse
from parley.components.events_trigger import Trigger

Place = Literal["main", "background", "inside"]


def _finite(parse: Parse, verb: int) -> bool:
    """Whether a verb stands in a tense, without an auxiliary that a bare verb joined to it could share."""
    return parse.tag[verb] in ("VBD", "VBZ", "VBP") and not parse.with_dep(verb, "aux")


def place(parse: Parse, lexicon: Lexicon, trigger: Trigger, above: Mapping[int, Trigger]) -> Place:
    """Where a trigger stands: told itself, told as background, or only spoken of inside another event.

    A noun is inside whatever verb makes an event of it. A verb is inside what is done in words ("threatened to
    attack"), a purpose ("sent troops to capture the town"), a ground ("arrested for attacking") or a condition.
    """
    lists, i = lexicon.lists, trigger.token
    nominal = trigger.kind not in ("verb", "duty")
    for _ in range(DEPTH):
        dep, up = parse.dep[i], parse.head[i]
        if up == i:
            return "main"
        other = above.get(up)
        if other is trigger or (nominal and other is not None and other.token != up):
            other = None  # a noun beside another noun of the same verb ("criticism and condemnation")
        infinitive = dep in ("advcl", "acl", "xcomp") and parse.infinitive(i)
        if dep == "advcl" and not infinitive:
            marks = {parse.word[k] for k in parse.with_dep(i, "mark", "advmod")}
            return "inside" if other is not None and marks & lists["conditional"] else "background"
        if dep in ("relcl", "parataxis") or (dep == "acl" and not infinitive):
            return "background"
        if infinitive and dep != "xcomp" and parse.lemma[up] not in lists["planned"]:
            return "inside"
        if dep == "conj" and parse.tag[i] == "VB" and not parse.infinitive(i) and _finite(parse, up):
            dep = "ccomp"  # "insisted that Y leave and pay": the parser joins the last verb to the first
        if dep == "prep" and parse.word[i] == "from" and parse.lemma[up] in lists["hinder"]:
            return "inside"
        if other is not None and dep != "conj":
            ground = dep == "prep" and parse.word[i] == "for"
            spoken = other.kind == "duty" or other.frame.type in SPOKEN
            if nominal or ground or spoken or (infinitive and dep == "xcomp"):
                return "inside"
        i = up
    return "main"
