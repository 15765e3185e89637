"""What is kept of a run: outcomes, tables, the fate of every lead."""
