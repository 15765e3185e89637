"""Letters of a slide: fonts that have them, where this machine has any, and lines that fit."""

import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from experiments.wording.language import say

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

_FIRST = "DejaVu Sans"  # comes with Matplotlib
_CHINESE = (
    *("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),
    *("Droid Sans Fallback", "Microsoft YaHei", "SimHei", "PingFang SC", "Hiragino Sans GB", "Arial Unicode MS"),
)
_ONE_BY_ONE = r"\u25a1\u2e80-\u9fff\uff00-\uffef"  # signs between which a line may end
_NEVER_FIRST = r"\uff0c\u3002\uff1b\uff1a\u3001\uff1f\uff01\uff09"  # full-width commas and the like
_PIECES = re.compile(f"(?:[{_ONE_BY_ONE}]|[^ {_ONE_BY_ONE}]+ *)[{_NEVER_FIRST}]*| +")
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=(?:%|k|M|bn)(?![A-Za-z]))")


def no_font() -> str:
    """What a slide says where a font is missing."""
    return say("Signs shown as □ need a font that this machine lacks; with Noto Sans CJK installed they appear.")


@cache
def families() -> list[str]:
    """Fonts to look for a letter in, one after the other."""
    from matplotlib import font_manager

    manager = font_manager.fontManager
    known = {one.name for one in manager.ttflist}
    if known.isdisjoint(_CHINESE):
        _read_new_fonts(manager)
        known = {one.name for one in manager.ttflist}
    return [_FIRST, *(name for name in _CHINESE if name in known)]


def _read_new_fonts(manager: Any) -> None:
    """Look for fonts that were installed after Matplotlib wrote down which there are."""
    from matplotlib import font_manager

    read = {one.fname for one in manager.ttflist}
    for file in font_manager.findSystemFonts():
        if file not in read:
            with suppress(RuntimeError, OSError):  # not a font that can be drawn, as one of bitmaps
                manager.addfont(file)


def font(size: float, *, bold: bool = False) -> "FontProperties":
    """Letters of a size in points."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=families(), size=size, weight="bold" if bold else "normal")


@cache
def _letters() -> frozenset[int]:
    from matplotlib import font_manager

    files = [font_manager.findfont(name) for name in families()]
    return frozenset(code for file in files for code in font_manager.get_font(file).get_charmap())


def shown(text: str) -> str:
    """The text with signs that no font has as boxes; what only steers a browser's line breaks is left out."""
    plain = text.replace("\N{WORD JOINER}", "")
    return "".join(letter if ord(letter) in _letters() or letter.isspace() else "□" for letter in plain)


def has_all(texts: Iterable[str]) -> bool:
    """Whether the fonts here have every letter."""
    return all("□" in text or "□" not in shown(text) for text in texts)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line is, in inches."""
    from matplotlib.textpath import TextToPath

    wide, _, _ = TextToPath().get_text_width_height_descent(text, font(size, bold=bold), ismath=False)
    return float(wide) / 72


def lines(text: str, size: float, most: float, *, bold: bool = False) -> list[str]:
    """The text in lines of at most `most` inches: broken at spaces, and between Chinese signs; no unit stands alone."""
    found: list[str] = []
    for paragraph in _NUMBER_AND_UNIT.sub("\N{NO-BREAK SPACE}", text).split("\n"):
        found.append("")
        for piece in _PIECES.findall(paragraph):
            if found[-1] and width((found[-1] + piece).rstrip(" "), size, bold=bold) > most:
                found.append(piece.lstrip(" "))
            else:
                found[-1] += piece
    return [line.rstrip(" ") for line in found]
