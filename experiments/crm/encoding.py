"""The encoding of a text file: given, marked, or found out, and then told."""

import codecs
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from scenarios.input_errors import InputError

_CHUNK_BYTES = 1 << 20
_SAMPLE_BYTES = 1 << 16
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_OLD = {
    "cp1252": "Windows-1252 (Western)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1250": "Windows-1250 (Central European)",
    "gb18030": "GB18030 (Chinese)",
    "cp932": "Shift-JIS (Japanese)",
    "big5": "Big5 (Chinese, traditional)",
    "cp949": "CP949 (Korean)",
    "koi8_r": "KOI8-R (Cyrillic)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1253": "Windows-1253 (Greek)",
    "iso8859_2": "ISO 8859-2 (Central European)",
    "iso8859_15": "ISO 8859-15 (Western)",
    "mac_roman": "Mac Roman",
}
"""What files are written in that are not Unicode; cp1252 can read almost anything, so it needs no proof."""


def encoding_of(path: Path, name: str, said: str | None, words: Collection[str]) -> tuple[str, str | None]:
    """The encoding of a file and, if it had to be found out, a note that tells it.

    `words` are texts that should be in the file: those of a mapping, or the usual names of columns. Raises InputError
    if the file is not in the encoding that was `said`, or is no text.
    """
    if said is not None:
        if not _can_be_read(path, said, name):
            raise InputError(f"{name} cannot be read as {said}; say `encoding:` in the mapping, e.g. utf-8 or cp1251")
        return said, None
    with path.open("rb") as file:
        start = file.read(_SAMPLE_BYTES)
    for mark, encoding in _MARKS.items():
        if start.startswith(mark):
            return (encoding, None) if _can_be_read(path, encoding, name) else _no_text(name)
    if b"\x00" in start:
        encoding = _without_mark(start, name)
        return (encoding, None) if _can_be_read(path, encoding, name) else _no_text(name)
    if _can_be_read(path, "utf-8", name):
        return "utf-8", None
    return _found_out(path, name, words)


def _no_text(name: str) -> tuple[str, None]:
    raise InputError(f"{name} is no text; save it as CSV or as .xlsx")


def _without_mark(start: bytes, name: str) -> str:
    """UTF-16 that does not say so: every other byte of plain text is 0. Raises InputError for anything else."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = start[: len(start) // 2 * 2].decode(encoding)
    except UnicodeError:
        text = "\x00"
    if "\x00" in text or max(even, odd) < len(start) / 8:
        _no_text(name)
    return encoding


def _found_out(path: Path, name: str, words: Collection[str]) -> tuple[str, str]:
    """The encoding under which most of the words are there, or else the likeliest by its letters."""
    lines = list(_foreign_lines(path))
    if lines and sum(_decoded(line, "utf-8") is not None for line in lines) > len(lines) / 2:
        odd = next((line for line in lines if _decoded(line, "utf-8") is None), b"")
        raise InputError(
            f'{name} is UTF-8 but for single lines, e.g. "{odd[:60].decode("utf-8", errors="replace")}"; save it anew, '
            "or say `encoding:` in the mapping"
        )
    sample = b"\n".join(lines)
    able = {one: text for one in _OLD if (text := _decoded(sample, one)) is not None}
    able = {one: text for one, text in able.items() if _can_be_read(path, one, name)}
    foreign = {word.casefold() for word in words if not word.isascii()}
    small = {one: text.casefold() for one, text in able.items()}
    hits = {one: sum(word in text for word in foreign) for one, text in small.items()}
    best = max(hits, key=lambda one: hits[one], default=None)
    encoding = best if best is not None and hits[best] else _likeliest(sample, able)
    if encoding is None:
        raise InputError(f"{name} is in no usual encoding; save it as UTF-8, or say `encoding:` in the mapping")
    example = next((word for word in re.split(r"[\s,;|]+", able[encoding]) if not word.isascii()), "")
    return encoding, (
        f'{name} is not UTF-8; it was read as {_OLD[encoding]}, e.g. "{example.strip(chr(34))[:40]}"; '
        "say `encoding:` in the mapping if these letters are wrong"
    )


def _likeliest(sample: bytes, able: dict[str, str]) -> str | None:
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=list(able)).best() if able else None
    names = {codecs.lookup(one).name: one for one in able}
    encoding = names.get(codecs.lookup(found.encoding).name) if found else None
    if encoding in able and able[encoding] == able.get("cp1252"):
        return "cp1252"  # the same letters, under the name that people know
    return encoding or ("cp1252" if "cp1252" in able else next(iter(able), None))


def _foreign_lines(path: Path) -> Iterator[bytes]:
    """The first lines with other than plain letters."""
    size = 0
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                yield line.rstrip(b"\r\n")
                size += len(line)
            if size > _SAMPLE_BYTES:
                return


def _decoded(sample: bytes, encoding: str) -> str | None:
    try:
        return sample.decode(encoding)
    except UnicodeError:
        return None


def _can_be_read(path: Path, encoding: str, name: str) -> bool:
    """Whether the whole file is in this encoding, looked at by and by."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    except (LookupError, TypeError, AttributeError):
        raise InputError(f'{name}: there is no encoding "{encoding}"; try utf-8, cp1252, cp1251 or gb18030') from None
    return True
