"""`run.py play`: two companies side by side, or a lesson, in one file to open in a browser."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.cli.options import DONE, Changes, Language, Practices, Replace
from experiments.reporting.terminal import say

LARGEST_SEED = 2**53
"""Numbers of browsers are exact below it."""


def play(
    company: Annotated[
        str, typer.Argument(help="A company; or a case saved in a page (.json), or a folder of results to open.")
    ] = "reference",
    practices: Practices = None,
    against: Annotated[
        list[str] | None,
        typer.Option(help="Type or file of practices of the company on the right; more can be chosen in the page."),
    ] = None,
    changes: Changes = None,
    seed: Annotated[int, typer.Option(help="Seed of the market that both companies meet.")] = 0,
    lesson: Annotated[str | None, typer.Option(metavar="ID", help="Write a lesson in place of a company.")] = None,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")] = Path("play.html"),
    replace: Replace = False,
    language: Language = "en",
) -> int:
    """Write one offline page that shows two companies in one market with the same luck, lead by lead.

    The company on the right differs by --against (integrated if not given) or by --set; --set alone changes nothing
    else. The page holds the engine: practices, levers and the market can be changed in it. A folder of results of
    compare or what-if opens at its base against its best type, or the changed company.
    """
    from experiments.store.atomic_files import write_whole
    from scenarios.input_errors import InputError
    from studio.playback import LANGUAGES

    _check_seed(seed)
    if language not in LANGUAGES:
        raise InputError(f"the page has no language {language}; there are: {', '.join(LANGUAGES)}")
    if out.exists() and not replace:
        raise InputError(f"{out} exists; write to another file, or replace it")
    if not out.parent.is_dir():
        raise InputError(f"{out}: there is no folder {out.parent}")
    at = ""
    if lesson is not None:
        text = _lesson(lesson, language)
    elif company.endswith(".json"):
        text, at = _case(Path(company), language)
    elif Path(company).is_dir():
        text = _results(Path(company), language)
    else:
        text = _company(company, (practices, against or []), changes or [], seed, language)
    write_whole(out, text.encode("utf-8"))
    say(f"{out}{at}: open it in a browser; it needs no network")
    return DONE


def _check_seed(seed: int) -> None:
    """Raise InputError for a seed that is none, or that a page cannot tell from the next one."""
    from scenarios.input_errors import InputError, check_seed

    check_seed(seed)
    if seed >= LARGEST_SEED:
        raise InputError(f"a page knows seeds less than 2**53, not {seed}")


def _other_than(left: str) -> str:
    """What to hold a company against if nobody says: all together, or where that is the company, nothing agreed."""
    return "undefined" if left == "integrated" else "integrated"


def _company(company: str, asked: tuple[str | None, list[str]], changes: list[str], seed: int, language: str) -> str:
    import scenarios
    from studio.kit import DRAWS, kit_of_company
    from studio.playback import live_page
    from studio.recording import OWN

    practices, against = asked
    different = scenarios.parse_changes(changes)
    named = [one for one in (practices, *against) if one]
    levers, fixed = _by_lever(different)
    right = against[0] if against else None
    for one in {practices, right}:
        scenarios.load(company, None if one == OWN else one, different)  # so that mistakes are told here
    kit = kit_of_company(company, [one for one in named if one != OWN], fixed, draws=DRAWS)
    left = practices or (OWN if OWN in kit["types"] else "undefined")
    cases = _cases(kit["company"], left, right or (left if different else _other_than(left)), seed)
    cases[1]["changes"] = levers
    return live_page([kit], cases, language=language)


def _cases(company: str, left: str, right: str, seed: int) -> list[dict[str, Any]]:
    return [{"company": company, "practices": one, "changes": [], "seed": seed} for one in (left, right)]


def _lesson(name: str, language: str) -> str:
    """A lesson with its companies; raises InputError for one that there is not."""
    from scenarios.input_errors import InputError, did_you_mean
    from studio.lesson import lessons
    from studio.lesson_page import lesson_page
    from studio.playback import lesson_file

    known = lessons()
    if name not in known:
        raise InputError(f"there is no lesson {name}{did_you_mean(name, list(known))}")
    return lesson_file(lesson_page(known[name]), language=language)


def _case(file: Path, language: str) -> tuple[str, str]:
    """What a case shows that was saved in a page, and where in it: the day and the lead. Raises InputError."""
    import json

    import scenarios
    from scenarios.input_errors import InputError
    from studio.kit import DRAWS, kit_of_company
    from studio.playback import live_page
    from studio.recording import OWN

    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        if said["case"] != 1:
            raise ValueError
        told = {name: str(said[name]) for name in ("company", "here", "there")}
        levers = [_change(one) for one in said.get("set", [])]
        seed, at = int(said.get("seed", 0)), {name: int(said[name]) for name in ("day", "lead") if name in said}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"{file} is no case that a page has saved") from None
    _check_seed(seed)
    kit = kit_of_company(told["company"], draws=DRAWS)
    for side in ("here", "there"):
        if told[side] not in kit["types"]:
            raise InputError(
                f"{file}: {kit['company']} has no practices {told[side]}; there are: {', '.join(kit['types'])}"
            )
    known = {lever["path"] for lever in kit["levers"]}
    for lever in levers:
        if lever["path"] not in known:
            raise InputError(f"{file}: there is no lever {lever['path']}")
    different = {f"{one['path']}@{one['day']}" if "day" in one else one["path"]: one["value"] for one in levers}
    scenarios.load(told["company"], None if told["there"] == OWN else told["there"], different)  # can it be so?
    cases = _cases(kit["company"], told["here"], told["there"], seed)
    cases[1]["changes"] = levers
    where = "&".join(f"{name}={value}" for name, value in at.items())
    return live_page([kit], cases, language=language), f"#{where}" if where else ""


def _change(said: Mapping[str, Any]) -> dict[str, Any]:
    value = said["value"]
    if not isinstance(value, str | int | float | bool | None):
        raise TypeError
    day = {"day": int(said["day"])} if said.get("day") is not None else {}
    return {"path": str(said["path"]), "value": value, **day}


def _results(folder: Path, language: str) -> str:
    """The base of a compare or what-if against its best type or the changed company, in its first world."""
    import scenarios
    from experiments.store.manifest import read_manifest
    from scenarios.input_errors import InputError
    from studio.kit import kit_of
    from studio.playback import live_page

    told = read_manifest(folder)
    if told.get("question") not in ("compare", "what-if") or not told.get("variants") or not told.get("seeds"):
        raise InputError(f"{folder} holds no result of compare or what-if; play shows those, companies and saved cases")
    try:
        companies = {name: scenarios.from_resolved(values, str(folder)) for name, values in told["variants"].items()}
    except scenarios.ScenarioError:
        raise InputError(
            f"{folder} was made by another version of the model; ask the question again: {told['command']}"
        ) from None
    names = list(companies)
    if told["question"] == "compare":
        right = max(told["types"], key=lambda one: one["mean"])["variant"]
        left = told.get("today") or next(name for name in names if name != right)
        left = left if left != right else next(name for name in names if name != right)
    else:
        left, right = "before", "after"
    title = str(told["company"])
    try:
        kit = kit_of(title, companies)
    except ValueError:
        raise InputError(f"{folder}: the companies differ in their people, and a page shows the same people") from None
    return live_page([kit], _cases(title, left, right, int(told["seeds"][0])), language=language)


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
