"""Designs: which points of a space of parameters to try."""
