"""The history of one prospect in two worlds, and the fates of all others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from experiments.questions.lead_history.history import History, describe, history_of
from experiments.reporting.result import Result
from experiments.studies.study import StudyPlan
from scenarios.input_errors import InputError
from simulation.measured.lead_fates import FATE_WORDS, Fate, fates, fates_table, same_prospects

if TYPE_CHECKING:
    from experiments.questions.lead_history.ask import LeadQuestion

EXAMPLES = 5  # leads named for each kind of pair of fates


@dataclass(frozen=True, eq=False, repr=False)
class LeadHistory(Result):
    """One prospect in two worlds. `kinds` counts the fates of all prospects in both, with a few examples of each."""

    question: "LeadQuestion"
    plan: StudyPlan
    lead: int
    prospect: str
    first: History
    second: History
    kinds: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """What happened, one row an event: world, day, what happened, interest and trust that evening."""
        rows = [
            (one.world, day, words, one.interest[day - one.first_day], one.trust[day - one.first_day])
            for one in (self.first, self.second)
            for day, words in one.events
        ]
        return pd.DataFrame(rows, columns=["world", "day", "event", "interest", "trust"])

    def side_by_side(self) -> Iterator[tuple[int, str, str]]:
        """Each day on which something happened in either world: the day, what in the first, what in the second."""
        both = (self.first, self.second)
        for day in sorted({day for history in both for day, _ in history.events}):
            first, second = ("; ".join(words for when, words in one.events if when == day) for one in both)
            yield day, first, second


def history_in(question: "LeadQuestion", plan: StudyPlan, runs: pd.DataFrame) -> LeadHistory:
    """The history of a prospect in the two worlds of a plan.

    Raises InputError if there is no such prospect, or if it is not the same in both worlds.
    """
    import simulation

    lived = [simulation.simulate(scenario, question.seed) for scenario in plan.companies.values()]
    same = same_prospects(lived[0].company.prospect, lived[1].company.prospect)
    table = fates(*lived)
    lead = telling_lead(table) if question.lead is None else question.lead
    if lead >= len(same):
        raise InputError(f"there is no lead {lead}; the prospects of this world are numbered 0 to {len(same) - 1:,}")
    if not same[lead]:
        raise InputError(f"lead {lead} is not the same prospect in both worlds: the change concerns the market itself")
    first, second = (history_of(name, run, lead) for name, run in zip(plan.companies, lived, strict=True))
    return LeadHistory(question, plan, runs, lead, describe(lived[0], lead), first, second, kinds_of(table))


def telling_lead(table: pd.DataFrame) -> int:
    """A prospect that tells most about the difference: of the most frequent kind won in one world only, the largest.

    Where no deal differs, the prospect with the largest difference in margin; raises InputError if nothing differs at
    all.
    """
    one_sided = table[(table["fate_before"] == Fate.WON) != (table["fate_after"] == Fate.WON)]
    in_hand = one_sided[(one_sided[["fate_before", "fate_after"]] != Fate.NOT_REACHED).all(axis=1)]
    one_sided = in_hand if len(in_hand) else one_sided  # who was never reached has no history to tell
    if len(one_sided):
        kinds = one_sided.groupby(["fate_before", "fate_after"])["lead"].transform("size")
        commonest = one_sided[kinds == kinds.max()]
        return int(commonest.sort_values("value_eur", ascending=False)["lead"].iloc[0])
    apart = table[table["fate_before"] != table["fate_after"]]
    if apart.empty:
        raise InputError("every prospect meets the same fate in both worlds; name one with --lead")
    return int(apart.sort_values("value_eur", ascending=False)["lead"].iloc[0])


def kinds_of(table: pd.DataFrame) -> pd.DataFrame:
    """How many prospects met which fates in the two worlds, with the numbers of a few; those alike in both come last.

    Columns: before, after (words), n, margin_eur, examples (numbers of leads, the largest deals first).
    """
    kinds = fates_table(table)
    by_value = table.sort_values("value_eur", ascending=False)
    words = {int(fate): name for fate, name in FATE_WORDS.items()}
    named = by_value.assign(one=by_value["fate_before"].map(words), two=by_value["fate_after"].map(words))
    examples = {
        pair: ", ".join(str(lead) for lead in group["lead"].head(EXAMPLES))
        for pair, group in named.groupby(["one", "two"])
    }
    pairs = list(zip(kinds["before"], kinds["after"], strict=True))
    won = FATE_WORDS[Fate.WON]
    rank = [0 if (one == won) != (two == won) else 1 if one != two else 2 for one, two in pairs]
    kinds = kinds.assign(examples=[examples[pair] for pair in pairs], rank=rank)
    return kinds.sort_values(["rank", "n"], ascending=[True, False]).drop(columns="rank").reset_index(drop=True)
