"""All measures of one run as tidy tables: by day, quarter, segment, channel, campaign, person, lead, and as a whole.

`tables_of(run)["segments"]` is a pandas table; `DESCRIBED["segments"].columns` says what its columns mean.
"""

from typing import TYPE_CHECKING, Any

from simulation.measured import days, groups, people, whole
from simulation.measured.column import Column, Described

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Column", "Described", "described", "tables_of"]


def described() -> dict[str, Described]:
    """Every table by name: what a row is, its columns, how it is made."""
    return {
        "run": Described("the whole run", whole.run_columns(), whole.whole),
        "quarters": Described("a quarter, warm-up included", days.quarter_columns(), days.quarters),
        "days": Described("a working day, warm-up included", days.day_columns(), days.days),
        "segments": Described("a segment", groups.SEGMENTS, groups.segments),
        "channels": Described("a channel", groups.CHANNELS, groups.channels),
        "campaigns": Described("a campaign", groups.CAMPAIGNS, groups.campaigns),
        "people": Described("a person", people.people_columns(), people.people),
        "leads": Described("a lead: a prospect whom the company has come to know", groups.LEADS, groups.leads),
    }


def tables_of(run: Any) -> "dict[str, pd.DataFrame]":
    """All tables of a finished run."""
    return {name: table.make(run) for name, table in described().items()}
