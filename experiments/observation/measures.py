"""What is kept of a run for a comparison: its outcomes, where its hours went, and its books by quarter."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from scenarios.run_length import DAYS_PER_QUARTER

if TYPE_CHECKING:
    import pandas as pd

    from experiments.execution.worker import FinishedRun

SIDES = {"sales": "hours_sales", "marketing": "hours_marketing"}
BOOKINGS = ("bookings_new", "bookings_renewal")
MEANS_BY_QUARTER = {"trust_sales_in_marketing": "trust_in_marketers", "trust_marketing_in_sales": "trust_in_reps"}


def compared(run: Any) -> Mapping[str, float]:
    """The outcomes of a run; with them `hours/<side>/<activity>` (hours) and `quarter/<n>/<measure>`."""
    return {**run.outcomes, **_hours(run), **_quarters(run)}


def _hours(run: Any) -> dict[str, float]:
    from simulation.ledger import Hours

    measured = run.daily[run.first_day :]
    return {
        f"hours/{side}/{kind.name.lower()}": float(measured[column][:, kind].sum())
        for side, column in SIDES.items()
        for kind in Hours
    }


def _quarters(run: Any) -> dict[str, float]:
    found = {}
    measured = run.daily[run.first_day :]
    for quarter in range(len(measured) // DAYS_PER_QUARTER):
        days = measured[quarter * DAYS_PER_QUARTER : (quarter + 1) * DAYS_PER_QUARTER]
        found[f"quarter/{quarter + 1}/bookings_eur"] = float(sum(days[column].sum() for column in BOOKINGS))
        for name, column in MEANS_BY_QUARTER.items():
            found[f"quarter/{quarter + 1}/{name}"] = float(days[column].mean())
    return found


def days_table(run: Any) -> "pd.DataFrame":
    """The books of a run, one row a day, warm-up included; hours and states have one column for each kind."""
    import pandas as pd

    from simulation.ledger import Hours
    from simulation.status import Status

    columns: dict[str, Any] = {"day": range(len(run.daily))}
    for name in run.daily.dtype.names:
        values = run.daily[name]
        kinds = Status if name == "in_state" else Hours
        parts = (
            {f"{name}_{kind.name.lower()}": values[:, kind] for kind in kinds} if values.ndim > 1 else {name: values}
        )
        columns |= parts
    return pd.DataFrame(columns)


def runs_table(results: Sequence["FinishedRun"]) -> "pd.DataFrame":
    """One row a run, one column an outcome, in the design's order; `seed` names the world."""
    import pandas as pd

    rows = [
        {"variant": done.planned.variant, "seed": done.planned.seed}
        | {k: v for k, v in done.outcomes.items() if "/" not in k}
        for done in results
    ]
    return pd.DataFrame(rows, columns=None if rows else ["variant", "seed"])


def hours_table(results: Sequence["FinishedRun"]) -> "pd.DataFrame":
    """Mean hours a run by variant, side and activity, and their share of that side's hours."""
    import pandas as pd

    table = _long(results, "hours", ["side", "activity"])
    if table.empty:
        return pd.DataFrame(columns=["variant", "side", "activity", "hours", "share", "n"])
    means = (
        table.groupby(["variant", "side", "activity"], sort=False)["value"].agg(hours="mean", n="count").reset_index()
    )
    means["share"] = means["hours"] / means.groupby(["variant", "side"])["hours"].transform("sum")
    return means


def quarters_table(results: Sequence["FinishedRun"]) -> "pd.DataFrame":
    """By variant, measure and quarter: mean over runs with its 95 % interval."""
    import pandas as pd

    from experiments.statistics.paired import mean_of

    table = _long(results, "quarter", ["quarter", "measure"]).astype({"quarter": int})
    rows = []
    for keys, group in table.groupby(["variant", "measure", "quarter"], sort=False):
        found = mean_of(group["value"].to_numpy())
        rows.append((*keys, found.mean, found.interval.low, found.interval.high, found.n))
    return pd.DataFrame(rows, columns=["variant", "measure", "quarter", "mean", "low", "high", "n"])


def _long(results: Sequence["FinishedRun"], kind: str, keys: list[str]) -> "pd.DataFrame":
    """The numbers named `kind/<key>/<key>` as one row each."""
    import pandas as pd

    rows = [
        (done.planned.variant, *name.split("/")[1:], value)
        for done in results
        for name, value in done.outcomes.items()
        if name.startswith(f"{kind}/")
    ]
    return pd.DataFrame(rows, columns=["variant", *keys, "value"])
