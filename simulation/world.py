"""A world: what no company chooses. Drawn once for a seed and a market, read only, shared by all who live in it.

A world is drawn from its key and nothing else: the seed, the length of the run, and those numbers of a scenario that
are read below. Two scenarios with the same key live in the same world, whatever else tells them apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from scenarios import Scenario, Segment
from simulation import market, parameters, prospects
from simulation.compiled import compiled
from simulation.randomness import WORLD
from simulation.tables import Company, Tables, one_row
from simulation.webassembly import work

READ_OF_MARKET = (
    *("prospects_per_day", "climate_sd", "climate_half_life_d", "rivals_sd", "rivals_half_life_d"),
    *("turbulence", "drift_per_quarter", "jumps_per_year", "jump_size"),
    *("share_ready", "share_never_fit", "project_lag_d", "need_spread", "looks"),
)
READ_OF_SEGMENTS = (
    *("weight", "growth_per_year", "season_amplitude", "season_peak_d"),
    *("patience_d", "buyers", "deal_value_eur", "deal_value_sigma"),
)


def _part(kind: np.dtype, names: tuple[str, ...]) -> np.dtype:
    return np.dtype([(name, kind[name]) for name in names], align=True)


def _read_of_rules(whole: np.dtype) -> np.dtype:
    attention = np.dtype([("attention", _part(whole["behaviour"]["attention"], ("patience_sigma",)))])
    kinds = {
        "market": _part(whole["market"], READ_OF_MARKET),
        "behaviour": attention,
        "customers": _part(whole["customers"], ("installed_base",)),
    }
    return np.dtype(list(kinds.items()), align=True)


RULES = _read_of_rules(parameters.record_dtype(Scenario))
"""What a world is drawn from, laid out as in the scenario's own record."""
SEGMENTS = _part(parameters.record_dtype(Segment), READ_OF_SEGMENTS)
"""The same of its segments."""

DRAWING = Tables(
    "Drawing",
    world=(WORLD, 1),
    rules=(RULES, 1),
    segment=(SEGMENTS, 1),
    climate=("f8", 1),
    arrivals=("i8", 2),
    rivals=("f8", 2),
    needs=("f8", 3),
    first_prospect=("i8", 1),
    prospect=(prospects.PROSPECT, 1),
    leaving=("i8", 1),
    first_look=("i8", 1),
    look=(prospects.LOOK, 1),
    day_of_look=("i4", 1),
    drawn=(prospects.LOOK, 1),
    n_looks=("i8", 1),
    luck=("f8", 2),
    luck_of_looks=("f8", 3),
)
"""What a world is drawn in: its tables, what it is drawn from, and room to work in."""

MOST_BYTES = 64e6  # of worlds that are kept for whoever comes next, the latest apart
ROOM = 1.2  # for looks, relative to what is to be expected

Key = tuple[int, int, bytes, bytes]
"""Seed, days, what is read of the rules and of the segments."""


@dataclass(frozen=True, eq=False, repr=False)
class World:
    """One market and everybody in it, for D days, K segments and N prospects. Nobody writes into its tables."""

    climate: np.ndarray
    """(D,) factor on the number of prospects."""
    arrivals: np.ndarray
    """(D, K) prospects that appear."""
    rivals: np.ndarray
    """(D, K) what rivals' moves take from the log-odds of a win."""
    needs: np.ndarray
    """(D, K, 2) need units."""
    prospect: np.ndarray
    """(N,) what each is; first the customers of the first day."""
    first_prospect: np.ndarray
    """(D + 1,) the first who appears on a day, or later."""
    look: np.ndarray
    """(L,) looks around for suppliers, day by day, on each day those longest in the market first."""
    first_look: np.ndarray
    """(D + 1,) where in them a day begins."""
    leaving: np.ndarray
    """(D,) prospects whose window ends on a day."""

    def tables(self) -> Iterator[tuple[str, np.ndarray]]:
        """Each table by name."""
        return ((field.name, getattr(self, field.name)) for field in fields(self))

    @property
    def n_bytes(self) -> int:
        """How much memory it takes."""
        return sum(table.nbytes for _, table in self.tables())


_kept: dict[Key, World] = {}  # the latest last


def world_of(scenario: Scenario, seed: int, rules: np.ndarray, segments: np.ndarray) -> World:
    """The world in which a scenario lives under a seed; `rules` and `segments` are its records.

    Who asks again, with the same scenario or one that lives in the same world, gets the same one, if there was room to
    keep it.
    """
    key = key_of(scenario, seed, rules, segments)
    world = _kept.pop(key, None) or draw(key)
    _kept[key] = world
    while len(_kept) > 1 and sum(one.n_bytes for one in list(_kept.values())) > MOST_BYTES:
        _kept.pop(next(iter(_kept)), None)
    return world


def forget() -> None:
    """Keep no world for whoever comes next."""
    _kept.clear()


def key_of(scenario: Scenario, seed: int, rules: np.ndarray, segments: np.ndarray) -> Key:
    """All that a world is drawn from."""
    return seed, scenario.days, _read(RULES, rules).tobytes(), _read(SEGMENTS, segments).tobytes()


