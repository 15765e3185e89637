"""The fast path: the same day, compiled, without an object per agent."""

from collections.abc import Callable

from scenarios import Scenario
from scenarios.run_length import DAYS_PER_QUARTER
from simulation.company import build
from simulation.compiled import compiled
from simulation.day import live_a_day
from simulation.finished_run import Run, finished
from simulation.plain import PLAIN
from simulation.summing_up import sum_up
from simulation.tables import Company
from simulation.tape import entries, is_overfull, make_room
from simulation.webassembly import work


@compiled
def live_days(company, first, last):
    """Live the days from `first` up to, not including, `last`, but none after the end of the run."""
    for today in range(first, min(last, company.book.shape[0])):
        live_a_day(company, today)


def simulate(scenario: Scenario, seed: int, *, tape: bool = False) -> Run:
    """Run a company through its market; same scenario and seed, same run to the last bit, in any process.

    With a `tape` it writes down what happens, for `Run.tape`; all else stays as it is.
    Raises ValueError for a seed outside 0 .. 2**63 - 1.
    """
    company = build(scenario, seed, tape=tape)
    work(live_days, company, 0, scenario.days)
    if is_overfull(company):
        company = _lived_again(scenario, seed, entries(company))
    return finished(scenario, seed, company)


def _lived_again(scenario: Scenario, seed: int, n_entries: int) -> Company:
    """The same days once more, with room for so many rows of the tape."""
    company = build(scenario, seed, tape=True)
    make_room(company, n_entries)
    work(live_days, company, 0, scenario.days)
    return company


def is_compiled() -> bool:
    """Whether the days of this version have been compiled before, or need not be, so that loading takes a moment."""
    return PLAIN or live_days.outer.is_kept()  # type: ignore[no-any-return]


def compile_engine(progress: Callable[[str, int, int], None] | None = None) -> None:
    """Compile everything now (half a minute the first time, then a second), on a company of one quarter.

    `progress(step, done, total)` is called as it goes on. Nothing is done where rules run as plain Python.
    """
    if PLAIN:
        return
    tell = progress or (lambda step, done, total: None)
    scenario = Scenario.model_validate(
        {"run": {"quarters": 1, "warm_up_quarters": 0}, "market": {"prospects_per_day": 1}}
    )
    tell("the company", 0, 3)
    company = build(scenario, 0)
    tell("its days", 1, 3)
    live_days(company, 0, DAYS_PER_QUARTER)
    tell("what it comes to", 2, 3)
    sum_up(company)
    tell("done", 3, 3)
