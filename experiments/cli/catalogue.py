"""`run.py list`, `explain` and `schema`: what there is, and what it means."""

import json
from typing import Annotated

import typer

from experiments.cli.options import DONE, Json
from experiments.reporting.terminal import say, say_json


def explain(
    name: Annotated[str, typer.Argument(help="A parameter, group, company, preset or outcome.")], as_json: Json = False
) -> int:
    """Say what a name means and where its numbers come from."""
    text = _explanation(name)
    say_json({"name": name, "explanation": text}) if as_json else say(text)
    return DONE


def _explanation(name: str) -> str:
    import scenarios

    try:
        return scenarios.explain(name)
    except scenarios.ScenarioError:
        from simulation.outcomes import OUTCOMES

        if name not in OUTCOMES:
            raise
        outcome = OUTCOMES[name]
        return f"{name}\n  {outcome.meaning}\n  unit       {outcome.unit}\n  better     {outcome.better}"


def list_names(as_json: Json = False) -> int:
    """List companies, practice presets and groups of parameters."""
    import scenarios

    names = scenarios.overview()
    if as_json:
        say_json(names)
        return DONE
    width = max(len(name) for group in names.values() for name in group)
    blocks = [
        "\n".join([title, *(f"  {name.ljust(width)}  {meaning}".rstrip() for name, meaning in group.items())])
        for title, group in names.items()
    ]
    say("\n\n".join(blocks))
    return DONE


def schema() -> int:
    """Print the JSON Schema of a company file, for editors."""
    import scenarios

    say(json.dumps(scenarios.json_schema(), indent=2, ensure_ascii=False))
    return DONE
