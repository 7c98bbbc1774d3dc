"""All Cypher of the search inside Neo4j.

What is searched of a cut stands in a node of its own, `(:Search {words, vector})-[:FINDS]->(:Cut)`, so that whoever
asks for a cut does not carry its vector along. `words` are the terms of `retrieval.describing`, with blanks between.
"""

from __future__ import annotations

from typing import Final

WORDS_INDEX: Final = """CREATE FULLTEXT INDEX cutgraph_words IF NOT EXISTS FOR (n:Search) ON EACH [n.words]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"""

VECTOR_INDEX: Final = """CREATE VECTOR INDEX cutgraph_vectors IF NOT EXISTS FOR (n:Search) ON (n.vector)
OPTIONS {indexConfig: {`vector.dimensions`: $dimension, `vector.similarity_function`: 'cosine'}}"""

DROP_VECTORS: Final = "DROP INDEX cutgraph_vectors IF EXISTS"

STATES: Final = """SHOW INDEXES YIELD name, state, populationPercent
WHERE name IN ['cutgraph_words', 'cutgraph_vectors']
RETURN name, state, populationPercent AS percent"""

MODEL: Final = "MATCH (g:CutGraph:Record {id: 'cutgraph'}) RETURN g.search_model AS model"

SET_MODEL: Final = "MATCH (g:CutGraph:Record {id: 'cutgraph'}) SET g.search_model = $model"

FORGET: Final = "MATCH (n:Search) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"

MISSING: Final = """MATCH (c:Cut) WHERE c.status <> 'rejected' AND NOT EXISTS { (c)<-[:FINDS]-(:Search) }
RETURN c ORDER BY c.id LIMIT $limit"""

COUNT_MISSING: Final = (
    """RETURN COUNT { MATCH (c:Cut) WHERE c.status <> 'rejected' } - COUNT { MATCH (n:Search) } AS missing"""
)

KEEP: Final = """MATCH (g:CutGraph:Record {id: 'cutgraph'}) SET g.indexed = coalesce(g.indexed, 0) + 1
WITH g UNWIND $rows AS row
MATCH (c:Cut:Record {id: row.id}) WHERE NOT EXISTS { (c)<-[:FINDS]-(:Search) }
CREATE (n:Search {words: row.words})-[:FINDS]->(c)
WITH n, row WHERE row.vector IS NOT NULL
CALL db.create.setNodeVectorProperty(n, 'vector', row.vector)"""

NAMES: Final = """RETURN COLLECT { MATCH (p:Paper) WHERE p.reading_key IS NOT NULL AND p.collaboration <> ''
                 RETURN DISTINCT p.collaboration } AS collaborations,
       COLLECT { MATCH (c:Cut) RETURN DISTINCT c.applies_when } AS conditions,
       COUNT { MATCH (n:Search) } AS cuts"""

KNOWN: Final = """UNWIND range(0, size($terms) - 1) AS n
WITH n, $terms[n] AS term
CALL (term) { CALL db.index.fulltext.queryNodes('cutgraph_words', term, {limit: 1000}) YIELD node
              RETURN count(node) AS having }
RETURN having ORDER BY n"""

CANDIDATES: Final = """CALL () {
  CALL db.index.fulltext.queryNodes('cutgraph_words', $words, {limit: $limit}) YIELD node, score
  RETURN node, score AS text, 0.0 AS left, 0.0 AS likeness
UNION ALL
  WITH 1 AS one WHERE $left <> ''
  CALL db.index.fulltext.queryNodes('cutgraph_words', $left, {limit: $limit}) YIELD node, score
  RETURN node, 0.0 AS text, score AS left, 0.0 AS likeness
UNION ALL
  WITH 1 AS one WHERE $vector IS NOT NULL
  CALL db.index.vector.queryNodes('cutgraph_vectors', $limit, $vector) YIELD node, score
  RETURN node, 0.0 AS text, 0.0 AS left, 2 * score - 1 AS likeness
UNION ALL
  UNWIND $papers AS id
  MATCH (:Paper:Record {id: id})-[:STATES]->(:Cut)<-[:FINDS]-(node:Search)
  RETURN node, 0.0 AS text, 0.0 AS left, 0.0 AS likeness
}
WITH node, max(text) AS text, max(left) AS left, max(likeness) AS likeness
MATCH (node)-[:FINDS]->(c:Cut)<-[:STATES]-(p:Paper)
RETURN c, p.collaboration AS collaboration, p.title AS title, text, left, likeness"""
"""The cuts that full text and vectors find, and all cuts of the papers that the question names, in one round trip."""
