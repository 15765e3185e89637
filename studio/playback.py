"""One HTML file that shows two companies side by side: styles, script and recordings in it, nothing fetched.

It opens from a disk with no network. Its policy forbids all connections; a worker made in the page and WebAssembly are
allowed, for the engine.
"""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from studio.recording import Recording

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; "
    "style-src 'unsafe-inline'; img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
)
LANGUAGES = ("en", "zh", "ru")
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Two companies, one market, the same luck</title>
<style>{style}</style>
</head>
<body>
<div id="studio" data-language="{language}"><noscript>This page needs JavaScript, and nothing else.</noscript></div>
{data}
<script>{script}</script>
</body>
</html>
"""


def page(recordings: Sequence[Recording], live: Mapping[str, Any] | None = None, language: str = "en") -> str:
    """The text of the file: two recordings, left and right, and the engine's parts if `live` has them, by element id.

    Raises ValueError if there are not two recordings, or the language is none of the page's.
    """
    if len(recordings) != 2 and live is None:
        raise ValueError(f"a page shows two recordings, not {len(recordings)}")
    if language not in LANGUAGES:
        raise ValueError(f"the page has no language {language}; there are: {', '.join(LANGUAGES)}")
    held = {"recordings": [{"head": dict(one.head), "packed": one.packed()} for one in recordings], **(live or {})}
    return PAGE.format(
        language=language,
        policy=POLICY,
        style=_built("studio.css"),
        data="\n".join(_data(name, value) for name, value in held.items()),
        script=_built("studio.js").replace("</script", "<\\/script"),
    )


def _data(name: str, value: Any) -> str:
    """Data that a script finds by its id; no text in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{text}</script>'


def _built(name: str) -> str:
    return (files("studio") / "built" / name).read_text(encoding="utf-8")
