"""The pages of the documentation, and what writes the generated ones."""
