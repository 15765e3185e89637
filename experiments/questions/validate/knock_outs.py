"""What is each part of the relationship worth? It is held still or switched off, and all is lived through again.

Each is done by parameters alone, in the four types of a company, in the worlds in which they were lived through as they
are. What is held still is held at a level that was measured there first: trust and accounts at that of undefined,
depth at each type's own mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.designs.company_today import TYPES
from experiments.designs.variant import Changes
from experiments.questions.validate.condition_runs import ConditionRuns, runs_for
from experiments.questions.validate.patterns.condition import Condition
from experiments.questions.validate.patterns.evidence import Evidence
from experiments.questions.validate.relation_held import ACCOUNTS_STILL, TRUST_STILL
from experiments.statistics.paired import difference

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES = {"late_revenue_eur": "recognised revenue, last four quarters", "contribution_eur": "contribution"}
LEVELS = {"trust": "mean_trust", "account": "mean_account", "depth": "mean_depth"}
"""What is measured first, and the measure."""
MEASURES = (*OUTCOMES, *LEVELS.values())
AS_IT_IS = "as it is"
WORLDS, QUICK_WORLDS = 100, 16
_OF_UNDEFINED = ("trust", "account")  # held at undefined's level in all types; depth at each one's own
COLUMNS = (
    *("knock_out", "type", "outcome", "as_it_is", "change", "low", "high"),
    *("relative", "relative_low", "relative_high", "n"),
)


@dataclass(frozen=True)
class KnockOut:
    """`off` are parameters with their values, `held` parameters with the level that they are held at."""

    name: str
    says: str
    off: Changes = ()
    held: tuple[tuple[str, str], ...] = ()

    def changes(self, levels: Mapping[str, float]) -> Changes:
        """What is laid on a company of these levels."""
        return (*self.off, *((path, levels[level]) for path, level in self.held))


@dataclass(frozen=True)
class KnockedOut:
    """`effects` has a row a knock-out, type and outcome (see `effects`); `levels` by type: what was held, and where."""

    company: str
    effects: "pd.DataFrame"
    levels: Mapping[str, Mapping[str, float]]


KNOCK_OUTS = (
    KnockOut(
        "trust frozen",
        "trust stays at the level it has in undefined",
        tuple(TRUST_STILL.items()),
        (("behaviour.trust.start", "trust"),),
    ),
    KnockOut(
        "accounts frozen",
        "what people feel to owe stays at the level it has in undefined",
        tuple(ACCOUNTS_STILL.items()),
        (("behaviour.goodwill.start", "account"),),
    ),
    KnockOut("no disputes", "tension never breaks out", (("behaviour.conflict.outbreaks", 0.0),)),
    KnockOut("nobody tells", "nobody tells the other side anything", (("behaviour.goodwill.fixed_telling", 0.0),)),
    KnockOut(
        "nobody believes",
        "nobody trusts anybody: neither leads nor words of the other side",
        (*TRUST_STILL.items(), ("behaviour.trust.start", 0.0), ("behaviour.trust.start_sd", 0.0)),
    ),
    KnockOut(
        "depth at its mean",
        "everything is done and told as well as things are on average in this type, whoever does it for whom",
        held=(("behaviour.goodwill.fixed_depth", "depth"),),
    ),
    KnockOut(
        "for form's sake",
        "everything is done for form's sake, telling included",
        (("behaviour.goodwill.fixed_depth", 0.0),),
    ),
    KnockOut(
        "everybody alike",
        "people differ neither in skill nor drive nor first trust",
        (("people.skill_sd", 0.0), ("people.drive_sd", 0.0), ("behaviour.trust.start_sd", 0.0)),
    ),
    KnockOut(
        "heads without effect",
        "people need more coaching than any head has hours for: skill and ramp-up are as without one",
        (("people.coaching_all_h_per_week", 40.0),),
    ),
    KnockOut(
        "scores learn nothing", "no outcome makes lead scores better", (("behaviour.learning.score_learning", 0.0),)
    ),
    KnockOut("messages not corrected", "no campaign is designed anew", (("behaviour.work.redesign_gap", 10.0),)),
    KnockOut(
        "no feedback",
        "no report is asked for, and nothing is written into a common system",
        (("practices.feedback_asked", 0.0), ("practices.crm_coverage", 0.0)),
    ),
)


def types_of(company: str) -> dict[str, Condition]:
    """The conditions of the four types."""
    return {name: Condition(company, name) for name in TYPES}


def n_runs_of(n_worlds: int) -> int:
    """All runs, those as it is included."""
    return n_worlds * len(TYPES) * (1 + len(KNOCK_OUTS))


def runs_as_it_is(company: str, n_worlds: int) -> ConditionRuns:
    """The four types with nothing switched off."""
    return runs_for(dict.fromkeys(types_of(company).values(), n_worlds))


def levels_of(company: str, evidence: Evidence) -> dict[Condition, dict[str, float]]:
    """At what level each type is held; raises NotMeasurable."""
    conditions = types_of(company)
    measured = {
        one: {level: float(np.nanmean(evidence.values(one, measure))) for level, measure in LEVELS.items()}
        for one in conditions.values()
    }
    loosest = {level: measured[conditions[TYPES[0]]][level] for level in _OF_UNDEFINED}
    return {one: {**own, **loosest} for one, own in measured.items()}


def runs_knocked_out(
    company: str, n_worlds: int, levels: Mapping[Condition, Mapping[str, float]]
) -> dict[str, ConditionRuns]:
    """The four types with each knock-out, by its name."""
    worlds = dict.fromkeys(types_of(company).values(), n_worlds)
    return {one.name: runs_for(worlds, partial(_laid_on, one, levels)) for one in KNOCK_OUTS}


def _laid_on(one: KnockOut, levels: Mapping[Condition, Mapping[str, float]], condition: Condition) -> Changes:
    return one.changes(levels[condition])


def knocked_out(
    company: str, levels: Mapping[Condition, Mapping[str, float]], before: Evidence, after: Mapping[str, Evidence]
) -> KnockedOut:
    """All there is to tell of the runs."""
    by_type = {kind: levels[condition] for kind, condition in types_of(company).items()}
    return KnockedOut(company, effects(company, before, after), by_type)


def effects(company: str, before: Evidence, after: Mapping[str, Evidence]) -> "pd.DataFrame":
    """A row a knock-out, type and outcome: the mean as it is, the paired change with its interval, also as shares."""
    import pandas as pd

    rows: list[tuple[Any, ...]] = []
    for name, evidence in after.items():
        for kind, condition in types_of(company).items():
            for outcome in OUTCOMES:
                own = before.values(condition, outcome)
                gap = difference(evidence.values(condition, outcome), own, n_resamples=0)
                of_own = (gap.relative, gap.relative_interval.low, gap.relative_interval.high)
                rows.append((name, kind, outcome, float(np.nanmean(own)), *gap.with_ends, *of_own, gap.n))
    return pd.DataFrame(rows, columns=list(COLUMNS))
