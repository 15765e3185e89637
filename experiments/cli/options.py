"""The options that commands share, each declared once, and the exit codes."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from experiments.questions.question import Question as Question
else:
    Question = Any  # what commands make; to load it takes longer than help should

DONE, DISAGREES, WRONG_INPUT, SOME_FAILED, TROUBLE, INTERRUPTED = 0, 1, 2, 3, 4, 130
"""Done; a verdict was against the model; wrong input; some runs failed; something else went wrong; interrupted."""

Company = Annotated[str, typer.Argument(help="Name of a shipped company, or path of a company file.")]
Seed = Annotated[int, typer.Option(help="Seed of the first world; world k has seed + k.")]
Changes = Annotated[list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Change a parameter.")]
Fixed = Annotated[bool, typer.Option("--fixed", help="Keep the assumptions as they stand; draw none of them.")]
Practices = Annotated[str | None, typer.Option(help="Type whose practices to use instead of today's.")]
Precision = Annotated[str | None, typer.Option(help="Go on until the difference is known so well, e.g. 2%.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, and nothing else, on stdout.")]
Out = Annotated[Path | None, typer.Option(help="Folder for the results.")]
Replace = Annotated[bool, typer.Option("--replace", help="Replace the result of another question in that folder.")]
Slide = Annotated[Path | None, typer.Option(metavar="FILE", help="Write one slide, 16:9, to a .png or .pdf file.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but the result and what goes wrong.")]
Workers = Annotated[int | None, typer.Option(help="Worker processes; one per core if not given.")]
Backend = Annotated[str, typer.Option(help="processes (of this machine) or dask.")]
Scheduler = Annotated[str | None, typer.Option(help="Dask scheduler, e.g. tcp://10.0.0.1:8786.")]
Language = Annotated[str, typer.Option(help="Language of the answer: en, zh or ru.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be run and about how long, and run nothing.")]


def vary_option(what: str) -> Any:
    """The option `--vary` of a question; `what` says what varies if it is not given."""
    return typer.Option(metavar="PATH[=VALUES]", help=f"What varies, e.g. market.turbulence=0:3; {what} if not given.")


@dataclass(frozen=True)
class Running:
    """How a question is asked: where its runs are made, where results go, what is said.

    A `slide` is offered by those questions alone that have one.
    """

    workers: Workers = None
    backend: Backend = "processes"
    scheduler: Scheduler = None
    out: Out = None
    replace: Replace = False
    slide: Slide = None
    dry_run: DryRun = False
    quiet: Quiet = False
    as_json: Json = False
    language: Language = "en"


def given(**options: Any) -> dict[str, Any]:
    """The options that were given: those that are not None."""
    return {name: value for name, value in options.items() if value is not None}
