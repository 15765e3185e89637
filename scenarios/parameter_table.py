"""The page that lists every parameter, docs/model_parameters.md, written from the declarations.

`python -m scenarios.parameter_table` writes it anew; a test compares page and declarations.
"""

from itertools import groupby
from pathlib import Path

from scenarios.declare import Number
from scenarios.explain import amount
from scenarios.registry import Parameter, parameters_of
from scenarios.scenario import Scenario

PAGE = Path(__file__).resolve().parent.parent / "docs" / "model_parameters.md"
HEAD = """\
# Parameters

Every number of the model, {n} in all: {kinds}.

This page is written from the declarations in `scenarios/` by `python -m scenarios.parameter_table`; change those.
`python run.py explain NAME` shows one parameter with its hard limits. In a path, `*` stands for the name of any segment
or channel. Sources that begin with "facts" are rows of a collection of published figures, those that begin with A are
explained in [the assumptions](assumptions.md), and S and V are patterns that the model is fitted to.
"""
COLUMNS = "| Parameter | Default | Plausible | Source | Meaning |\n|---|---|---|---|---|\n"


def page() -> str:
    """Return the whole page as Markdown."""
    known = parameters_of(Scenario)
    kinds = sorted({parameter.source.kind for parameter in known})
    counts = [f"{sum(p.source.kind == kind for p in known)} {_of_kind(kind)}" for kind in kinds]
    text = HEAD.format(n=len(known), kinds=", ".join(counts))
    for group, members in groupby(known, key=_group):
        text += f"\n## {group}\n\n{COLUMNS}{''.join(_line(parameter) for parameter in members)}"
    return text


def _of_kind(kind: str) -> str:
    return {"assumption": "assumed", "calibrated": "calibrated", "data": "from data"}.get(kind, "from the literature")


def _group(parameter: Parameter) -> str:
    """Return the path without its last word."""
    return parameter.path.rpartition(".")[0]


def _line(parameter: Parameter) -> str:
    default = "required" if parameter.is_required else amount(parameter.default, parameter)
    words = [
        f"`{parameter.path.rpartition('.')[2]}`",
        default,
        _range(parameter),
        _source(parameter),
        parameter.meaning,
    ]
    return "| " + " | ".join(word.replace("|", "\\|") for word in words) + " |\n"


def _range(parameter: Parameter) -> str:
    if parameter.plausible is not None:
        low, high = parameter.plausible
        return f"{_number(low)} to {_number(high)}"
    return ", ".join("null" if choice is None else str(choice).lower() for choice in parameter.choices)


def _number(value: Number) -> str:
    return f"{value:.10g}"


def _source(parameter: Parameter) -> str:
    source = parameter.source
    return source.reference if source.kind in ("literature", "assumption") else str(source)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
