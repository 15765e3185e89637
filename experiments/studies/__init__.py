"""Studies: which runs a question needs, made once, kept, and gone on with after any kill."""
