"""`run.py play`: two companies side by side, in one file to open in a browser."""

from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.cli.options import DONE, Changes, Company, Language, Practices, Replace
from experiments.reporting.terminal import complain, say


def play(
    company: Company,
    practices: Practices = None,
    against: Annotated[str | None, typer.Option(help="Type or file of practices of the company on the right.")] = None,
    changes: Changes = None,
    seed: Annotated[int, typer.Option(help="Seed of the market that both companies meet.")] = 0,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")] = Path("play.html"),
    replace: Replace = False,
    language: Language = "en",
) -> int:
    """Write one offline page that shows two companies in one market with the same luck, lead by lead.

    The company on the right differs by --against (integrated if not given) or by --set; --set alone changes nothing
    else.
    """
    import scenarios
    from experiments.execution.engine import get_ready
    from experiments.store.atomic_files import write_whole
    from scenarios.input_errors import InputError, check_seed
    from studio.playback import LANGUAGES, page
    from studio.recording import Recording

    check_seed(seed)
    if language not in LANGUAGES:
        raise InputError(f"the page has no language {language}; there are: {', '.join(LANGUAGES)}")
    if out.exists() and not replace:
        raise InputError(f"{out} exists; write to another file, or replace it")
    different = scenarios.parse_changes(changes or [])
    usual = practices or _usual(company)
    left = scenarios.load(company, practices=usual)
    usual_right = against or (usual if different else "integrated")
    right = scenarios.load(company, usual_right, different)
    get_ready(complain, 1)
    from simulation import simulate

    said = [_as_said(path, value) for path, value in different.items()]
    runs = (simulate(left, seed, tape=True), simulate(right, seed, tape=True))
    recordings = [
        Recording.of(runs[0], practices=_name_of(usual)),
        Recording.of(runs[1], practices=_name_of(usual_right), changes=said),
    ]
    write_whole(out, page(recordings, language=language).encode("utf-8"))
    say(f"{out}: open it in a browser; it needs no network")
    return DONE


def _usual(company: str) -> str | None:
    """The practices of the company on the left: undefined in place of a type; its own where its file names no type."""
    import scenarios

    return "undefined" if scenarios.load(company).preset else None


def _name_of(practices: str | None) -> str:
    """What practices are called on the page: the name of a type, or of a file."""
    return Path(practices).stem if practices else ""


def _as_said(path: str, value: Any) -> dict[str, Any]:
    """A change as a recording tells it."""
    from scenarios.calendar import is_planned, planned

    if not is_planned(path):
        return {"path": path, "value": value}
    change = planned(path, value)
    return {"path": change.path, "value": change.value, "day": change.day}
