"""`run.py play`: two companies side by side, in one file to open in a browser."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.cli.options import DONE, Changes, Company, Language, Practices, Replace
from experiments.reporting.terminal import say

DRAWS = 20
"""Joint draws of the uncertain assumptions that a page holds."""


def play(
    company: Company,
    practices: Practices = None,
    against: Annotated[
        list[str] | None,
        typer.Option(help="Type or file of practices of the company on the right; more can be chosen in the page."),
    ] = None,
    changes: Changes = None,
    seed: Annotated[int, typer.Option(help="Seed of the market that both companies meet.")] = 0,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")] = Path("play.html"),
    replace: Replace = False,
    language: Language = "en",
) -> int:
    """Write one offline page that shows two companies in one market with the same luck, lead by lead.

    The company on the right differs by --against (integrated if not given) or by --set; --set alone changes nothing
    else. The page holds the engine: practices, levers and the market can be changed in it.
    """
    import scenarios
    from experiments.store.atomic_files import write_whole
    from scenarios.input_errors import InputError, check_seed
    from studio.kit import OWN, kit_of_company
    from studio.playback import LANGUAGES, live_page

    check_seed(seed)
    if language not in LANGUAGES:
        raise InputError(f"the page has no language {language}; there are: {', '.join(LANGUAGES)}")
    if out.exists() and not replace:
        raise InputError(f"{out} exists; write to another file, or replace it")
    different = scenarios.parse_changes(changes or [])
    left = practices or ("undefined" if scenarios.load(company).preset else OWN)
    right = against[0] if against else left if different else "integrated"
    scenarios.load(company, None if right == OWN else right, different)  # so that mistakes are told here
    named = [one for one in (practices, *(against or ())) if one]
    levers, fixed = _by_lever(different)
    kit = kit_of_company(company, named, fixed, draws=DRAWS)
    cases = [{"company": kit["company"], "practices": one, "changes": [], "seed": seed} for one in (left, right)]
    cases[1]["changes"] = levers
    write_whole(out, live_page([kit], cases, language=language).encode("utf-8"))
    say(f"{out}: open it in a browser; it needs no network")
    return DONE


def _by_lever(different: Mapping[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Changes that are levers of the page, as it writes them; and all others, which hold for both companies."""
    from scenarios.calendar import CHANGEABLE, is_planned, planned

    levers: list[dict[str, Any]] = []
    others: dict[str, Any] = {}
    for path, value in different.items():
        if is_planned(path):
            change = planned(path, value)
            levers.append({"path": change.path, "value": change.value, "day": change.day})
        elif path.split(".")[0] in CHANGEABLE:
            levers.append({"path": path, "value": value})
        else:
            others[path] = value
    return levers, others
