"""All Cypher that the store speaks, by what it is for.

Nodes are `(:Record:LABEL {id})`, LABEL one of Paper, Passage, Cut, Object, Variable, Activity, Review, SetAside; the
only unique constraint is on `Record.id`. Relations have the names of `kg.records.RELATIONS`. Besides there are
`(:Record:Alias)`, what an identifier such as "doi:10.1007/x" means, and one `(:Record:CutGraph)`, the store itself.
A paper that was read has a `reading_key`, one only cited has not.
"""
