"""Numbers, parameters and findings in plain words."""
