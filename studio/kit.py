"""A kit: all that a page needs to live a company by itself with the engine as WebAssembly, without Python.

`engine_layout()` says how tables lie in memory, the same for all companies. `kit_of()` holds of one company how its
tables begin, what each of its variants has different (relationship types, draws of the assumptions), and its levers.
"""

import base64
import math
from collections.abc import Mapping, Sequence
from typing import Any, get_args

import numpy as np

import scenarios
from experiments.designs.ensembles import assumptions_for
from experiments.wording.language import in_language
from experiments.wording.parameters import parameter_words
from scenarios import Parameter, Scenario
from scenarios.calendar import CHANGEABLE, FIRST_DAY_ONLY, planned
from scenarios.registry import look_up
from scenarios.run_length import DAYS_PER_QUARTER, QUARTERS_PER_YEAR
from simulation import engine_module, parameters, prospects, tape, world
from simulation.company import TABLES, unprepared
from simulation.ledger import BOOK
from simulation.measured.days import COSTS
from simulation.prospects import PROSPECT
from simulation.status import Status
from simulation.summing_up import OUTCOME
from simulation.tables import WORDS_PER_TABLE, Company, Tables
from simulation.world import DRAWING, World
from studio.recording import LEFT_OUT, OWN, deflated

VERSION = 1
PROSPECTS = -1
"""Stands in a shape for the number of prospects, which the market draws."""
LOOKS = -2
"""Stands for the number of looks."""
ROOM = -3
"""Stands for the room that there is for looks while they are drawn, or for rows of the tape."""
LANGUAGES = ("en", "zh", "ru")
DRAWS = 20
"""Joint draws of the uncertain assumptions that go into a page."""
_BY_PROSPECT = {"known_as": 0, "lead": 0, "n_approached": 0, "link": 1, "sorting": 1}  # axis that is as long
_OF_THE_PAGE = {"world", "ledger", "timetable", "tape", "tape_head"}  # begin as the seed, or the page's levers, say


