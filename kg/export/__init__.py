"""The graph, or one paper's part of it, in forms that other programs read: W3C PROV, GraphML, ADL."""
