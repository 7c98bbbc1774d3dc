"""Where cuts come from and how those of different papers relate."""
