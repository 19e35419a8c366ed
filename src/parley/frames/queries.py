"""Questions that no analysis answers: rows of single articles with names in the place of ids."""

from __future__ import annotations

EVENTS = """
WITH called AS (SELECT article_id, map_from_entries(list((actor_id, name))) AS names FROM actors GROUP BY article_id)
SELECT e.article_id, e.event_id, e.type, e.mode, e.contexts, e.status,
    list_transform(e.actors, lambda one: names[one]) AS actors,
    list_transform(e.recipients, lambda one: names[one]) AS recipients,
    e.date_value AS date, e.date_precision, e.date_basis, a.outlet, a.published, t.sourcing,
    t.source_words AS source, e.evidence_words AS words, e.trigger_words AS trigger, e.evidence
FROM events e JOIN articles a USING (article_id) LEFT JOIN called USING (article_id)
LEFT JOIN attributions t ON t.article_id = e.article_id AND t.attribution_id = e.attribution
ORDER BY e.date_value NULLS LAST, e.article_id, e.n
"""
POSITIONS = """
WITH called AS (SELECT article_id, map_from_entries(list((actor_id, name))) AS names FROM actors GROUP BY article_id)
SELECT p.article_id, p.position_id, names[p.party] AS party, p.act, p.issue, p.polarity, p.layer,
    list_transform(p.addressees, lambda one: names[one]) AS addressees, p.hedged, p.condition,
    p.date_value AS date, p.date_precision, p.date_basis, a.outlet, a.published, t.sourcing,
    t.source_words AS source, p.topic_words AS topic, p.evidence_words AS quotation, p.evidence AS spans
FROM positions p JOIN articles a USING (article_id) LEFT JOIN called USING (article_id)
LEFT JOIN attributions t ON t.article_id = p.article_id AND t.attribution_id = p.attribution
ORDER BY p.article_id, p.n
"""
ARTICLES = "SELECT * EXCLUDE (text) FROM articles ORDER BY published NULLS LAST, article_id"
