"""How a company can measure what is assumed about it: a sentence by the beginning of a parameter's path."""

from functools import cache
from pathlib import Path as FilePath

import yaml

_FILE = FilePath(__file__).parent / "measuring.yaml"


def how_to_measure(path: str) -> str:
    """How one would find out a parameter's value; an empty text where nobody said."""
    told = _told()
    beginnings = [beginning for beginning in told if path.startswith(beginning)]
    return told[max(beginnings, key=len)] if beginnings else ""


@cache
def _told() -> dict[str, str]:
    told = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {str(beginning): str(how) for beginning, how in told.items()}
