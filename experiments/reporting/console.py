"""What a command says: results on stdout, complaints on stderr, in signs the terminal can show."""

import json
import sys
from typing import Any


def say(text: str) -> None:
    """Print a result."""
    print(_printable(text, sys.stdout.encoding))


def say_json(value: Any) -> None:
    """Print a result for programs."""
    from experiments.reporting.results_folder import plain

    print(json.dumps(plain(value), indent=2, allow_nan=False))


def complain(text: str) -> None:
    """Print what is wrong."""
    print(_printable(text, sys.stderr.encoding), file=sys.stderr)


def _printable(text: str, encoding: str | None) -> str:
    """Text as the terminal can show it: signs it lacks are spelt out."""
    spelt = {"\N{EURO SIGN}": "EUR ", "\N{MINUS SIGN}": "-", "\N{RIGHTWARDS ARROW}": "->", "\N{INFINITY}": "inf"}
    encoding = encoding or "ascii"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        for sign, words in spelt.items():
            text = text.replace(sign, words)
    return text.encode(encoding, errors="replace").decode(encoding)