def _read(kind: np.dtype, records: Any) -> np.ndarray:
    """Of some records the fields of `kind`."""
    found, records = np.zeros(len(records), kind), np.asarray(records)
    _copy(found, records)
    return found


def _copy(found: np.ndarray, records: np.ndarray) -> None:
    for name in found.dtype.names or ():
        if found.dtype[name].names:
            _copy(found[name], records[name])
        else:
            found[name] = records[name]


def draw(key: Key) -> World:
    """Draw a world."""
    seed, days, rules_read, segments_read = key
    rules, segments = np.frombuffer(rules_read, RULES), np.frombuffer(segments_read, SEGMENTS)
    tables = room_to_draw_in(days, len(segments))
    tables |= {"world": one_row(WORLD, seed=seed), "rules": rules, "segment": segments}
    work(draw_market, Company(DRAWING, **tables))
    tables["prospect"] = np.zeros(tables["first_prospect"][-1], prospects.PROSPECT)
    work(draw_prospects, Company(DRAWING, **tables))
    room = int(ROOM * float(rules["market"]["looks"][0]) * len(tables["prospect"])) + prospects.PROSPECTS_AT_ONCE
    while room > len(tables["drawn"]):
        tables["day_of_look"], tables["drawn"] = np.empty(room, np.int32), np.empty(room, prospects.LOOK)
        work(draw_looks, Company(DRAWING, **tables))
        room = int(tables["n_looks"][0])
    tables["look"] = np.zeros(room, prospects.LOOK)
    work(lay_out_looks, Company(DRAWING, **tables))
    drawn = {field.name: tables[field.name] for field in fields(World)}
    for table in drawn.values():
        table.flags.writeable = False
    return World(**drawn)


def room_to_draw_in(days: int, k: int) -> dict[str, np.ndarray]:
    """The tables in which a world of so many days and segments is drawn, before anything is: no prospect, no look."""
    return {
        "world": one_row(WORLD),
        "rules": np.zeros(1, RULES),
        "segment": np.zeros(k, SEGMENTS),
        "climate": np.zeros(days),
        "arrivals": np.zeros((days, k), np.int64),
        "rivals": np.zeros((days, k)),
        "needs": np.zeros((days, k, 2)),
        "first_prospect": np.zeros(days + 1, np.int64),
        "prospect": np.zeros(0, prospects.PROSPECT),
        "leaving": np.zeros(days, np.int64),
        "first_look": np.zeros(days + 1, np.int64),
        "look": np.zeros(0, prospects.LOOK),
        "day_of_look": np.zeros(0, np.int32),
        "drawn": np.zeros(0, prospects.LOOK),
        "n_looks": np.zeros(1, np.int64),
        "luck": np.zeros((prospects.N_LUCK, prospects.PROSPECTS_AT_ONCE)),
        "luck_of_looks": np.zeros((prospects.N_LOOK_LUCK, prospects.LOOKS_AT_ONCE + 1, prospects.PROSPECTS_AT_ONCE)),
    }


@compiled
def draw_market(drawing):
    """Draw climate, rivals and needs, and how many prospects appear when."""
    seed, rules = drawing.world[0].seed, drawing.rules[0]
    market.draw_climate(seed, rules, drawing.climate)
    market.draw_arrivals(seed, rules, drawing.segment, drawing.climate, drawing.arrivals)
    market.draw_needs(seed, rules, drawing.needs)
    market.draw_rivals(seed, rules, drawing.rivals)
    drawing.first_prospect[0] = rules.customers.installed_base
    for day in range(drawing.arrivals.shape[0]):
        drawing.first_prospect[day + 1] = drawing.first_prospect[day]
        for segment in range(drawing.arrivals.shape[1]):
            drawing.first_prospect[day + 1] += drawing.arrivals[day, segment]


@compiled
def draw_prospects(drawing):
    """Draw what all prospects are, once there is room for them."""
    seed, rules, segments = drawing.world[0].seed, drawing.rules[0], drawing.segment
    prospects.draw_first_customers(seed, segments, rules.customers.installed_base, drawing.prospect)
    prospects.draw_appearances(drawing.arrivals, drawing.prospect)
    prospects.draw_natures(seed, rules, segments, drawing.prospect, drawing.luck)
    prospects.count_leaving(drawing.prospect, drawing.leaving)


@compiled
def draw_looks(drawing):
    """Draw all looks, prospect by prospect, as far as there is room; and count them."""
    drawn = (drawing.day_of_look, drawing.drawn, drawing.luck_of_looks)
    n_days = drawing.climate.shape[0]
    drawing.n_looks[0] = prospects.draw_looks(drawing.world[0].seed, drawing.rules[0], n_days, drawing.prospect, drawn)


@compiled
def lay_out_looks(drawing):
    """Sort the looks by day, once there is room for them."""
    prospects.lay_out_looks(drawing.day_of_look, drawing.drawn, drawing.first_look, drawing.look)
