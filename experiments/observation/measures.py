"""What is kept of a run for a comparison: its outcomes, where its hours went, and its books by quarter."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.observation.yearly import yearly
from scenarios.run_length import DAYS_PER_QUARTER

if TYPE_CHECKING:
    import pandas as pd

SIDES = {"sales": "hours_sales", "marketing": "hours_marketing"}
BOOKINGS = ("bookings_new", "bookings_renewal")
MEANS_BY_QUARTER = {"trust_sales_in_marketing": "trust_in_marketers", "trust_marketing_in_sales": "trust_in_reps"}


def compared(run: Any) -> Mapping[str, float]:
    """The outcomes of a run, its money by the year, `hours/<side>/<activity>` (hours), `quarter/<n>/<measure>`."""
    return {**run.outcomes, **yearly(run), **_hours(run), **_quarters(run)}


def _hours(run: Any) -> dict[str, float]:
    from simulation.ledger import Hours

    measured = run.daily[run.first_day :]
    return {
        f"hours/{side}/{kind.name.lower()}": float(measured[column][:, kind].sum())
        for side, column in SIDES.items()
        for kind in Hours
    }


def _quarters(run: Any) -> dict[str, float]:
    measured_by_quarter = {}
    measured = run.daily[run.first_day :]
    for quarter in range(len(measured) // DAYS_PER_QUARTER):
        days = measured[quarter * DAYS_PER_QUARTER : (quarter + 1) * DAYS_PER_QUARTER]
        measured_by_quarter[f"quarter/{quarter + 1}/bookings_eur"] = float(
            sum(days[column].sum() for column in BOOKINGS)
        )
        for name, column in MEANS_BY_QUARTER.items():
            measured_by_quarter[f"quarter/{quarter + 1}/{name}"] = float(days[column].mean())
    return measured_by_quarter


def runs_table(table: "pd.DataFrame") -> "pd.DataFrame":
    """One row a run: variant, seed and every outcome, without what is measured by activity and by quarter."""
    return table[[name for name in table.columns if "/" not in name]].reset_index(drop=True)


def hours_table(table: "pd.DataFrame") -> "pd.DataFrame":
    """Mean hours a run by variant, side and activity, and their share of that side's hours."""
    import pandas as pd

    long = _long(table, "hours", ["side", "activity"])
    if long.empty:
        return pd.DataFrame(columns=["variant", "side", "activity", "hours", "share", "n"])
    means = (
        long.groupby(["variant", "side", "activity"], sort=False)["value"].agg(hours="mean", n="count").reset_index()
    )
    means["share"] = means["hours"] / means.groupby(["variant", "side"])["hours"].transform("sum")
    return means


def quarters_table(table: "pd.DataFrame") -> "pd.DataFrame":
    """By variant, measure and quarter: mean over runs with its 95 % interval."""
    import pandas as pd

    from experiments.statistics.paired import mean_of

    long = _long(table, "quarter", ["quarter", "measure"]).astype({"quarter": int})
    rows = []
    for keys, group in long.groupby(["variant", "measure", "quarter"], sort=False):
        mean = mean_of(group["value"].to_numpy())
        rows.append((*keys, *mean.with_ends, mean.n))
    return pd.DataFrame(rows, columns=["variant", "measure", "quarter", "mean", "low", "high", "n"])


def _place(name: str) -> tuple[Any, ...]:
    """Where a measure comes in a table: side by side and activity by activity, or quarter by quarter."""
    from simulation.ledger import Hours

    kind, first, second = name.split("/")
    if kind == "hours":
        return list(SIDES).index(first), Hours[second.upper()]
    return int(first), ["bookings_eur", *MEANS_BY_QUARTER].index(second)


def _long(table: "pd.DataFrame", kind: str, keys: list[str]) -> "pd.DataFrame":
    """The columns named `kind/<key>/<key>` as one row each; what a run did not measure has none."""
    import pandas as pd

    names = sorted((name for name in table.columns if name.startswith(f"{kind}/")), key=_place)
    rows = [
        (variant, *name.split("/")[1:], value)
        for variant, *values in table[["variant", *names]].itertuples(index=False, name=None)
        for name, value in zip(names, values, strict=True)
        if value == value
    ]
    return pd.DataFrame(rows, columns=["variant", *keys, "value"])
