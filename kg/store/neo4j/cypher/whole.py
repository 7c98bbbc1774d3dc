"""Whole readings out of the graph, as they could be committed again."""

from __future__ import annotations

from typing import Final

READINGS: Final = """UNWIND $ids AS id
MATCH (p:Paper:Record {id: id})-[:WAS_GENERATED_BY]->(a:Activity) WHERE p.reading_key IS NOT NULL
RETURN p, a,
  COLLECT { MATCH (n:Passage {paper: id}) RETURN n } AS passages,
  COLLECT { MATCH (p)-[:STATES]->(n:Cut) RETURN n } AS cuts,
  COLLECT { MATCH (n:SetAside {paper: id}) RETURN n } AS set_aside,
  COLLECT { MATCH (p)-[e:CITES]->() RETURN properties(e) } AS citations,
  COLLECT { MATCH (p)-[e]->(t:Record) WHERE NOT type(e) IN ['CITES', 'STATES', 'WAS_GENERATED_BY']
            RETURN [id, type(e), t.id, properties(e)] }
  + COLLECT { MATCH (p)-[:STATES]->(n)-[e]->(t:Record) WHERE NOT type(e) IN ['ON', 'OF']
              RETURN [n.id, type(e), t.id, properties(e)] }
  + COLLECT { MATCH (n:Passage {paper: id})-[e]->(t:Record) RETURN [n.id, type(e), t.id, properties(e)] } AS edges"""
