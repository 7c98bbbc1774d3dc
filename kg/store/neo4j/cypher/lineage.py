"""What the lineage of a cut needs of the papers ahead of some papers, or all around them, in one question.

A step back goes from a paper to those whose sentences refer to it, a step forward to those that its own sentences refer
to. Each step takes the papers of `level`, gives all their edges, and goes on to the papers behind those that may speak
of the objects and variables asked for (`kg.effective.speaking_of`). `kg.effective.MAX_DEPTH` steps are taken each way.
Of the papers on these ways all cuts on `variables` are given, of those that only cite or are cited those on the
variables in `said`.
"""

from __future__ import annotations

from typing import Final, LiteralString

from kg.effective import MAX_DEPTH

# Lists of fields in the order of the records, the id last: a node costs the server and the driver more.
CUT: Final = """[c.paper, c.object, c.variable, c.op, c.value, c.unit, c.applies_when, c.veto, c.status, c.reason,
                  c.position, c.id]"""
PASSAGE: Final = "[s.paper, s.start, s.end, s.quote, s.section, s.page, s.place, s.prefix, s.suffix, s.id]"

_SPEAKS: Final = """e.kind = 'details'
           AND (size(coalesce(e.objects, [])) = 0 OR
                any(sets IN $speaking WHERE all(names IN sets WHERE any(o IN e.objects WHERE o IN names))))
           AND (size(coalesce(e.variables, [])) = 0 OR any(v IN e.variables WHERE v IN $variables OR v IN $families))"""

_BACK: Final = f"""CALL (level) {{
  UNWIND level AS id
  MATCH (:Paper:Record {{id: id}})<-[e:REFERS_TO]-(s:Passage)
  RETURN collect([{PASSAGE}, id, properties(e)]) AS sent, collect(DISTINCT CASE WHEN {_SPEAKS} THEN s.paper END) AS next
}}
WITH citations, citing, referred + sent AS referred, asked + level AS asked, back + level AS back,
     [id IN next WHERE NOT id IN back + level] AS level
"""

_FORWARD: Final = f"""CALL (level) {{
  UNWIND level AS id
  MATCH (s:Passage {{paper: id}})-[e:REFERS_TO]->(t:Record)
  RETURN collect([{PASSAGE}, t.id, properties(e)]) AS sent, collect(DISTINCT CASE WHEN {_SPEAKS} THEN t.id END) AS next
}}
WITH citations, citing, referred, asked, referring + sent AS referring, followed + level AS followed,
     [id IN next WHERE NOT id IN followed + level] AS level
"""

_STEPS_BACK: Final[LiteralString] = _BACK * MAX_DEPTH
_STEPS_FORWARD: Final[LiteralString] = _FORWARD * MAX_DEPTH

_CITATIONS: Final = """CALL () {
  UNWIND $papers AS id
  MATCH (p:Paper:Record {id: id})-[e:CITES]->(t:Paper) WHERE t.reading_key IS NOT NULL AND t <> p
  RETURN collect([p.id, t.id, coalesce(e.label, '')]) AS citations
}
"""

_CITING: Final = """CALL () {
  UNWIND $papers AS id
  MATCH (p:Paper:Record {id: id})<-[e:CITES]-(t:Paper) WHERE t <> p
  RETURN collect([t.id, p.id, coalesce(e.label, '')]) AS citing
}
"""

_AND_CUTS: Final = f"""WITH *, $papers + asked + followed + level AS whole
RETURN citations, citing, referred, asked, referring, followed, whole,
  COLLECT {{ UNWIND whole + [c IN citations | c[1]] + [c IN citing | c[0]] AS id
            WITH DISTINCT id, CASE WHEN id IN whole THEN $variables ELSE $said END AS variables
            MATCH (:Paper:Record {{id: id}})-[:STATES]->(c:Cut)
            WHERE c.variable IN variables AND ($objects IS NULL OR c.object IN $objects)
            RETURN {CUT} }} AS cuts"""

AHEAD: Final[LiteralString] = f"""{_CITATIONS}WITH citations, [] AS citing, [] AS referred, [] AS asked,
     [] AS referring, [] AS followed, $papers AS level
{_STEPS_FORWARD}{_AND_CUTS}"""

AROUND: Final[LiteralString] = f"""{_CITATIONS}{_CITING}WITH citations, citing, [] AS referred, [] AS asked,
     [] AS back, $papers AS level
{_STEPS_BACK}WITH citations, citing, referred, asked, [] AS referring, [] AS followed, back + level AS level
{_STEPS_FORWARD}{_AND_CUTS}"""
"""The same, and who cites the papers and refers to them."""
