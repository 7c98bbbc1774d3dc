"""Reading with a language model: what is shown to it, what it proposes, and what is made of that."""
