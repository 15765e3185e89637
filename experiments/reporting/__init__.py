"""How an answer looks: terminal, HTML page, files; the same for every question."""
