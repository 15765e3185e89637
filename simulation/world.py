"""A world: what no company chooses. Drawn once for a seed and a market, read only, shared by all who live in it.

A world is drawn from its key and nothing else: the seed, the length of the run, and those numbers of a scenario that
are read below. Two scenarios with the same key live in the same world, whatever else tells them apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from scenarios import Scenario, Segment
from simulation import market, parameters, prospects
from simulation.plain import as_rules_see_it

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
    rules = as_rules_see_it(np.frombuffer(rules_read, RULES))
    segments = as_rules_see_it(np.frombuffer(segments_read, SEGMENTS))
    n_first, k = int(rules["customers"]["installed_base"][0]), len(segments)
    climate, arrivals, rivals = np.zeros(days), np.zeros((days, k), np.int64), np.zeros((days, k))
    needs, leaving = np.zeros((days, k, 2)), np.zeros(days, np.int64)
    market.draw_climate(seed, rules[0], climate)
    market.draw_arrivals(seed, rules[0], segments, climate, arrivals)
    market.draw_needs(seed, rules[0], needs)
    market.draw_rivals(seed, rules[0], rivals)
    first_prospect = n_first + np.concatenate([[0], np.cumsum(arrivals.sum(axis=1))])
    prospect: Any = as_rules_see_it(np.zeros(first_prospect[-1], prospects.PROSPECT))
    prospects.draw_first_customers(seed, segments, n_first, prospect)
    prospects.draw_appearances(arrivals, prospect)
    prospects.draw_natures(seed, rules[0], segments, prospect)
    prospects.count_leaving(prospect, leaving)
    looks = _looks(seed, rules, days, prospect)
    tables: Mapping[str, np.ndarray] = {
        "climate": climate,
        "arrivals": arrivals,
        "rivals": rivals,
        "needs": needs,
        "leaving": leaving,
        "prospect": prospect,
        "first_prospect": first_prospect,
        **looks,
    }
    for table in tables.values():
        table.flags.writeable = False
    return World(**tables)


def _looks(seed: int, rules: Any, n_days: int, prospect: np.ndarray) -> dict[str, np.ndarray]:
    """All looks, by day; drawn into a table that is made larger should it turn out too small."""
    room = int(ROOM * float(rules["market"]["looks"][0]) * len(prospect)) + prospects.PROSPECTS_AT_ONCE
    while True:
        days, drawn = np.empty(room, np.int32), as_rules_see_it(np.empty(room, prospects.LOOK))
        n = prospects.draw_looks(seed, rules[0], n_days, prospect, (days, drawn))
        if n <= room:
            break
        room = n
    first_look, look = np.zeros(n_days + 1, np.int64), np.zeros(n, prospects.LOOK)
    prospects.lay_out_looks(days[:n], drawn[:n], first_look, as_rules_see_it(look))
    return {"first_look": first_look, "look": look}
