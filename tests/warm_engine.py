"""Imported before processes are forked for kills: they start with the engine loaded, so kills meet the work itself."""

import simulation

simulation.compile_engine()
