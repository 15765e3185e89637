"""Targets and pay."""
