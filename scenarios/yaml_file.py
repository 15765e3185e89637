"""A YAML file as plain data that remembers the line of every key; safe with hostile files.

Read as YAML 1.2 means it: `1e6` is a number, `yes`, `no`, `on` and `off` are text, and `010` is ten. No tags, no
aliases, no second document, no key twice: whatever could surprise is refused with its line.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any

import yaml

from scenarios.input_errors import Path, Place, ScenarioError, refuse, shown

LARGEST_FILE_BYTES = 256 * 1024  # the longest shipped company has about 10 kB; a longer file is no company
DEEPEST_LEVEL = 12
CALENDAR: Path = ("calendar",)  # the group whose keys have dots: each is a path, an @ and a day
MOST_DIGITS = 30
LONGEST_NAME = 200  # of a file in a message

NUMBER = re.compile(r"[-+]?(\d[\d_]*)?(\.\d*)?([eE][-+]?\d+)?")
COMMENT = re.compile(r"[^#\"']*\s#\s*(.+)")  # what follows a value on its line; a # in the next value's quotes is none
LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as YAML counts lines
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
ENDLESS = {".inf": float("inf"), "+.inf": float("inf"), "-.inf": float("-inf"), ".nan": float("nan")}


@dataclass
class Document:
    """What a file says: `values` as nested plain dicts, `places` with the line of every key."""

    file: str
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)


def read_yaml(path: FilePath) -> Document:
    """Read a YAML file whose top level is a mapping; raises ScenarioError for anything else."""
    return parse_yaml(_text_of(path), name_for_people(path))


def parse_yaml(text: str, file: str) -> Document:
    """Read YAML `text`, which came from `file` (only used in messages)."""
    try:
        return _Builder(text, file).document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        hint = " (indent with spaces, not tabs)" if "'\\t'" in str(error.problem) else ""
        refuse(Place(file, line), f"this is not valid YAML: {error.problem or error.context}{hint}")
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        refuse(Place(file, line), "there is a character that text cannot contain; save the file as plain text")


def scalar(text: str) -> Any:
    """Return what an unquoted YAML word means: a number, true, false, null or text. Raises ValueError for 10**31."""
    lower = text.lower()
    if lower in WORDS:
        return WORDS[lower]
    if lower in ENDLESS:
        return ENDLESS[lower]
    match = NUMBER.fullmatch(text)
    if not match or not any(character.isdigit() for character in text.split("e")[0]):
        return text
    if len(text) > MOST_DIGITS:
        raise ValueError(f"a number may have at most {MOST_DIGITS} characters")
    is_whole = match[2] is None and match[3] is None
    return int(text) if is_whole else float(text)


def name_of(file: str) -> str:
    """The name of a file without its ending; where the system cannot read its letters, as UTF-8."""
    return os.fsencode(FilePath(file).stem).decode("utf-8", errors="replace")


def name_for_people(path: FilePath) -> str:
    """Return the path as short as it can be written from the current directory."""
    absolute = FilePath(os.path.abspath(path))
    name = str(absolute.relative_to(FilePath.cwd()) if absolute.is_relative_to(FilePath.cwd()) else path)
    return name if len(name) <= LONGEST_NAME else f"...{name[-LONGEST_NAME:]}"


def _text_of(path: FilePath) -> str:
    """Return the file's text; raises ScenarioError if it cannot be read or is not UTF-8."""
    name = name_for_people(path)
    try:
        if path.is_dir():
            refuse(name, "this is a directory; give the YAML file in it")
        if not os.path.exists(path):
            refuse(name, "there is no such file")
        if not path.is_file() or path.stat().st_size > LARGEST_FILE_BYTES:
            refuse(name, f"this is no text file of at most {LARGEST_FILE_BYTES // 1024} kB")
        content = path.read_bytes()
    except ScenarioError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        refuse(name, f"the file cannot be read ({getattr(error, 'strerror', None) or error})")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        refuse(Place(name, line), "the file is not UTF-8 text; save it with the encoding UTF-8")


class _Builder:
    """Builds plain data out of the parser's events, so that tags and aliases never come to life."""

    def __init__(self, text: str, file: str) -> None:
        self.events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=yaml.SafeLoader))
        self.lines = LINE_END.split(text)
        self.read = Document(file)

    def document(self) -> Document:
        """Return the one document; raises ScenarioError unless it is a mapping with at least one key."""
        next(self.events)  # the stream starts
        if isinstance(next(self.events), yaml.StreamEndEvent):
            refuse(self.read.file, "the file is empty (a company has at least `extends: reference`)")
        values = self._value(next(self.events), ())
        if values is None or values == {}:
            refuse(self.read.file, "the file is empty (a company has at least `extends: reference`)")
        if not isinstance(values, dict):
            refuse(Place(self.read.file, 1), f"the file holds {shown(values)}, not keys with values (`key: value`)")
        next(self.events)  # the document ends
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            refuse(self._place(after), "a second document starts here; a file holds one")
        self.read.values = values
        return self.read

    def _value(self, event: yaml.Event, path: Path) -> Any:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            refuse(place, f"{_dotted(path)} uses the alias *{event.anchor}; write the values out, or use extends")
        if getattr(event, "tag", None) not in (None, "!"):
            refuse(place, f"{_dotted(path)} has the tag {shown(_tag(event))}; write a plain value without a tag")
        if len(path) > DEEPEST_LEVEL:
            refuse(place, f"the keys are nested more than {DEEPEST_LEVEL} levels deep")
        known = self.read.places.setdefault(path, place)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        self.read.places[path] = replace(known, note=place.note)  # the comment comes after the value, not after its key
        return self._scalar(event, path)

    def _mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            place = self._place(event)
            if not isinstance(event, yaml.ScalarEvent):
                refuse(place, f"a key in {_dotted(path)} is {_kind(event)}; a key is a word")
            key = str(event.value)
            inner = (*path, key)
            if not key or ("." in key and path != CALENDAR):
                refuse(
                    place,
                    f"the key {shown(key)} in {_dotted(path)} is empty or has a dot; write each part as its own key",
                )
            if key == "<<":
                refuse(place, "merge keys (<<) are not allowed; use extends")
            if key in values:
                refuse(place, f"{_dotted(inner)} is there twice (first in line {self.read.places[inner].line})")
            self.read.places[inner] = place
            values[key] = self._value(next(self.events), inner)
        return values

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, str(len(items)))))
        return items

    def _scalar(self, event: yaml.Event, path: Path) -> Any:
        if not isinstance(event, yaml.ScalarEvent):
            refuse(self._place(event), f"{_dotted(path)} cannot be read")
        if event.style is not None:  # quoted or a block of text
            return event.value
        try:
            return scalar(event.value)
        except ValueError as error:
            refuse(self._place(event), f"{_dotted(path)} is {shown(event.value)[1:-1]}; {error}")

    def _place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:
            return Place(self.read.file)
        rest = self.lines[end.line][end.column :] if end.line == start.line else ""
        comment = COMMENT.match(rest)
        return Place(self.read.file, start.line + 1, comment[1].strip() if comment else "")


def _dotted(path: Path) -> str:
    return ".".join(path) or "the file"


def _tag(event: yaml.Event) -> str:
    """Return the tag as it is usually written: `!!python/object` for the long form with tag:yaml.org."""
    return str(getattr(event, "tag", "")).replace("tag:yaml.org,2002:", "!!")


def _kind(event: yaml.Event) -> str:
    kinds = {yaml.MappingStartEvent: "a group of keys", yaml.SequenceStartEvent: "a list", yaml.AliasEvent: "an alias"}
    return kinds.get(type(event), "something else")
