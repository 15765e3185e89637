"""The files we ship (companies, practice presets) and the user's own: finding one, and following its parents."""

import os
from dataclasses import dataclass
from pathlib import Path as FilePath

from scenarios.input_errors import Place, ScenarioError, did_you_mean, refuse, shown
from scenarios.yaml_file import Document, name_for_people, read_yaml

MOST_PARENTS = 10


@dataclass(frozen=True)
class Shelf:
    """A folder of YAML files of one `kind` ("company", "practice preset"), found by name or by path."""

    kind: str
    folder: FilePath
    order: tuple[str, ...] = ()  # names to list first

    def names(self) -> list[str]:
        """Return the names of the shipped files: those in `order`, then the others by the alphabet."""
        found = sorted(path.stem for path in self.folder.glob("*.yaml"))
        return [name for name in self.order if name in found] + [name for name in found if name not in self.order]

    def find(self, wanted: str | FilePath, asked_at: Place | None = None, beside: FilePath | None = None) -> FilePath:
        """Return the file of a shipped name or of a path; raises ScenarioError, blaming `asked_at` if a file asks.

        A path is relative to the file `beside`, or else to the current directory.
        """
        name = str(wanted)
        if name in self.names():
            return self.folder / f"{name}.yaml"
        path = beside.parent / wanted if beside else FilePath(wanted)
        is_path = isinstance(wanted, FilePath) or any(mark in name for mark in ("/", "\\", ".yaml", ".yml"))
        if os.path.isfile(path) or (name and not asked_at and (is_path or os.path.exists(path))):
            return path  # reading it will say what is wrong with it
        problem = f"there is no {self.kind} {shown(name)}{did_you_mean(name, self.names())}"
        if is_path:
            problem = f"there is no file {name_for_people(path)}"
        if asked_at:
            refuse(asked_at, problem)
        raise ScenarioError(problem)

    def family(self, path: FilePath) -> list[Document]:
        """Return the file and all it extends, the oldest parent first."""
        family: list[Document] = []
        seen: list[FilePath] = []
        place: Place | None = None
        while True:
            seen.append(path)
            family.insert(0, _read(path, place))
            if "extends" not in family[0].values:
                return family
            parent, place = family[0].values["extends"], family[0].places[("extends",)]
            if not isinstance(parent, str):
                refuse(place, f"extends is {shown(parent)}; it must be the name or the path of a {self.kind}")
            path = self.find(parent, place, beside=path)
            if os.path.realpath(path) in map(os.path.realpath, seen):
                refuse(place, f"extends goes round in a circle: {' -> '.join(file.name for file in [*seen, path])}")
            if len(seen) > MOST_PARENTS:
                refuse(place, f"more than {MOST_PARENTS} files extend each other; put the changes into fewer files")


def _read(path: FilePath, named_at: Place | None) -> Document:
    """A file; what is wrong with one that another names is told where that is, and nothing of what it holds."""
    if named_at is None or path.suffix in (".yaml", ".yml"):
        return read_yaml(path)
    try:
        return read_yaml(path)
    except ScenarioError:
        refuse(named_at, f"extends names {name_for_people(path)}, which is no company file")
