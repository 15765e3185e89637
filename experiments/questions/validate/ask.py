"""Does the model show the patterns that research and practice report, all with one parameter set?

Arms that patterns share are run once: equal scenarios are one, and each is run in as many worlds as the pattern that
asks for most. Every pattern is then read off the common table, in its own first worlds: its numbers are the same
whichever patterns are asked for beside it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from experiments.designs.run_table import PlannedRun
from experiments.designs.variant import Changes, Variant, simulate_variant
from experiments.execution.runner import OnProgress, RunTable, Settings, run_design
from experiments.questions.validate.patterns.arm import Arm, digest, identity
from experiments.questions.validate.patterns.evidence import Evidence, gathered
from experiments.questions.validate.patterns.observed import Observed
from experiments.questions.validate.patterns.pattern import Finding, Pattern, judge, measures_wanted, worlds_by_arm
from experiments.questions.validate.patterns.register import chosen
from experiments.statistics.paired import Values
from scenarios import Scenario, ScenarioError
from scenarios.input_errors import check_seed


@dataclass(frozen=True)
class Plan:
    """Which patterns (names with commas, None for all), quick or with enough runs, and the first world's seed.

    Raises InputError for an unknown pattern.
    """

    only: str | None = None
    is_quick: bool = False
    seed: int = 0

    def __post_init__(self) -> None:
        check_seed(self.seed)
        chosen(self.only)

    @property
    def patterns(self) -> Sequence[Pattern]:
        """The patterns asked for."""
        return chosen(self.only)

    def worlds(self, pattern: Pattern) -> int:
        """Worlds a pattern is judged in."""
        return pattern.quick_worlds if self.is_quick else pattern.worlds


@dataclass(frozen=True)
class Validation:
    """The findings, the evidence they were read off, and how many runs it took."""

    plan: Plan
    findings: Sequence[Finding]
    evidence: Evidence
    table: RunTable

    @property
    def n_runs(self) -> int:
        """Runs made."""
        return len(self.table.results) + len(self.table.failures)

    @property
    def passes(self) -> bool:
        """Whether every pattern passes."""
        return bool(self.findings) and all(finding.passes for finding in self.findings)

    @property
    def verdict(self) -> str:
        """`21 of 27 patterns hold; 4 fail: S3, ...; 2 cannot be measured yet: ...`."""
        held = [one.pattern.id for one in self.findings if one.passes]
        open_ = [one.pattern.id for one in self.findings if not one.is_measurable]
        failed = [one.pattern.id for one in self.findings if one.is_measurable and not one.passes]
        parts = [f"{len(held)} of {len(self.findings)} patterns hold"]
        parts += [f"{len(failed)} fail: {', '.join(failed)}"] if failed else []
        parts += [f"{len(open_)} cannot be measured yet: {', '.join(open_)}"] if open_ else []
        return "; ".join(parts)


@dataclass(frozen=True)
class Design:
    """The runs to make: `runs` by name, `rows` world by world; `names` says under which name each arm is found."""

    runs: Mapping[str, Variant]
    rows: Sequence[PlannedRun]
    names: Mapping[Arm, str]
    missing: Mapping[Arm, str]


def validate(
    plan: Plan | None = None, settings: Settings | None = None, on_progress: OnProgress | None = None
) -> Validation:
    """Run the arms of the patterns asked for and judge them; raises InputError for an unknown pattern."""
    plan = plan or Plan()
    patterns = plan.patterns
    design = design_of(worlds_by_arm(patterns, plan.worlds), plan.seed)
    table = run(design, patterns, settings, on_progress)
    evidence = evidence_of(design, gathered(table.results, plan.seed))
    findings = [judge(pattern, evidence.first(worlds_by_arm([pattern], plan.worlds))) for pattern in patterns]
    return Validation(plan, findings, evidence, table)


def nothing(arm: Arm) -> Changes:
    """No changes to lay on an arm."""
    return ()


def design_of(
    worlds: Mapping[Arm, int], seed: int = 0, laid_on: Callable[[Arm], Changes] = nothing, label: str = ""
) -> Design:
    """One run name for all arms with the same scenario, as often as the arm that asks for most.

    `laid_on` says what comes on top of an arm; `label` keeps the names of several designs apart. An arm whose changes
    the model does not know is missing.
    """
    runs: dict[str, Variant] = {}
    names: dict[Arm, str] = {}
    missing: dict[Arm, str] = {}
    n_worlds: dict[str, int] = {}
    for arm, n in worlds.items():
        try:
            scenario, known_as = _built(arm)
        except ScenarioError as error:
            missing[arm] = str(error)
            continue
        more = laid_on(arm)
        name = names[arm] = f"{label}{known_as}{digest(more) if more else ''}"
        runs.setdefault(name, Variant(scenario, more))
        n_worlds[name] = max(n_worlds.get(name, 0), n)
    meetings = [(world, name) for world in range(max(n_worlds.values(), default=0)) for name in runs]
    wanted = [(world, name) for world, name in meetings if world < n_worlds[name]]
    rows = [PlannedRun(number, name, seed + world) for number, (world, name) in enumerate(wanted)]
    return Design(runs, rows, names, missing)


@lru_cache(maxsize=1024)
def _built(arm: Arm) -> tuple[Scenario, str]:
    """The scenario of an arm and its identity; asked for again and again."""
    scenario = arm.scenario()
    return scenario, identity(scenario)


def run(
    design: Design,
    patterns: Sequence[Pattern],
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
) -> RunTable:
    """Make the runs and keep of each what the patterns want."""
    own = settings or Settings()
    own = replace(
        own, simulate=own.simulate or simulate_variant, measure=own.measure or Observed(measures_wanted(patterns))
    )
    return run_design(design.runs, design.rows, own, on_progress)


def evidence_of(design: Design, numbers: Mapping[str, Mapping[str, Values]]) -> Evidence:
    """What a design showed, out of gathered numbers."""
    return Evidence(numbers, design.names, design.missing)
