"""What one transaction of readings does, in the order in which it does it."""

from __future__ import annotations

from typing import Final, LiteralString

from kg.records import RELATIONS

LOCK: Final = """MATCH (g:CutGraph:Record {id: 'cutgraph'})
SET g.commits = g.commits + 1
WITH g
RETURN COUNT { MATCH (n:Missing) } AS missing,
       COLLECT { UNWIND $papers AS id MATCH (p:Paper:Record {id: id}) WHERE p.reading_key IS NOT NULL
                 RETURN [id, p.reading_key] } AS keys,
       COLLECT { UNWIND $aliases AS id MATCH (a:Alias:Record {id: id}) RETURN a } AS aliases"""
"""Every transaction that writes begins with it. The node stays locked to the end, so writers come one after the other
and none of them can meet another's half-done work; the number it counts up tells readers that the graph changed."""

ALIASES: Final = "UNWIND $aliases AS id MATCH (a:Alias:Record {id: id}) RETURN a"

OLD: Final = """UNWIND $papers AS id
MATCH (p:Paper:Record {id: id})
RETURN p, COLLECT { MATCH (p)-[c:CITES]->() RETURN properties(c) } AS citations,
       COLLECT { MATCH (p)-[:STATES]->(c) RETURN c.id }
       + COLLECT { MATCH (n:Passage {paper: id}) RETURN n.id }
       + COLLECT { MATCH (n:SetAside {paper: id}) RETURN n.id } AS own"""

CUT_OFF: Final = """UNWIND $ids AS id
MATCH (:Record {id: id})-[e]->(t:Record)
DELETE e
RETURN collect(DISTINCT t.id) AS targets"""

EMPTY: Final = """UNWIND $ids AS id
MATCH (n:Record {id: id}) WHERE NOT n:Paper
SET n = {id: id}, n:Missing
REMOVE n:Cut:Passage:SetAside
WITH n MATCH (n)<-[:FINDS]-(search:Search)
DETACH DELETE search"""
"""What another paper's cut or a review points at stays as a bare id, until it comes again or nothing points at it."""

SWEEP: Final = """UNWIND $ids AS id
MATCH (n:Record {id: id})
WHERE NOT (n)--() AND (n:Missing OR n:Object OR n:Variable OR n:Activity OR n:Paper AND n.reading_key IS NULL)
DELETE n"""
"""Nodes that are there for the sake of others go when nothing points at them any more."""

SUPPORT: Final = """UNWIND $targets AS row
MATCH (t:Record {id: row.means})<-[c:CITES]-() WHERE coalesce(c.cited_as, t.id) = row.target
RETURN row.target AS target, collect(DISTINCT [c.doi, c.inspire_id, c.report_number]) AS named"""

MOVE: Final = """UNWIND $moves AS move
MATCH (old:Record {id: move.old})<-[e:CITES|REFERS_TO|DEFERS_TO]-(s)
WHERE coalesce(e.cited_as, move.old) = move.alias
MERGE (new:Record {id: move.new}) ON CREATE SET new:Paper, new.edition = 'unread'
CREATE (s)-[f:$(type(e))]->(new)
SET f = properties(e), f.cited_as = CASE WHEN move.alias = move.new THEN null ELSE move.alias END
DELETE e"""
"""Another paper is now meant by an identifier: the edges that used it are led there."""

KEEP_ALIASES: Final = """UNWIND $rows AS row
MERGE (a:Record {id: row.id}) SET a:Alias, a.means = row.means, a.claims = row.claims"""

DROP_ALIASES: Final = "UNWIND $ids AS id MATCH (a:Alias:Record {id: id}) DELETE a"

PAPERS: Final = "UNWIND $rows AS row MERGE (n:Record {id: row.id}) SET n:Paper, n = row"

CITED: Final = """UNWIND $ids AS id
MERGE (n:Record {id: id}) ON CREATE SET n:Paper, n.edition = 'unread'"""

BARE: Final = "UNWIND $ids AS id MERGE (n:Record {id: id}) ON CREATE SET n:Missing"

ACTIVITIES: Final = "UNWIND $rows AS row MERGE (n:Record {id: row.id}) ON CREATE SET n:Activity, n = row"

OBJECTS: Final = """UNWIND $names AS name
MERGE (n:Record {id: 'object:' + name}) ON CREATE SET n:Object, n.name = name"""

VARIABLES: Final = """UNWIND $names AS name
MERGE (n:Record {id: 'variable:' + name}) ON CREATE SET n:Variable, n.name = name"""

PASSAGES: Final = "UNWIND $rows AS row CREATE (n:Record:Passage) SET n = row"

SET_ASIDE: Final = "UNWIND $rows AS row CREATE (n:Record:SetAside) SET n = row"

_STATED = """MATCH (p:Record {id: row.paper}),
  (o:Record {id: 'object:' + row.object}), (v:Record {id: 'variable:' + row.variable})
CREATE (p)-[:STATES]->(c), (c)-[:ON]->(o), (c)-[:OF]->(v)"""

CUTS: Final = f"""UNWIND $rows AS row
CREATE (c:Record:Cut) SET c = row
WITH row, c {_STATED}"""

MISSING: Final = "MATCH (n:Missing) RETURN n.id AS id"

CUTS_AGAIN: Final = f"""UNWIND $rows AS row
MATCH (c:Missing:Record {{id: row.id}}) SET c:Cut, c = row REMOVE c:Missing
WITH row, c {_STATED}"""
"""Cuts that stand as bare ids."""

REVIEWS: Final = """UNWIND $rows AS row
MERGE (c:Record {id: row.cut}) ON CREATE SET c:Missing
MERGE (n:Record {id: row.id})
ON CREATE SET n:Review, n = row
MERGE (n)-[:OF]->(c)"""


_EDGES: Final = """UNWIND $rows AS row
MATCH (s:Record {id: row.source}), (t:Record {id: row.target})
CREATE (s)-[e:%s]->(t) SET e = row.properties"""

EDGES: Final[dict[str, LiteralString]] = {relation: _EDGES % relation for relation in RELATIONS}
"""Edges of one relation between nodes that are there."""
