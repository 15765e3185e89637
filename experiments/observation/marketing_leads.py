"""What becomes of marketing leads: how soon they are answered, and which share of each step is sold."""

from typing import Any

from experiments.observation.books import mean
from scenarios.run_length import DAYS_PER_YEAR

LADDER = {"lead": "day_reached", "mql": "day_mql", "sql": "day_sql", "opportunity": "day_opportunity"}
RESPONSES = ("within_1h", "within_24h", "later", "never")
_HOUR, _DAY_H = 1.0, 24.0


def ladder(run: Any) -> dict[str, float]:
    """`ladder/<step>`: of marketing leads that reached a step at least half a year before the end, the share sold."""
    lead, last = run.company.lead, run.scenario.days - DAYS_PER_YEAR // 2
    numbers = {}
    for step, column in LADDER.items():
        is_there = (lead[column] >= run.first_day) & (lead[column] < last) & (lead["channel"] >= 0)
        numbers[f"ladder/{step}"] = mean(lead["day_won"][is_there] >= 0)
    return numbers


def answers(run: Any) -> dict[str, float]:
    """`response/<how soon>`: shares of marketing leads handed over early enough to tell; and of old ones never sold."""
    lead, first, scenario = run.company.lead, run.first_day, run.scenario
    end = scenario.days - scenario.behaviour.work.shelf_d - scenario.practices.hand_off_delay_d
    handed = lead[(lead["day_mql"] >= first) & (lead["day_mql"] < end)]
    old = handed[handed["day_mql"] < scenario.days - DAYS_PER_YEAR // 2]
    is_worked = handed["day_contacted"] >= 0
    hours = handed["response_h"]
    shares = {
        "within_1h": is_worked & (hours <= _HOUR),
        "within_24h": is_worked & (hours > _HOUR) & (hours <= _DAY_H),
        "later": is_worked & (hours > _DAY_H),
        "never": ~is_worked,
    }
    numbers = {f"response/{name}": mean(flags) for name, flags in shares.items()}
    return numbers | {"leads_never_sold": mean(old["day_won"] < 0)}
