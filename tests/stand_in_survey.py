"""A made-up company that is asked: some practices show in its answers, one earns money, one costs some."""

from types import SimpleNamespace

import numpy as np

from tests.stand_in_company import Run

N_STATEMENTS = 20
SHOWN = {  # by statement: what of a made-up company everybody sees there, 0 to 1
    17: lambda p: float(p.one_head),
    19: lambda p: min(1.0, p.joint_training_h_per_quarter / 16),
    8: lambda p: p.senior_support,
    6: lambda p: p.feedback_asked,
    4: lambda p: p.content_input,
    15: lambda p: p.crm_coverage,
    18: lambda p: 0.5 * p.liaison,
    13: lambda p: p.joint_calls,
}


def answers_of(scenario, seed):
    """Twenty answers a side, with luck; statements that show nothing are 3; Marketing answers half a point more."""
    luck = np.random.default_rng([seed, 5]).normal(0, 0.1, (N_STATEMENTS, 2))
    answers = np.full((N_STATEMENTS, 2), 3.0)
    for number, seen in SHOWN.items():
        answers[number - 1] = 1 + 3.5 * seen(scenario.practices)
    return np.clip(answers + luck + [0.0, 0.5], 1, 5)


def made_up(scenario, seed):
    """A company whose automation brings 200 k a year, its recycling costs 100 k, and all else nothing."""
    practices = scenario.practices
    gain = 2e5 * practices.automation - 1e5 * practices.recycling
    luck = 5e4 * np.random.default_rng([seed, 1]).normal()
    years = scenario.run.quarters / 4
    survey = np.zeros(1, dtype=[("answers", "f8", (N_STATEMENTS, 2))])
    survey["answers"][0] = answers_of(scenario, seed)
    people = SimpleNamespace(survey=survey, rep={"is_vacant": np.zeros(6, bool)}, marketer=range(4))
    return Run({"contribution_eur": (1e6 + gain + luck) * years}, scenario, seed, company=people)
