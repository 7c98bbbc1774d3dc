"""Constraints and indexes, and the node that stands for the store."""

from __future__ import annotations

from typing import Final, LiteralString

RECORD_ID: Final = "CREATE CONSTRAINT cutgraph_record_id IF NOT EXISTS FOR (n:Record) REQUIRE n.id IS UNIQUE"

PASSAGE_PAPER: Final = "CREATE INDEX cutgraph_passage_paper IF NOT EXISTS FOR (n:Passage) ON (n.paper)"

SET_ASIDE_PAPER: Final = "CREATE INDEX cutgraph_set_aside_paper IF NOT EXISTS FOR (n:SetAside) ON (n.paper)"

READING_KEY: Final = "CREATE INDEX cutgraph_reading_key IF NOT EXISTS FOR (n:Paper) ON (n.reading_key)"

TEXT: Final = """CREATE FULLTEXT INDEX cutgraph_text IF NOT EXISTS FOR (n:Cut|Passage|Paper)
ON EACH [n.text, n.quote, n.title] OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}}"""

AWAIT: Final = "CALL db.awaitIndexes(60)"

OPENED: Final = """CALL dbms.components() YIELD name, versions, edition
WHERE name = 'Neo4j Kernel'
OPTIONAL MATCH (g:CutGraph {id: 'cutgraph'})
RETURN versions[0] AS version, edition, g.migrations AS migrations, g.identity AS identity,
       EXISTS { MATCH (n) WHERE NOT n:CutGraph } AS holds_something"""

BEGIN: Final = """MERGE (g:Record {id: 'cutgraph'})
ON CREATE SET g:CutGraph, g.commits = 0, g.identity = randomUUID()
SET g.migrations = $migrations
RETURN g.identity AS identity"""

INDEXES: Final = """SHOW INDEXES YIELD name, state, populationPercent, type
WHERE name STARTS WITH 'cutgraph_'
RETURN name, state, populationPercent AS percent, type ORDER BY name"""

SETTING: Final = "SHOW SETTINGS $name YIELD name, value RETURN value"

FIRST: tuple[LiteralString, ...] = (RECORD_ID, PASSAGE_PAPER, SET_ASIDE_PAPER, READING_KEY)
