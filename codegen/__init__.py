"""From a selection in the graph to analysis code for PHYSLITE."""