def engine_layout() -> dict[str, Any]:
    """How tables and records lie in memory, as numbers of bytes, and what a world is drawn from."""
    rules, segments = parameters.record_dtype(Scenario), parameters.record_dtype(scenarios.Segment)
    looks = parameters.word_of(Scenario, "market.looks")[0] * 8
    return {
        "version": VERSION,
        "fingerprint": engine_module.fingerprint(),
        "words_per_table": WORDS_PER_TABLE,
        "tables": {owner.owner: _bytes_of(owner) for owner in (DRAWING, TABLES)},
        "world": sorted(World.__dataclass_fields__),
        "drawing": _shapes_to_draw_in(),
        "read": {
            "rules": {"bytes": world.RULES.itemsize, "parts": _parts(world.RULES, rules)},
            "segment": {"bytes": world.SEGMENTS.itemsize, "parts": _parts(world.SEGMENTS, segments)},
        },
        "looks": {"at": looks, "times": world.ROOM, "more": prospects.PROSPECTS_AT_ONCE},
        "tape": {"times": tape.ENTRIES_PER_PROSPECT, **_places(tape.TAPE_HEAD), "entry": _places(tape.ENTRY)},
        "left_out": [int(event) for event in LEFT_OUT],
        "timetable": {"bytes": TABLES["timetable"][0].itemsize, **_places(TABLES["timetable"][0])},
        "in_state": {"at": _places(TABLES["ledger"][0])["in_state"], "to_come": int(Status.TO_COME)},
        "prospect": _places(PROSPECT),
        "book": {name: at // 8 for name, at in _places(BOOK).items()},
        "costs": [*COSTS, "coordination"],
        "growing": TABLES.growing,
        "counted": {
            f"{table}.{column}": _places(TABLES[table][0])[column] for _, table, column in TABLES.growing.values()
        },
        "outcomes": {name: at // 8 for name, at in _places(OUTCOME).items()},
    }


def _bytes_of(owner: Tables) -> list[tuple[str, int, int]]:
    return [(name, kind.itemsize, axes) for name, (kind, axes) in owner.items()]


def _places(kind: np.dtype) -> dict[str, int]:
    return {name: int(kind.fields[name][1]) for name in kind.names or ()}  # type: ignore[index]


def _shapes_to_draw_in() -> dict[str, list[Any]]:
    """Shape of each table in which a world is drawn; days and segments by the letters D and K."""
    days, segments = 10_007, 10_009  # lengths that nothing else has
    names = {days: "D", segments: "K", days + 1: "D + 1"}
    shapes = {
        name: [names.get(length, length) for length in table.shape]
        for name, table in world.room_to_draw_in(days, segments).items()
    }
    return shapes | {"prospect": [PROSPECTS], "look": [LOOKS], "day_of_look": [ROOM], "drawn": [ROOM]}


def _parts(part: np.dtype, whole: np.dtype) -> list[tuple[int, int, int]]:
    """Where each field of `part` lies in `whole` and in itself, and how long it is; bytes."""
    found: list[tuple[int, int, int]] = []
    for name in part.names or ():
        inner, to = part.fields[name][:2]  # type: ignore[index]
        outer, at = whole.fields[name][:2]  # type: ignore[index]
        if inner.names:
            found += [(at + a, to + b, length) for a, b, length in _parts(inner, outer)]
        else:
            found.append((at, to, inner.itemsize))
    return found


def kit_of(name: str, variants: Mapping[str, Scenario], draws: Sequence[Scenario] = ()) -> dict[str, Any]:
    """Everything about a company and its variants, ready for JSON; all of them have the same people.

    `draws` are the first variant under joint draws of the uncertain assumptions. Raises ValueError for variants that no
    page can lay out from one kit.
    """
    first = next(iter(variants.values()))
    begun, people = _begun(first), first.people
    return {
        "version": VERSION,
        "company": name,
        "title": name.replace("_", " "),
        "days": first.days,
        "first_day": first.run.warm_up_quarters * DAYS_PER_QUARTER,
        "years": first.run.quarters / QUARTERS_PER_YEAR,
        "installed_base": first.customers.installed_base,
        "people": {
            "executives": people.account_executives,
            "sdrs": people.sdrs,
            "marketers": people.marketers,
            "managers": people.managers,
        },
        "segments": list(first.segments),
        "channels": list(first.channels),
        "tape_rest": tape.room_for(0, first.days, people.account_executives + people.sdrs, people.marketers),
        **_packed(begun),
        "types": {one: _patch(begun, _begun(scenario)) for one, scenario in variants.items()},
        "calendars": {one: _calendar(scenario) for one, scenario in variants.items()},
        "draws": [_patch(begun, _begun(one)) for one in draws],
        "levers": [_lever(one) for one in scenarios.parameters() if _is_lever(one)],
    }


def kit_of_company(
    company: str, practices: Sequence[str] = (), changes: Mapping[str, Any] | None = None, *, draws: int = 0
) -> dict[str, Any]:
    """A kit of a company with every type, the practices of files that are named, and its own where they are no type.

    `draws` is how many joint draws of the uncertain assumptions go along. Raises ScenarioError for a company there is
    not or that cannot be so, and InputError for an ensemble that cannot be read.
    """
    names = dict.fromkeys([*map(str, practices), *scenarios.presets()])
    variants = {name: scenarios.load(company, name, changes) for name in names}
    own = scenarios.load(company, None, changes)
    if own not in variants.values():
        variants = {OWN: own, **variants}
    first = next(iter(variants.values()))
    assumptions = assumptions_for(company, first, changes or ()) if draws else None
    drawn = [assumptions.under(first, k) for k in range(min(draws, assumptions.n_draws))] if assumptions else []
    return kit_of(first.name, variants, drawn)


def _begun(scenario: Scenario) -> dict[str, np.ndarray]:
    """The tables of a company before its first morning, but those that its world, seed or calendar make."""
    company: Company = unprepared(scenario, 0, has_tape=True)
    not_here = {*World.__dataclass_fields__, *_OF_THE_PAGE}
    return {name: np.asarray(table) for name, table in company.rooms().items() if name not in not_here}


def _shape(name: str, table: np.ndarray) -> list[int]:
    return [PROSPECTS if axis == _BY_PROSPECT.get(name) else length for axis, length in enumerate(table.shape)]


def _packed(begun: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """Shapes of the tables, and the bytes of those that do not begin with zeros: in one block, or one for all bytes."""
    shapes, places, fills, block = {}, {}, {}, b""
    for name, table in begun.items():
        shapes[name] = _shape(name, table)
        if name in ("lead", "link"):
            continue  # no row is there yet
        if name in _BY_PROSPECT:
            fills[name] = _one_byte(table)
        elif any(content := table.tobytes()):
            places[name] = (len(block), len(content))
            block += content
    return {"shapes": shapes, "places": places, "fills": fills, "block": deflated(block)}


def _one_byte(table: np.ndarray) -> int:
    (byte,) = set(np.unique(table.view(np.uint8)).tolist()) or {0}
    return int(byte)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _patch(base: Mapping[str, np.ndarray], other: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """What other tables have different: shapes, and by table the words of 8 bytes and what stands in them."""
    patch: dict[str, Any] = {}
    for name, table in other.items():
        if name in _BY_PROSPECT:
            continue
        if table.shape != base[name].shape:
            if any(table.tobytes()) or any(base[name].tobytes()):
                raise ValueError(f"{name} begins with something and has another shape; no page can lay that out")
            patch.setdefault("shapes", {})[name] = _shape(name, table)
        elif table.tobytes() != base[name].tobytes():
            before, after = (np.frombuffer(one.tobytes(), np.uint64) for one in (base[name], table))
            words = np.flatnonzero(before != after)
            content = _text(words.astype("<u4").tobytes()), _text(after[words].astype("<u8").tobytes())
            patch.setdefault("words", {})[name] = content
    return patch


def _calendar(scenario: Scenario) -> list[dict[str, Any]]:
    """What the company's own file plans to change on its way."""
    return [planned(written, value)._asdict() for written, value in scenario.calendar.items()]


def _is_lever(parameter: Parameter) -> bool:
    return parameter.path.split(".")[0] in CHANGEABLE and "*" not in parameter.path and _kind(parameter) is not None


def _kind(parameter: Parameter) -> str | None:
    spot = look_up(Scenario, tuple(parameter.path.split(".")))
    annotation = spot.field.annotation if spot and spot.field else None
    kinds = {float: "number", int: "whole", bool: "yes_no"}
    members = get_args(annotation) or (annotation,)
    if all(isinstance(one, str) for one in members):
        return "choice"
    return next((kinds[one] for one in members if one in kinds), None)


def _lever(parameter: Parameter) -> dict[str, Any]:
    """What a page says of a lever, and where in the rules it stands, in words of 8 bytes."""
    word, kind = parameters.word_of(Scenario, parameter.path)
    low, high = parameter.plausible or (parameter.bounds.ge, parameter.bounds.le)
    return {
        "path": parameter.path,
        "word": word,
        "is_float": kind == np.float64,
        "label": {code: _label(code, parameter.path) for code in LANGUAGES},
        "why": {"en": parameter.meaning},
        "unit": parameter.unit,
        "kind": _kind(parameter),
        "choices": [one for one in parameter.choices if isinstance(one, str)],
        "low": 0 if low is None else low,
        "high": None if high is None or math.isinf(high) else high,
        "least": parameter.bounds.ge,
        "most": parameter.bounds.le,
        "may_be_null": "null" in parameter.allowed or None in parameter.choices,
        "source": str(parameter.source),
        "family": parameter.lever.practice.family if parameter.lever else _family(parameter.path),
        "from_any_day": parameter.path not in FIRST_DAY_ONLY,
    }


def _label(code: str, path: str) -> str:
    with in_language(code):
        return parameter_words(path)


def _family(path: str) -> str:
    return {"pay": "rewards", "money": "money"}[path.split(".")[0]]
