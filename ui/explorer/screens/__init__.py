"""The pages, one file each: they read the address, ask a view, and draw it."""
