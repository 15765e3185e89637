"""What we ask: designs, runs, statistics, figures and the report that answers."""
