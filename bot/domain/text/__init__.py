"""Words: how they are said, in which language, and what is found in them."""
