"""What the lineage of a cut needs of the papers around some papers, in one question."""

from __future__ import annotations

from typing import Final

AROUND: Final = """UNWIND $papers AS id
MATCH (p:Paper:Record {id: id})
WITH collect(p) AS level
WITH level,
  COLLECT { UNWIND level AS p MATCH (p)-[e:CITES]->(t:Paper) WHERE t.reading_key IS NOT NULL AND t <> p
            RETURN [p.id, t.id, coalesce(e.label, '')] } AS citations,
  COLLECT { UNWIND CASE WHEN $back THEN level ELSE [] END AS p MATCH (p)<-[e:CITES]-(t:Paper) WHERE t <> p
            RETURN [t.id, p.id, coalesce(e.label, '')] } AS citing,
  COLLECT { UNWIND level AS p MATCH (s:Passage {paper: p.id})-[e:REFERS_TO]->(t:Record)
            RETURN [s, t.id, properties(e)] } AS referring,
  COLLECT { UNWIND CASE WHEN $back THEN level ELSE [] END AS p MATCH (p)<-[e:REFERS_TO]-(s:Passage)
            RETURN [s, p.id, properties(e)] } AS referred
WITH *, COLLECT { UNWIND [r IN referring | r[1]] + [r IN referred | r[0].paper] AS id
                  WITH DISTINCT id WHERE NOT id IN $papers
                  MATCH (s:Passage {paper: id})-[e:REFERS_TO]->(t:Record)
                  RETURN [s, t.id, properties(e)] } AS further
RETURN citations, citing, referring, referred, further,
  COLLECT { UNWIND $papers + [c IN citations | c[1]] + [c IN citing | c[0]] + [r IN referring | r[1]]
            + [r IN referred | r[0].paper] + [r IN further | r[1]] AS id
            WITH DISTINCT id
            MATCH (:Paper:Record {id: id})-[:STATES]->(c:Cut)
            WHERE c.variable IN $variables AND ($objects IS NULL OR c.object IN $objects)
            RETURN c } AS cuts"""
