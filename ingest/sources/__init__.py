"""Where papers come from: the user's library, the cache, arXiv, the bundled library; references from INSPIRE."""
