"""The part of a report that says what was compared and what it was made from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import scenarios
from experiments.questions.compare.result import Comparison
from experiments.reporting import html as parts
from experiments.reporting.figure_style import label
from experiments.reporting.html import text
from experiments.store.provenance import Provenance
from scenarios import Parameter
from scenarios.differences import Difference, difference

_NOT_ABOUT_THE_COMPANY = ("name", "question", "preset")


def inputs(found: Comparison) -> str:
    """What makes the types different, and what makes the company different from the one it is built on."""
    return (
        '<section id="inputs"><h2>What was compared</h2>'
        "<p>A type is a bundle of practices and nothing else: the model never learns its name. These are all the "
        f"values in which the types differ; everything else is the same for all.</p>{what_differs(found.variants)}"
        f"{company_values(found.source, found.changes)}</section>"
    )


def what_differs(variants: Mapping[str, Any]) -> str:
    """A table of the values in which scenarios differ, one column each."""
    values = {variant: dict(_flat(scenarios.resolved(scenario))) for variant, scenario in variants.items()}
    heads = ("Practice", *(label(variant) for variant in values))
    rows = [(meaning(path), *(_in_unit(path, v.get(path)) for v in values.values())) for path in _differing(values)]
    return parts.table(heads, rows, words=len(heads))


def origin(found: Comparison, made: Provenance) -> str:
    """How to make the result again."""
    beside = (
        "Beside this page lie the runs (runs.parquet, runs.csv), the tables, the numbers behind each figure, and "
        "manifest.json with every parameter of every type."
    )
    return how_made(found.seeds, beside, made)


def how_made(seeds: Sequence[int], beside: str, made: Provenance) -> str:
    """The command, the worlds, the versions; `beside` says what lies beside the page."""
    rows = [
        ("Command", made.command),
        ("Made at", made.made_at),
        ("Worlds", f"seeds {seeds[0]} to {seeds[-1]}" if seeds else "none"),
        ("Model", f"{made.model} (fingerprint of its code)"),
        ("Repository", made.commit or "no git repository"),
        ("Versions", ", ".join(f"{name} {number}" for name, number in made.versions.items())),
    ]
    body = "".join(
        f'<tr><th scope="row">{text(what)}</th><td class="mono">{text(value)}</td></tr>' for what, value in rows
    )
    return (
        '<section id="origin"><h2>Where it comes from</h2>'
        f"<p>The same command gives the same numbers again. {text(beside)}</p>"
        f'<div class="scroll"><table><tbody>{body}</tbody></table></div></section>'
    )


def company_values(source: str | None, laid_on: Mapping[str, Any]) -> str:
    """The company's own values with their sources, folded; and what was changed for this comparison."""
    changed = [(path, in_words(value)) for path, value in laid_on.items()]
    said = (
        f"<p>Changed for this comparison:</p>{parts.table(('Parameter', 'Value'), changed, words=2)}" if changed else ""
    )
    if source is None:
        return said
    told = difference(source)
    against = f"the company {told.parent}" if told.parent else "the defaults"
    heads = ("Parameter", "Before", "Here", "Source")
    values = parts.folded(
        f"What {told.name} changes in {against} ({len(told.changes)} values or groups, with sources)",
        parts.table(heads, _changes(told), words=4),
    )
    return said + values


def _changes(told: Difference) -> Iterator[tuple[str, str, str, str]]:
    for change in told.changes:
        if isinstance(change.new, Mapping):
            for key, value in change.new.items():
                path = f"{change.path}.{key}"
                yield path, "(new)", in_words(value), _source(path, told)
        else:
            new = "(removed)" if isinstance(change.old, Mapping) else in_words(change.new)
            old = "" if isinstance(change.old, Mapping) else in_words(change.old)
            yield change.path, old, new, _source(change.path, told)


def _source(path: str, told: Difference) -> str:
    """The comment beside the value in the company's file, else the source of the parameter."""
    parameter = _declared(path)
    return told.notes.get(path) or (str(parameter.source) if parameter else "")


def _differing(variants: Mapping[str, Mapping[str, Any]]) -> list[str]:
    paths = dict.fromkeys(path for values in variants.values() for path in values)
    different = [path for path in paths if len({repr(values.get(path)) for values in variants.values()}) > 1]
    return [path for path in different if path not in _NOT_ABOUT_THE_COMPANY]


def _flat(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def meaning(path: str) -> str:
    """What a parameter means, with its unit; its path where it has no meaning of its own."""
    parameter = _declared(path)
    if parameter is None:
        return path
    unit = f" ({parameter.unit})" if parameter.unit not in ("-", "share") else ""
    return f"{parameter.meaning.split('; ')[0].rstrip('.')}{unit}"


def _declared(path: str) -> Parameter | None:
    keys = path.split(".")
    pattern = ".".join([keys[0], "*", *keys[2:]]) if keys[0] in ("segments", "channels", "products") else path
    return next((parameter for parameter in scenarios.parameters() if parameter.path == pattern), None)


def _in_unit(path: str, value: Any) -> str:
    """A value for a table of its own unit: shares in percent."""
    parameter = _declared(path)
    is_share = parameter is not None and parameter.unit == "share" and isinstance(value, float)
    return f"{100 * value:.3g} %" if is_share else in_words(value)


def in_words(value: Any) -> str:
    """A value as a reader says it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.10g}"
    if isinstance(value, list | tuple):
        return ", ".join(in_words(item) for item in value)
    return str(value).replace("_", " ")
