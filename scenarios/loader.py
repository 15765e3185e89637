"""From the name of a company (or the path of a file), a practice preset and single changes to a checked scenario."""

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from scenarios.calendar import is_planned
from scenarios.declare import Section
from scenarios.input_errors import Path, Place, ScenarioError, did_you_mean, refuse, shown
from scenarios.layers import Layer, merge
from scenarios.registry import ANY_NAME, is_named_group, parameters_of
from scenarios.scenario import Scenario
from scenarios.shelf import Shelf
from scenarios.validation import build
from scenarios.yaml_file import Document, name_of, parse_yaml

HERE = FilePath(__file__).parent
COMPANIES = Shelf("company", HERE / "companies", order=("reference",))
PRESETS = Shelf("practice preset", HERE / "presets", order=("undefined", "defined", "aligned", "integrated"))
PRESET_SECTIONS = ("practices", "pay")  # a relationship type may set these and nothing else
BY_PROGRAM = Place("changes")


def load(
    name_or_path: str | FilePath, practices: str | FilePath | None = None, changes: Mapping[str, Any] | None = None
) -> Scenario:
    """Return a company as a checked scenario; raises ScenarioError.

    `practices` lays a preset over the company in place of the one its file names; `changes` maps dotted paths
    to values and comes on top of everything: `load("reference", "aligned", {"market.turbulence": 0.3})`.
    """
    family = COMPANIES.family(_company_file(name_or_path))
    scenario = build(Scenario, merged(company_layers(family)))  # also when a preset would hide a mistake in the file
    if practices is not None:
        preset = preset_layers(PRESETS.family(PRESETS.find(practices)))
        scenario = build(Scenario, merged([*company_layers(family, with_preset=False), *preset]))
    return with_changes(scenario, changes) if changes else scenario


def with_changes(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """Return a copy with the values at dotted paths changed, checked again; raises ScenarioError.

    `*` in place of the name of a segment or channel means all of them: `segments.*.price_sensitivity`.
    """
    layer = Layer(scenario.model_dump(), {(): BY_PROGRAM})
    for dotted, value in changes.items():
        for path in [("calendar", dotted)] if is_planned(dotted) else _paths_meant(dotted, layer.values):
            layer = merged([layer, Layer(_nested(path, value), {path: BY_PROGRAM})])
    return build(Scenario, layer)


def set_value(scenario: Scenario, path: str, value: Any) -> Scenario:
    """Return a copy with one value changed, checked again; raises ScenarioError."""
    return with_changes(scenario, {path: value})


def parse_changes(texts: list[str]) -> dict[str, Any]:
    """Return `["market.turbulence=0.3"]`, as typed on a command line, as changes; raises ScenarioError."""
    changes: dict[str, Any] = {}
    for text in texts:
        path, equals, value = text.partition("=")
        if not equals:
            refuse(BY_PROGRAM, f"{shown(text)} is no change; write it like market.turbulence=0.3")
        changes[path.strip()] = parse_yaml(f"value: {value.strip()}", BY_PROGRAM.file).values["value"]
    return changes


def resolved(scenario: Scenario) -> dict[str, Any]:
    """Return the whole scenario as plain data (dicts, lists, numbers, text, None), always in the same order."""
    return scenario.model_dump(mode="json")


def from_resolved(values: Mapping[str, Any], file: str = "scenario") -> Scenario:
    """Return the scenario that `resolved` gave; raises ScenarioError that names `file`."""
    return build(Scenario, Layer(values, {(): Place(file)}))


def company_layers(family: list[Document], *, with_preset: bool = True) -> list[Layer]:
    """Return what a company's files say, the oldest parent first; the youngest `preset:` comes below its file."""
    layers: list[Layer] = []
    namer = next((document for document in reversed(family) if "preset" in document.values), None)
    for document in family:
        if document is namer and with_preset:
            layers += _preset_of(document)
        layers.append(_company_layer(document))
    own = family[-1]
    name = own.values.get("name", name_of(own.file))
    return [*layers, Layer({"name": name}, {(): Place(own.file)})]


def preset_layers(family: list[Document]) -> list[Layer]:
    """Return what a preset and its parents say, the oldest parent first; raises ScenarioError for other sections."""
    known = (*PRESET_SECTIONS, "extends", "question")
    for document in family:
        for key in document.values:
            if key not in known:
                hint = did_you_mean(key, known)
                refuse(document.places[(key,)], f"unknown key {key} in a practice preset{hint}")
    return [_without(document, ("extends", "question")) for document in family]


def merged(layers: list[Layer]) -> Layer:
    """Return the layers as one, the last on top."""
    return merge(layers, lambda path: is_named_group(Scenario, path))


def _company_file(name_or_path: str | FilePath) -> FilePath:
    """Return the company's file; raises ScenarioError, with advice if a practice preset was named."""
    try:
        return COMPANIES.find(name_or_path)
    except ScenarioError:
        if str(name_or_path) in PRESETS.names():
            raise ScenarioError(
                f"{name_or_path} is a practice preset, not a company; give a company and lay the preset over it"
            ) from None
        raise


def _preset_of(document: Document) -> list[Layer]:
    """Return the layers of the preset that a company file names."""
    preset = document.values["preset"]
    if not isinstance(preset, str):
        names = ", ".join(PRESETS.names())
        refuse(document.places[("preset",)], f"preset is {shown(preset)}; it must be one of {names}")
    path = PRESETS.find(preset, document.places[("preset",)], beside=FilePath(document.file))
    return preset_layers(PRESETS.family(path))


def _company_layer(document: Document) -> Layer:
    """Return a company file without what is not inherited: its name, and whom it extends."""
    return _without(document, ("extends", "name"))


def _without(document: Document, keys: tuple[str, ...]) -> Layer:
    """Return a file's values but for some keys at the top; nothing is said about where the file begins."""
    values = {key: value for key, value in document.values.items() if key not in keys}
    return Layer(values, {path: place for path, place in document.places.items() if path})


def _paths_meant(dotted: str, values: Mapping[str, Any]) -> list[Path]:
    """Return the paths a dotted path stands for (more than one with `*`); raises ScenarioError if there is none."""
    paths: list[Path] = [()]
    for key in dotted.split("."):
        paths = [(*path, name) for path in paths for name in _names_meant(key, path, values, dotted)]
    return paths


def _names_meant(key: str, path: Path, values: Any, dotted: str) -> list[str]:
    """Return the names below `path` that `key` stands for; raises ScenarioError if `key` is not one of them."""
    for step in path:
        values = values[step]
    known = list(values) if isinstance(values, Mapping) else []
    if key == ANY_NAME and is_named_group(Scenario, path):
        return known
    if key in known:
        return [key]
    raise ScenarioError(f"{BY_PROGRAM}: there is no {dotted}{_meant(dotted)}")


def _meant(dotted: str) -> str:
    """Return '; did you mean X?' for an unknown dotted path."""
    paths = [parameter.path for parameter in parameters_of(Scenario)]
    same_name = [path for path in paths if path.split(".")[-1] == dotted.split(".")[-1]]
    hint = did_you_mean(dotted, same_name or paths)
    return hint if "did you mean" in hint else ""


def _nested(path: Path, value: Any) -> dict[str, Any]:
    """Return {"a": {"b": value}} for the path a.b."""
    nested = _plain(value)
    for key in reversed(path):
        nested = {key: nested}
    return dict(nested)


def _plain(value: Any) -> Any:
    """Return a program's value as a file would have it: sections as dicts, NumPy numbers and arrays as Python's."""
    if isinstance(value, Section):
        return value.model_dump()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return value.tolist() if hasattr(value, "tolist") else value
