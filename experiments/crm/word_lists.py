"""Lists of words that lie beside the code, as plain texts: nothing in them turns into a number or a date."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def word_lists(name: str) -> Any:
    """What `name`.yaml holds: keys, lists and texts."""
    text = Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)


def plain_value(text: str) -> str:
    """A value without capitals, and with blanks for the signs that programs put between words."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("_", " ").replace("-", " ").split()).casefold()
