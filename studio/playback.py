"""One HTML file that shows two companies side by side: styles, script and recordings in it, nothing fetched.

It opens from a disk with no network. Its policy forbids all connections; a worker made in the page and WebAssembly are
allowed, for the engine.
"""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from simulation import webassembly
from studio.kit import engine_layout
from studio.recording import Recording, deflated

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


WORKER = '<script type="text/plain" id="worker">{}</script>'


def page(recordings: Sequence[Recording], *, language: str = "en") -> str:
    """The text of a file that shows two recordings, left and right.

    Raises ValueError if there are not two, or the language is none of the page's.
    """
    if len(recordings) != 2:
        raise ValueError(f"a page shows two recordings, not {len(recordings)}")
    return _page(
        {"recordings": [{"head": dict(one.head), "packed": one.packed()} for one in recordings]}, language, "played.js"
    )


def live_page(kits: Sequence[Mapping[str, Any]], cases: Sequence[Mapping[str, Any]], *, language: str = "en") -> str:
    """The text of a file that holds the engine and the kits of companies, and lives what it shows.

    It begins with two `cases`, left and right: company, practices, changes and seed each. Raises ValueError as `page`.
    """
    if len(cases) != 2:
        raise ValueError(f"a page shows two cases, not {len(cases)}")
    return _page({"cases": list(cases), "engine": _engine(kits)}, language, "played.js", _worker())


def lesson_file(lesson: Mapping[str, Any], *, language: str = "en") -> str:
    """The text of a file with a lesson, as `lesson_page` tells it, and the engine for its companies."""
    told = {name: value for name, value in lesson.items() if name != "kits"}
    held = {"lesson": told, "engine": _engine(lesson["kits"])}
    return _page(held, language, "studio.js", _worker())


def _engine(kits: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    told = json.dumps({"layout": engine_layout(), "kits": list(kits)}, allow_nan=False, separators=(",", ":"))
    return {"code": deflated(webassembly.CODE.read_bytes()), "kits": deflated(told.encode())}


def _page(held: Mapping[str, Any], language: str, script: str, worker: str = "") -> str:
    if language not in LANGUAGES:
        raise ValueError(f"the page has no language {language}; there are: {', '.join(LANGUAGES)}")
    return PAGE.format(
        language=language,
        policy=POLICY,
        style=_built("studio.css"),
        data="\n".join([*(_data(name, value) for name, value in held.items()), worker]),
        script=_script(script),
    )


def _worker() -> str:
    return WORKER.format(_script("worker.js"))


def _data(name: str, value: Any) -> str:
    """Data that a script finds by its id; no text in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{text}</script>'


def _script(name: str) -> str:
    return _built(name).replace("</script", "<\\/script")


def _built(name: str) -> str:
    return (files("studio") / "built" / name).read_text(encoding="utf-8")
