"""What is asked of the graph, each question one round trip."""

from __future__ import annotations

from typing import Final

COMMITS: Final = "MATCH (g:CutGraph:Record {id: 'cutgraph'}) RETURN g.commits AS commits"

READING_KEY: Final = "MATCH (p:Paper:Record {id: $id}) RETURN p.reading_key AS key"

READING_KEYS: Final = "MATCH (p:Paper) WHERE p.reading_key IS NOT NULL RETURN p.id AS id, p.reading_key AS key"

KEYS_OF: Final = """UNWIND $ids AS id
MATCH (p:Paper:Record {id: id}) WHERE p.reading_key IS NOT NULL RETURN id, p.reading_key AS key"""

PAPER_OF_KEY: Final = "MATCH (p:Paper) WHERE p.reading_key = $key RETURN p.id AS id ORDER BY id LIMIT 1"

MEANT: Final = """UNWIND $names AS name
OPTIONAL MATCH (a:Alias:Record {id: 'alias:' + name})
OPTIONAL MATCH (itself:Paper:Record {id: name})
OPTIONAL MATCH (p:Paper:Record {id: coalesce(a.means, name)})
RETURN name, itself.id AS itself, p.id AS means, p.version AS version, p.reading_key IS NOT NULL AS was_read"""

PAPERS_BEGINNING: Final = """MATCH (p:Paper:Record) WHERE p.id STARTS WITH $beginning AND p.reading_key IS NOT NULL
RETURN p.id AS id ORDER BY id LIMIT 6"""

READ_PAPERS: Final = "MATCH (p:Paper) WHERE p.reading_key IS NOT NULL RETURN p"

CITED_PAPERS: Final = """MATCH (p:Paper) WHERE p.reading_key IS NULL
OPTIONAL MATCH (p)<-[c:CITES]-()
RETURN p.id AS id, collect(DISTINCT [c.title, c.doi, c.inspire_id, c.report_number]) AS references"""

PAPERS_NAMED: Final = """UNWIND $ids AS id
MATCH (p:Paper:Record {id: id})
RETURN p, CASE WHEN p.reading_key IS NULL
  THEN COLLECT { MATCH (p)<-[c:CITES]-() RETURN DISTINCT [c.title, c.doi, c.inspire_id, c.report_number] }
  ELSE [] END AS references"""

CUTS: Final = "MATCH (:Paper:Record {id: $id})-[:STATES]->(c:Cut) RETURN c"

CUTS_NAMED: Final = "UNWIND $ids AS id MATCH (c:Cut:Record {id: id}) RETURN c"

CUTS_BEGINNING: Final = """MATCH (c:Cut:Record) WHERE c.id STARTS WITH $beginning
RETURN c ORDER BY c.id LIMIT 6"""

CUTS_BESIDE: Final = """CALL () { MATCH (c:Cut:Record) WHERE c.id >= $id RETURN c.id AS id ORDER BY id LIMIT 1
  UNION ALL MATCH (c:Cut:Record) WHERE c.id < $id RETURN c.id AS id ORDER BY id DESC LIMIT 1 }
RETURN id"""

PASSAGES: Final = """UNWIND $ids AS id
MATCH (c:Record {id: id})-[q:QUOTED_FROM]->(p:Passage)
RETURN id, coalesce(q.role, 'quote') AS role, p"""

PASSAGE: Final = "MATCH (n:Passage:Record {id: $id}) RETURN n"

ACTIVITY: Final = "MATCH (n:Activity:Record {id: $id}) RETURN n"

SET_ASIDE: Final = "MATCH (s:SetAside {paper: $id}) RETURN s"

EDGES_FROM: Final = """UNWIND $sources AS id
MATCH (s:Record {id: id})-[e]->(t:Record)
WHERE ($relations IS NULL OR type(e) IN $relations) AND ($targets IS NULL OR t.id IN $targets)
RETURN s.id AS source, type(e) AS relation, t.id AS target, properties(e) AS properties"""

EDGES_TO: Final = """UNWIND $targets AS id
MATCH (s:Record)-[e]->(t:Record {id: id}) WHERE $relations IS NULL OR type(e) IN $relations
RETURN s.id AS source, type(e) AS relation, t.id AS target, properties(e) AS properties"""

EDGES: Final = """MATCH (s:Record)-[e]->(t:Record) WHERE $relations IS NULL OR type(e) IN $relations
RETURN s.id AS source, type(e) AS relation, t.id AS target, properties(e) AS properties"""

VARIABLES: Final = "MATCH (v:Variable) RETURN v.name AS name"

REFERRALS: Final = """MATCH (p:Passage {paper: $id})-[e:REFERS_TO]->(t:Record)
RETURN p, t.id AS target, properties(e) AS properties"""

CUTS_OF: Final = """UNWIND $papers AS id
MATCH (:Paper:Record {id: id})-[:STATES]->(c:Cut)
WHERE ($variables IS NULL OR c.variable IN $variables) AND ($objects IS NULL OR c.object IN $objects)
RETURN c"""

CITED_BY: Final = """UNWIND $papers AS id
MATCH (p:Paper:Record {id: id})-[e:CITES]->(t:Paper)
WHERE p.reading_key IS NOT NULL AND t.reading_key IS NOT NULL AND t <> p
RETURN id AS citing, t.id AS cited, collect(DISTINCT coalesce(e.label, '')) AS labels"""

CITING: Final = """UNWIND $papers AS id
MATCH (p:Paper)-[e:CITES]->(t:Paper:Record {id: id}) WHERE t <> p
RETURN p.id AS citing, id AS cited, collect(DISTINCT coalesce(e.label, '')) AS labels"""

REFERRING: Final = """UNWIND $papers AS id
MATCH (p:Passage {paper: id})-[e:REFERS_TO]->(t:Record)
RETURN id AS paper, p.start AS start, p.id AS source, t.id AS target, properties(e) AS properties"""

REFERRED: Final = """UNWIND $papers AS id
MATCH (p:Passage)-[e:REFERS_TO]->(t:Record {id: id})
RETURN p.paper AS paper, p.start AS start, p.id AS source, t.id AS target, properties(e) AS properties"""

REVIEWS: Final = "MATCH (r:Review) RETURN r"

REVIEWS_OF: Final = "MATCH (r:Review)-[:OF]->(:Record {id: $id}) RETURN r"

COUNTS: Final = """RETURN
  COUNT { MATCH (p:Paper) WHERE p.reading_key IS NOT NULL } AS papers,
  COUNT { MATCH (p:Paper) } AS all_papers,
  COUNT { MATCH (n:Passage) } AS passages, COUNT { MATCH (n:Cut) } AS cuts,
  COUNT { MATCH (n:Activity) } AS activities, COUNT { MATCH (n:Review) } AS reviews,
  COUNT { MATCH (n:SetAside) } AS set_aside, COUNT { MATCH (n:Object) } AS objects,
  COUNT { MATCH (n:Variable) } AS variables"""
