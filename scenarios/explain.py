"""Answers to `explain NAME` and `list`, in plain text."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from scenarios.differences import Change, Difference, difference
from scenarios.input_errors import ScenarioError, did_you_mean
from scenarios.loader import COMPANIES, PRESETS
from scenarios.registry import ANY_NAME, Parameter, parameters_of
from scenarios.scenario import Scenario

_SHORTEST_WORD, _MANY = 2, 40


def explain(name: str) -> str:
    """Return what a parameter, a group of parameters, a company or a preset is; raises ScenarioError if unknown.

    A parameter is named by its path (`market.turbulence`) or by its last word where that is unique enough.
    """
    if name in [*COMPANIES.names(), *PRESETS.names()] or name.endswith((".yaml", ".yml")):
        return _difference_text(difference(name))
    known = parameters_of(Scenario)
    found = [parameter for parameter in known if parameter.path == _pattern(name, known)]
    found = found or [parameter for parameter in known if parameter.path.split(".")[-1] == name]
    if found:
        return "\n\n".join(_parameter_text(parameter) for parameter in found)
    group = [parameter for parameter in known if parameter.path.startswith(f"{name}.")]
    if group:
        return "\n".join(_lines_of(group))
    if speaking := _that_speak_of(name, known):
        n = f"{len(speaking)} parameter{'s speak' if len(speaking) > 1 else ' speaks'} of it"
        return "\n".join([f'nothing is called "{name}", but {n}:', "", *_lines_of(speaking)])
    names = [*COMPANIES.names(), *PRESETS.names(), *(parameter.path for parameter in known)]
    last_words = {parameter.path.split(".")[-1]: parameter.path for parameter in known}
    hint = did_you_mean(name, names if "." in name else [*names, *last_words])
    raise ScenarioError(f'nothing is called "{name}"{hint if "did you mean" in hint else "; `list` shows all names"}')


def _lines_of(group: Iterable[Parameter]) -> Iterable[str]:
    """Yield each parameter with its default, and below it what it means."""
    for parameter in group:
        yield f"{parameter.path:<50} {amount(parameter.default, parameter)}"
        yield f"    {parameter.meaning}"


def _that_speak_of(word: str, known: Iterable[Parameter]) -> list[Parameter]:
    """Return the parameters with a whole word like `word` in their path, meaning or source; of very many, none."""
    pattern = re.compile(rf"\b{re.escape(word.replace('_', ' '))}", re.IGNORECASE)
    found = [one for one in known if pattern.search(f"{one.path.replace('_', ' ')}: {one.meaning} {one.source}")]
    return found if len(word) > _SHORTEST_WORD and len(found) <= _MANY else []


def overview() -> dict[str, dict[str, str]]:
    """Return the shipped companies and practice presets, each with its question, and the groups of parameters."""
    groups: dict[str, int] = {}
    for parameter in parameters_of(Scenario):
        group = parameter.path.split(".")[0]
        groups[group] = groups.get(group, 0) + 1
    return {
        "companies": {name: difference(name).question for name in COMPANIES.names()},
        "presets": {name: difference(name).question for name in PRESETS.names()},
        "parameters": {group: f"{count} parameters" for group, count in groups.items()},
    }


def amount(value: Any, parameter: Parameter | None) -> str:
    """Return a value with its unit, e.g. `25000 EUR/year`."""
    unit = f" {parameter.unit}" if parameter and parameter.unit != "-" and value is not None else ""
    return f"{_plain(value)}{unit}"


def _plain(value: Any) -> str:
    """Return a value as a company file would say it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_plain(item) for item in value) + "]"
    return str(value)


def _parameter_text(parameter: Parameter) -> str:
    default = "required" if parameter.is_required else amount(parameter.default, parameter)
    lines = [parameter.path, f"  {parameter.meaning}", f"  default    {default}", f"  allowed    {parameter.allowed}"]
    if parameter.plausible:
        low, high = parameter.plausible
        lines.append(f"  plausible  {_plain(low)} to {amount(high, parameter)}")
    if lever := parameter.lever:
        lines.append(f"  practice   {lever.practice.label} ({lever.practice.family})")
        lines.append(f"  cost       booked under {', '.join(lever.costs)}")
        lines += [f"  needs      practices.{lever.needs}"] if lever.needs else []
    return "\n".join([*lines, f"  source     {parameter.source}"])


def _difference_text(told: Difference) -> str:
    against = f"what {told.parent} says" if told.parent else "the defaults"
    head = [told.name, *([f"  {told.question}"] if told.question else [])]
    if not told.changes:
        return "\n".join([*head, "", f"changes nothing in {against}"])
    known = {parameter.path: parameter for parameter in parameters_of(Scenario)}
    lines = [line for change in told.changes for line in _change_lines(change, told.notes, known)]
    return "\n".join([*head, "", f"changes in {against}:", *lines])


def _change_lines(change: Change, notes: Mapping[str, str], known: Mapping[str, Parameter]) -> Iterable[str]:
    """Yield `path  old -> new  [source]`; for a new segment or channel one line for each of its values."""
    if isinstance(change.new, Mapping):
        yield f"  {change.path}  (new){_source(change.path, None, notes, None)}"
        for key, value in change.new.items():
            path = f"{change.path}.{key}"
            parameter = known.get(_pattern(path, known.values()))
            yield f"    {key:<46} {amount(value, parameter)}{_source(path, value, notes, parameter)}"
    elif isinstance(change.old, Mapping):
        yield f"  {change.path}  (removed)"
    else:
        parameter = known.get(_pattern(change.path, known.values()))
        step = f"{_plain(change.old)} -> {amount(change.new, parameter)}"
        yield f"  {change.path:<48} {step}{_source(change.path, change.new, notes, parameter)}"


def _source(path: str, value: Any, notes: Mapping[str, str], parameter: Parameter | None) -> str:
    """Return where a company's value comes from: the comment beside it in the file, or what we declared."""
    if path in notes:
        return f"  [{notes[path]}]"
    if parameter is None:
        return ""
    return f"  [{parameter.source}]" if value == parameter.default else f"  [default: {parameter.source}]"


def _pattern(name: str, known: Iterable[Parameter]) -> str:
    """Return the path under which a parameter is declared: `segments.smb.buyers` is `segments.*.buyers`."""
    keys = name.split(".")
    for parameter in known:
        declared = parameter.path.split(".")
        if len(declared) == len(keys) and all(a in (b, ANY_NAME) for a, b in zip(declared, keys, strict=True)):
            return parameter.path
    return name
