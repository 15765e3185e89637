"""Texts as a mapping in YAML would say them."""

import json
import re
from collections.abc import Iterable, Mapping

from scenarios.yaml_file import scalar

_PLAIN = re.compile(r"[^\W_][\w /.()%+&'-]*[\w)%.]|[^\W_]")


def yaml_word(text: str) -> str:
    """A text as a value, in quotes if it needs them."""
    is_plain = bool(_PLAIN.fullmatch(text)) and ": " not in text and " #" not in text
    try:
        is_plain = is_plain and isinstance(scalar(text), str)
    except ValueError:
        is_plain = False
    if is_plain and text.isprintable():
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08X}" for sign in quoted)


def yaml_list(texts: Iterable[str], most: int = 8) -> str:
    """Texts as a list on one line; of many the first ones."""
    words = [yaml_word(text) for text in texts]
    return f"[{', '.join([*words[:most], *(['...'] if len(words) > most else [])])}]"


def yaml_group(section: str, keys: Mapping[str, str]) -> str:
    """A section on one line: `deals: {lead: Lead, won: Won}`."""
    return f"{section}: {{{', '.join(f'{key}: {yaml_word(text)}' for key, text in keys.items())}}}"
