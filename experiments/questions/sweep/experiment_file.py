"""An experiment written down in a YAML file: what varies, over which values, in how many worlds.

question: Does a liaison pay where needs move fast?
company: reference
levers:
  practices:
    liaison: [false, true]
    meeting_every_d: [null, 5, 21]
uncertainties:
  market:
    turbulence: 0:2
constraints:
  - practices.meeting_h <= 2
design: latin-hypercube
points: 50
runs: 10
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import scenarios
from experiments.designs.constraint import constraint
from experiments.designs.dimension import TYPE, Dimension, Role, dimension_of, refuse_repeats
from experiments.designs.factorial import DESIGNS
from scenarios import Scenario
from scenarios.declare import Section
from scenarios.input_errors import InputError, Places, did_you_mean, nearest_place, refuse
from scenarios.input_errors import Path as Keys
from scenarios.layers import Layer
from scenarios.validation import build
from scenarios.yaml_file import Document, read_yaml

POINTS, RUNS = 100, 20
_ONLY_HERE = {"company", "levers", "uncertainties", "types", "constraints", "design", "points", "runs"}
"""Keys that no company file has."""


class Experiment(Section):
    """What an experiment file may say."""

    question: str = ""
    company: str = "reference"
    practices: str | None = None
    """The type whose practices the company starts from; its own if not given."""
    set: dict[str, Any] = {}  # noqa: RUF012  # pydantic copies the default of a field
    """Values that are the same everywhere, as in a company file."""
    types: tuple[str, ...] = ()
    """Relationship types to try, each with all its practices."""
    levers: dict[str, Any] = {}  # noqa: RUF012
    uncertainties: dict[str, Any] = {}  # noqa: RUF012
    constraints: tuple[str, ...] = ()
    design: str | None = None
    points: int = POINTS
    runs: int = RUNS
    seed: int = 0
    indifference: float = 0.0
    """EUR a year that do not matter: settings so near to the best are as good."""
    fixed: bool = False
    """Keep the assumptions as they stand; draw none of them."""


@dataclass(frozen=True)
class ReadExperiment:
    """What was said, the company (a name or a file) with its changes, and what varies."""

    said: Experiment
    company: str | Path
    changes: Mapping[str, Any]
    base: Scenario
    dimensions: tuple[Dimension, ...] = ()


def is_experiment(path: Path) -> bool:
    """Whether a YAML file describes an experiment and not a company; raises ScenarioError if it cannot be read."""
    return bool(_ONLY_HERE & set(read_yaml(path).values))


def read_experiment(path: Path, changes: Mapping[str, Any] | None = None) -> ReadExperiment:
    """Read an experiment; `changes` come on top of its `set`. Raises ScenarioError that names file, line and key."""
    document = read_yaml(path)
    said = build(Experiment, Layer(document.values, document.places))
    _check_numbers(said, document)
    company = _company(said.company, path)
    laid_on = {**dict(_leaves(said.set, ("set",), document.places)), **(changes or {})}
    try:
        base = scenarios.load(company, practices=said.practices, changes=laid_on)
    except scenarios.ScenarioError as error:
        raise scenarios.ScenarioError(f"{document.file}: {error}") from error
    dimensions = [*_types(said, document, base)]
    roles: tuple[tuple[str, Role], ...] = (("levers", "lever"), ("uncertainties", "uncertainty"))
    for group, role in roles:
        for dotted, wish in _leaves(getattr(said, group), (group,), document.places):
            dimensions.append(_dimension(dotted, wish, base, role, document))
    refuse_repeats([one.path for one in dimensions])
    return ReadExperiment(said, company, laid_on, base, tuple(dimensions))


def _dimension(dotted: str, wish: Any, base: Scenario, role: Role, document: Document) -> Dimension:
    try:
        return dimension_of(dotted, wish, base, role)
    except InputError as error:
        group = "levers" if role == "lever" else "uncertainties"
        refuse(nearest_place(document.places, (group, *dotted.split("."))), str(error))


def _types(said: Experiment, document: Document, base: Scenario) -> Iterator[Dimension]:
    if said.types:
        try:
            yield replace(dimension_of(TYPE, said.types, base), role="lever")
        except InputError as error:
            refuse(document.places[("types",)], str(error))


def _check_numbers(said: Experiment, document: Document) -> None:
    for key in ("points", "runs"):
        if getattr(said, key) < 1:
            refuse(document.places[(key,)], f"{key} must be at least 1, not {getattr(said, key)}")
    if not 0 <= said.seed < 2**62:
        refuse(document.places[("seed",)], f"seed must be at least 0 and less than 2**62, not {said.seed}")
    if said.indifference < 0:
        refuse(document.places[("indifference",)], f"indifference must be 0 or more EUR, not {said.indifference}")
    if said.design is not None and said.design not in DESIGNS:
        refuse(document.places[("design",)], f'there is no design "{said.design}"{did_you_mean(said.design, DESIGNS)}')
    for k, text in enumerate(said.constraints):
        try:
            constraint(text)
        except InputError as error:
            refuse(nearest_place(document.places, ("constraints", str(k))), str(error))


def _company(name: str, path: Path) -> str | Path:
    """A shipped company, or a file beside the experiment."""
    beside = path.parent / name
    return beside if name not in scenarios.companies() and beside.is_file() else name


def _leaves(values: Mapping[str, Any], above: Keys, places: Places) -> Iterator[tuple[str, Any]]:
    """Dotted paths of parameters and what is said at each; raises ScenarioError for what is no parameter."""
    known = {tuple(parameter.path.split(".")) for parameter in scenarios.parameters()}
    yield from _walk(values, above, places, known)


def _walk(values: Mapping[str, Any], above: Keys, places: Places, known: set[Keys]) -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        keys = (*above, key)
        path = keys[1:]  # without the group
        if _pattern(path) in known:
            yield ".".join(path), value
        elif isinstance(value, Mapping) and any(_begins(one, path) for one in known):
            yield from _walk(value, keys, places, known)
        else:
            every = [".".join(one) for one in known]
            same = [one for one in every if one.split(".")[-1] == key]
            dotted = ".".join(path)
            refuse(nearest_place(places, keys), f"there is no parameter {dotted}{did_you_mean(dotted, same or every)}")


def _begins(known: Keys, path: Keys) -> bool:
    return len(known) > len(path) and known[: len(path)] == _pattern(path)


def _pattern(path: Keys) -> Keys:
    return (path[0], "*", *path[2:]) if path[0] in ("segments", "channels", "products") and len(path) > 1 else path
