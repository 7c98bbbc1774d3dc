"""Parts of generated programs that are the same in all of them."""
