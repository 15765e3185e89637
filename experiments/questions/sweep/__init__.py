"""A sweep: many companies or markets tried out, and what makes the difference between them."""
