"""The parameters that rest on each assumption, below its heading in docs/assumptions.md.

`python -m docs.generate.assumption_names` writes those lines anew from the declarations; the reasons are ours to write.
"""

import re
import textwrap
from collections import defaultdict
from pathlib import Path

import scenarios

PAGE = Path(__file__).resolve().parents[2] / "docs" / "assumptions.md"
ENTRY = re.compile(r"^(?P<head>## (?P<number>A\d+) .*\n\n)(?:`.*\n)*", re.MULTILINE)


def page(text: str) -> str:
    """The page with the names of all entries as declared."""
    resting: dict[str, list[str]] = defaultdict(list)
    for parameter in scenarios.parameters():
        if parameter.source.kind == "assumption":
            resting[parameter.source.reference].append(f"`{parameter.path}`")
    return ENTRY.sub(lambda entry: entry["head"] + _names(resting[entry["number"]]), text)


def _names(paths: list[str]) -> str:
    return "\n".join([*textwrap.wrap(", ".join(paths), 120, break_long_words=False, break_on_hyphens=False), ""])


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
