"""The studio: what people see in a browser."""
