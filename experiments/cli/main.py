"""The command line as a whole: `python run.py --help`, or `revenue-together --help`.

Exit codes: 0 done; 1 the simulation disagrees with what is known (agree, validate); 2 what was asked for is wrong, with
a sentence on stderr; 3 finished, but some runs failed; 4 something else went wrong; 130 interrupted.
"""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from experiments.cli import catalogue, measure_run, status
from experiments.cli.agreement import agree
from experiments.cli.asking import asks
from experiments.cli.assess import assess
from experiments.cli.bench import bench
from experiments.cli.brief import brief
from experiments.cli.calibrate import calibrate
from experiments.cli.compare import compare
from experiments.cli.discover import discover
from experiments.cli.ensemble import ensemble
from experiments.cli.importing import import_export
from experiments.cli.lead_history import lead
from experiments.cli.market_map import market_map
from experiments.cli.new import new
from experiments.cli.optimise import optimise
from experiments.cli.options import DONE, INTERRUPTED, TROUBLE, WRONG_INPUT
from experiments.cli.play import play
from experiments.cli.roadmap import roadmap
from experiments.cli.sensitivity import sensitivity
from experiments.cli.studio import studio
from experiments.cli.sweep import sweep
from experiments.cli.trouble import where_it_happened
from experiments.cli.validate import validate
from experiments.cli.what_if import what_if
from experiments.reporting.terminal import complain, forget

# What takes long to load is imported inside the commands, so that `list`, help and mistakes answer at once.


class Commands(TyperGroup):
    """All commands; Ctrl-C is told here, before Typer makes something else of it."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            complain("interrupted")
            return INTERRUPTED


app = typer.Typer(
    cls=Commands,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"revenue-together {version('revenue-together')}")
        raise typer.Exit


@app.callback()
def about(
    wanted: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """What is better cooperation between sales and marketing worth, and which change should come next?"""


QUESTIONS: dict[str, Any] = {
    "compare": compare,
    "brief": brief,
    "what-if": what_if,
    "roadmap": roadmap,
    "sweep": sweep,
    "map": market_map,
    "sensitivity": sensitivity,
    "discover": discover,
    "optimise": optimise,
    "new": new,
    "assess": assess,
    "calibrate": calibrate,
    "ensemble": ensemble,
    "lead": lead,
    "agree": agree,
    "validate": validate,
}
COMMANDS: dict[str, Any] = {
    "run": measure_run.run,
    "import": import_export,
    "status": status.status,
    "explain": catalogue.explain,
    "list": catalogue.list_names,
    "schema": catalogue.schema,
    "play": play,
    "bench": bench,
    "studio": studio,
}
WITH_SLIDE = ("compare", "brief", "what-if", "roadmap")
_asked = {name: asks(one, has_slide=name in WITH_SLIDE) for name, one in QUESTIONS.items()}
for _name, _function in {**_asked, **COMMANDS}.items():
    app.command(_name)(_function)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 1 is a verdict, whatever else Typer would end with it."""
    _open_closed_streams()
    words = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        code = app(args=words, prog_name=_program(), standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit) as ended:  # Typer's way to say that nobody reads any more
        if not getattr(ended, "code", TROUBLE):
            return DONE
        forget(sys.stdout)
        return TROUBLE
    except typer.TyperException as error:
        return _wrong(_with_hint(error.format_message()))
    except typer.Abort:
        complain("interrupted")
        return INTERRUPTED
    except Exception as error:
        from scenarios.input_errors import InputError

        if isinstance(error, InputError):
            return _wrong(str(error))
        if isinstance(error, OSError):
            forget(sys.stdout)
        complain(_trouble(error))
        return TROUBLE
    return code if isinstance(code, int) else DONE


def _program() -> str:
    """What the user typed: the console script, or run.py."""
    name = "revenue-together"
    return name if os.path.basename(sys.argv[0]).startswith(name) else "run.py"


def _open_closed_streams() -> None:
    """A program started with its output closed writes its files all the same; what it says goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # for as long as we run


def _trouble(error: Exception) -> str:
    from experiments.store.manifest import StorageError

    if isinstance(error, StorageError):
        return str(error)
    if isinstance(error, OSError):
        return f"the system refuses: {error.strerror or error}{f' ({error.filename})' if error.filename else ''}"
    what = f"something went wrong that is no fault of yours: {type(error).__name__}: {error}"
    return f"{what}; {where_it_happened(error)}"


def _with_hint(message: str) -> str:
    """A message of the command line; an unknown command like none of ours gets the commands there are."""
    if not message.startswith("No such command") or "Did you mean" in message:
        return message
    names = [str(command.name) for command in app.registered_commands]
    return f"{message.rstrip('.')}; there are: {', '.join(names)}"


def _wrong(text: str) -> int:
    complain(" ".join(text.split()))
    return WRONG_INPUT


def console() -> None:
    """The console script `revenue-together`."""
    sys.exit(main())
