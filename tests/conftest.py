"""What all tests share: the repository's own text, and repeatable property tests."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.repository import ROOT, Sources, read_sources

# Compiling on the first example takes longer than any deadline; the same examples every time keep a red run red.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds run.py and README.md."""
    return ROOT


@pytest.fixture(scope="session")
def sources() -> Sources:
    """The text of every Python file and Markdown page of the repository, by its path from the root."""
    return read_sources()
