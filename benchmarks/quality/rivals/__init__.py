"""Other tools on the same records; each module has one function ``find``."""
