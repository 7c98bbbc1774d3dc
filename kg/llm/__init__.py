"""Language models, for every room: one client, whose replies are checked, counted and kept."""
