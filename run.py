"""How to start: `python run.py --help`.

Exit codes: 0 done; 1 the simulation disagrees with what is known (agree, validate); 2 what was asked for is wrong, with
a sentence on stderr; 3 finished, but some runs failed; 130 interrupted.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from experiments.cli.options import (
    DISAGREES,
    DONE,
    INTERRUPTED,
    SOME_FAILED,
    WRONG_INPUT,
    Changes,
    Company,
    Json,
    Out,
    Seed,
    Workers,
    compile_first,
    deliver,
    folder_for,
)
from experiments.cli.registry import lab
from experiments.reporting.console import complain, say, say_json
from experiments.reporting.progress import progress_bar

# What takes long to load is imported inside the commands, so that `list`, help and mistakes answer at once.


class Commands(TyperGroup):
    """All commands; Ctrl-C that none of them has answered is told here, which Typer does not do in every version."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            complain("interrupted")
            return INTERRUPTED


app = typer.Typer(cls=Commands, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.callback()
def about() -> None:
    """What is better cooperation between sales and marketing worth, and which change should come next?"""


@app.command()
def compare(  # noqa: PLR0913  # one parameter per option
    company: Company = "reference",
    types: Annotated[str | None, typer.Option(help="Types to compare, e.g. defined,aligned or today,aligned.")] = None,
    precision: Annotated[str | None, typer.Option(help="Go on until the gap is known so well, e.g. 2%.")] = None,
    runs: Annotated[int | None, typer.Option(help="Paired runs of every type; 200 if not given.")] = None,
    seed: Seed = 0,
    workers: Workers = None,
    out: Out = None,
    changes: Changes = None,
    as_json: Json = False,
) -> int:
    """Compare the relationship types for a company.

    Which earns most, by how much, where does it come from, and how sure is that?
    """
    import scenarios
    from experiments.cli.delivery import of_comparison
    from experiments.execution.runner import Settings
    from experiments.questions.compare.ask import Plan, compare_variants, variants_of
    from experiments.statistics.sequential import parse_precision

    plan = Plan(
        types=tuple(name.strip() for name in types.split(",")) if types is not None else None,
        precision=parse_precision(precision, runs),
        seed=seed,
        changes=scenarios.parse_changes(changes or []),
        **({} if runs is None else {"runs": runs}),
    )
    settings = Settings(workers=workers)
    variants = variants_of(company, plan)
    folder = folder_for(out, variants.company, "compare")
    compile_first()
    with progress_bar(f"{variants.company}, {len(variants.scenarios)} types") as on_progress:
        found = compare_variants(variants, plan, settings, on_progress)
    return deliver(of_comparison(found, folder, sys.argv[1:]), as_json)


@app.command()
def run(  # noqa: PLR0913  # one parameter per option
    company: Company,
    practices: Annotated[str | None, typer.Option(help="Type whose practices to use instead of today's.")] = None,
    seed: Seed = 0,
    out: Annotated[Path | None, typer.Option(help="Folder for outcomes and all tables.")] = None,
    changes: Changes = None,
    as_json: Json = False,
) -> int:
    """Run a company once and print its outcomes."""
    import scenarios
    from experiments.reporting import results_folder as store
    from experiments.reporting.terminal import outcomes_table
    from experiments.store.provenance import provenance
    from scenarios.input_errors import check_seed

    scenario = scenarios.load(company, practices=practices, changes=scenarios.parse_changes(changes or []))
    check_seed(seed)
    if out is not None:
        store.check_folder(out)
    compile_first()
    from simulation import OUTCOMES, simulate

    done = simulate(scenario, seed)
    if out is not None:
        store.save_run(done, provenance(sys.argv[1:]), out)
    if as_json:
        units = {name: outcome.unit for name, outcome in OUTCOMES.items()}
        say_json({"company": scenario.name, "seed": seed, "outcomes": done.outcomes, "units": units})
    else:
        meanings = {name: (outcome.unit, outcome.meaning) for name, outcome in OUTCOMES.items()}
        say(outcomes_table(done.outcomes, meanings) + (f"\n\n{out}" if out else ""))
    return DONE


@app.command("what-if")
def what_if(  # noqa: PLR0913  # one parameter per option
    company: Company,
    changes: Changes = None,
    practices: Annotated[str | None, typer.Option(help="Type whose practices to start from.")] = None,
    given: Annotated[list[str] | None, typer.Option(metavar="PATH=VALUE", help="Change it in both worlds.")] = None,
    precision: Annotated[str | None, typer.Option(help="Go on until the difference is known so well.")] = None,
    runs: Annotated[int | None, typer.Option(help="Worlds, each lived twice; 200 if not given.")] = None,
    seed: Seed = 0,
    workers: Workers = None,
    out: Out = None,
    as_json: Json = False,
) -> int:
    """Say what one change is worth to a company, and where that arises.

    The same worlds are lived with and without the change.
    """
    import scenarios
    from experiments.cli.delivery import of_what_if
    from experiments.execution.runner import Settings
    from experiments.questions.what_if import ask as asking
    from experiments.statistics.sequential import parse_precision

    question = asking.Question(
        scenarios.parse_changes(changes or []),
        practices,
        scenarios.parse_changes(given or []),
        precision=parse_precision(precision, runs),
        seed=seed,
        **({} if runs is None else {"runs": runs}),
    )
    settings, pair = Settings(workers=workers), asking.pair_of(company, question)
    folder = folder_for(out, pair.before.name, "what-if")
    compile_first()
    with progress_bar(f"{pair.before.name}, with and without") as on_progress:
        found = asking.ask(company, pair, question, settings, on_progress)
    return deliver(of_what_if(found, folder, sys.argv[1:]), as_json)


@app.command()
def lead(  # noqa: PLR0913  # one parameter per option
    company: Company,
    lead: Annotated[int | None, typer.Option(help="Number of the prospect; a telling one if not given.")] = None,
    practices: Annotated[str | None, typer.Option(help="Type whose practices the first world has.")] = None,
    against: Annotated[str | None, typer.Option(help="Type whose practices the second world has.")] = None,
    changes: Changes = None,
    seed: Seed = 0,
    out: Out = None,
    as_json: Json = False,
) -> int:
    """Tell the history of one prospect in two worlds, side by side.

    The second world differs by --against or by --set; luck is the same in both.
    """
    import scenarios
    from experiments.cli.delivery import of_lead_story
    from experiments.questions.lead_history import ask as lead_story

    worlds = lead_story.worlds_of(company, practices, against, scenarios.parse_changes(changes or []))
    folder = folder_for(out, worlds[0][1].name, "lead")
    lead_story.check_number(seed, lead)
    compile_first()
    return deliver(of_lead_story(lead_story.lead_story(worlds, seed, lead), folder, sys.argv[1:]), as_json)


@app.command()
def agree(
    company: Annotated[str, typer.Argument(help="Company with published figures.")] = "olist_signup",
    runs: Annotated[int, typer.Option(help="Runs to average over.")] = 20,
    seed: Seed = 0,
    workers: Workers = None,
    as_json: Json = False,
) -> int:
    """Hold a company against published figures.

    Exit code 1 if a simulated figure is further from the real one than allowed.
    """
    from experiments.execution.runner import Settings
    from experiments.questions.agreement import ask as agreement
    from experiments.questions.compare.ask import Plan
    from experiments.reporting.terminal import agreement_text
    from experiments.wording.numbers import counted

    plan, settings = Plan(runs=runs, seed=seed), Settings(workers=workers)
    agreement.check_company(company)
    compile_first()
    with progress_bar(company) as on_progress:
        found = agreement.agree(company, plan.runs, plan.seed, settings, on_progress)
    if found.table.is_interrupted:
        complain("interrupted")
        return INTERRUPTED
    say_json(agreement.in_short(found)) if as_json else say(agreement_text(found))
    if found.table.failures:
        complain(f"{counted(len(found.table.failures), 'run')} failed: {found.table.failures[0].error}")
        return SOME_FAILED
    return DONE if found.is_within else DISAGREES


@app.command()
def validate(  # noqa: PLR0913  # one parameter per option
    only: Annotated[str | None, typer.Option(help="Patterns to look at, e.g. S4,V10; all if not given.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Few worlds: a first look.")] = False,
    ablate: Annotated[bool, typer.Option("--ablate", help="Ask again without each mechanism.")] = False,
    robustness: Annotated[int | None, typer.Option(help="Ask again in so many random settings, e.g. 100.")] = None,
    seed: Seed = 0,
    workers: Workers = None,
    out: Out = None,
    as_json: Json = False,
) -> int:
    """Hold the model against the patterns that research and practice report.

    Exit code 1 if a pattern does not hold.
    """
    from experiments.execution.runner import Settings
    from experiments.questions.validate import report as validate_report
    from experiments.questions.validate.ask import Plan
    from experiments.questions.validate.ask_all import Asked, ask
    from experiments.store.provenance import provenance

    plan, asked, settings = Plan(only, quick, seed), Asked(ablate, robustness), Settings(workers=workers)
    folder = folder_for(out, "model", "validate")
    compile_first()
    found = ask(plan, asked, settings, progress_bar)
    if found.is_interrupted:
        complain("interrupted")
        return INTERRUPTED
    validate_report.save(found, provenance(sys.argv[1:]), folder)
    if as_json:
        say_json(validate_report.short(found) | {"folder": str(folder)})
    else:
        say(f"{validate_report.terminal_text(found)}\n\n{folder / validate_report.PAGE}")
    if found.failures:
        complain(validate_report.failed(found))
        return SOME_FAILED
    return DONE if found.validation.passes else DISAGREES


@app.command()
def explain(name: Annotated[str, typer.Argument(help="A parameter, group, company, preset or outcome.")]) -> int:
    """Say what a name means and where its numbers come from."""
    import scenarios

    try:
        say(scenarios.explain(name))
    except scenarios.ScenarioError:
        from simulation.outcomes import OUTCOMES

        if name not in OUTCOMES:
            raise
        outcome = OUTCOMES[name]
        say(f"{name}\n  {outcome.meaning}\n  unit       {outcome.unit}\n  better     {outcome.better}")
    return DONE


@app.command("list")
def list_names(as_json: Json = False) -> int:
    """List companies, practice presets and groups of parameters."""
    import scenarios

    names = scenarios.overview()
    if as_json:
        say_json(names)
    else:
        width = max(len(name) for group in names.values() for name in group)
        blocks = [
            "\n".join([title, *(f"  {name.ljust(width)}  {told}".rstrip() for name, told in group.items())])
            for title, group in names.items()
        ]
        say("\n\n".join(blocks))
    return DONE


@app.command()
def schema() -> int:
    """Print the JSON Schema of a company file, for editors."""
    import scenarios

    say(json.dumps(scenarios.json_schema(), indent=2, ensure_ascii=False))
    return DONE


@app.command()
def bench(
    quick: Annotated[bool, typer.Option("--quick", help="Fewer repetitions.")] = False, as_json: Json = False
) -> int:
    """Measure how fast the model runs on this machine."""
    from benchmarks import bench as benchmarks
    from experiments.reporting.terminal import columns
    from experiments.wording.numbers import number

    measured = benchmarks.main(quick)
    if as_json:
        say_json([{"name": name, "value": value, "unit": unit} for name, value, unit in measured])
    else:
        say(columns(("measure", "value", "unit"), [(name, number(value), unit) for name, value, unit in measured]))
    return DONE


app.registered_commands += lab.registered_commands  # after our own, in the help too


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        code = app(args=words, prog_name="run.py", standalone_mode=False)
    except typer.TyperException as error:
        return _wrong(_with_hint(error.format_message()))
    except typer.Abort:
        complain("interrupted")
        return INTERRUPTED
    except Exception as error:
        if not _is_the_users(error):
            raise
        return _wrong(str(error))
    return code if isinstance(code, int) else DONE


def _with_hint(message: str) -> str:
    """A message of the command line; an unknown command like none of ours gets the commands there are."""
    if not message.startswith("No such command") or "Did you mean" in message:
        return message
    names = [str(command.name or getattr(command.callback, "__name__", "")) for command in app.registered_commands]
    return f"{message.rstrip('.')}; there are: {', '.join(names)}"


def _is_the_users(error: Exception) -> bool:
    """Whether an error is an answer to wrong input, not a fault of ours."""
    from scenarios.input_errors import InputError

    return isinstance(error, InputError)


def _wrong(text: str) -> int:
    complain(" ".join(text.split()))
    return WRONG_INPUT


if __name__ == "__main__":
    sys.exit(main())
