"""Random companies for property tests: small, short, quick, and with every lever, choice and law switched at random.

A company is drawn as a dictionary of changes, so that a failing example prints what matters and nothing else::

    @given(changes=companies(), seed=SEEDS)
    def test_something(changes, seed):
        scenario = scenario_of(changes)

A parameter that is added to the declarations is varied from then on without a word here.
"""

from typing import Any

from hypothesis import strategies as st

import scenarios
from scenarios import Parameter, Scenario

Changes = dict[str, Any]
"""Values by dotted path; a segment's or channel's path holds its name."""

SEEDS = st.integers(0, 2**63 - 1) | st.integers(0, 9)
WORDS = ("name", "question", "preset")

# Sizes keep a run below a tenth of a second; times are short, so that a quarter sees whole lives of customers.
OURS: dict[str, st.SearchStrategy[Any]] = {
    "run.quarters": st.just(1),
    "run.warm_up_quarters": st.sampled_from([0, 0, 1]),
    "people.account_executives": st.integers(1, 3),
    "people.sdrs": st.integers(0, 2),
    "people.marketers": st.integers(1, 3),
    "people.managers": st.integers(1, 5),
    "people.turnover_per_year": st.sampled_from([0.0, 0.3, 5.0]),
    "people.vacancy_d": st.sampled_from([0, 1, 42]),
    "people.hiring_h": st.sampled_from([0.0, 30.0]),
    "customers.installed_base": st.integers(0, 30),
    "market.prospects_per_day": st.sampled_from([0.01, 2.0, 4.0, 8.0]),
    "market.turbulence": st.sampled_from([0.0, 1.0, 20.0]),
    "market.project_lag_d": st.sampled_from([1.0, 20.0, 170.0]),
    "customers.contract_d": st.sampled_from([2, 10, 21, 50, 252]),
    "customers.onboarding_window_d": st.sampled_from([1, 5, 20, 42]),
    "practices.meeting_every_d": st.sampled_from([None, 1, 5, 21, 63]),
    "practices.nurture_every_d": st.sampled_from([None, 1, 5, 11]),
    "practices.hand_off_delay_d": st.sampled_from([0, 0, 1, 1, 4, 250]),
    "behaviour.work.shelf_d": st.sampled_from([1, 3, 21]),
    "behaviour.work.recycle_rest_d": st.sampled_from([1, 5, 42]),
    "behaviour.work.push_days": st.sampled_from([0, 1, 8, 63]),
    "behaviour.learning.research_every_d": st.sampled_from([1, 13, 63]),
    "practices.credit_shared": st.sampled_from([0.0, 0.5, 1.0]),
    "pay.sales.bonus_period": st.sampled_from(["quarter", "year"]),
    "pay.sales.cap": st.sampled_from([None, 0.5, 1.0, 1.25]),
    "money.credit_check": st.sampled_from([0.0, 0.3, 1.0]),
    "money.discount_approved_max": st.sampled_from([0.0, 0.2, 0.5, 0.9]),
    "behaviour.deals.check_d": st.sampled_from([0.0, 4.0, 40.0]),
    "behaviour.deals.hold_off": st.sampled_from([0.0, 1.0, 20.0]),
    "segments.*.selling_h": st.sampled_from([0.5, 4.0, 12.0]),
    "segments.*.buyer_pace_d": st.sampled_from([0.2, 2.0, 8.0]),
    "segments.*.patience_d": st.sampled_from([0.5, 10.0, 40.0, 130.0, 500.0]),
    "segments.*.buyers": st.sampled_from([1.0, 3.0, 12.0]),
    "segments.*.steps": st.integers(1, 3),
    "segments.*.p_bad_debt": st.sampled_from([0.0, 0.1, 1.0]),
    "channels.*.half_spend_eur": st.sampled_from([0.0, 20.0]),
    "channels.*.contacts_max": st.sampled_from([0.0, 0.6, 5.0, 20.0, 100.0]),
}
# Pairs of which the first may not exceed the second.
ORDERED = (
    ("customers.renewal_at_worst", "customers.renewal_at_best"),
    ("behaviour.learning.score_worst", "behaviour.learning.score_best"),
)
# Pairs that may not exceed 1 together.
WINDOW = "customers.onboarding_window_d"  # shorter than a contract
SHARES_OF_ONE = (("market.share_ready", "market.share_never_fit"), ("customers.weight_match", "customers.weight_story"))


def values_of(parameter: Parameter) -> st.SearchStrategy[Any]:
    """Values of one parameter: its default, its plausible range and ends, its bounds where they can be lived with."""
    if parameter.path in OURS:
        return OURS[parameter.path]
    if parameter.choices:
        return st.sampled_from(parameter.choices)
    low, high = parameter.plausible or (parameter.default, parameter.default)
    ends = [parameter.default, low, high]
    if parameter.bounds.ge is not None and parameter.bounds.ge >= 0:
        ends.append(parameter.bounds.ge)
    if parameter.bounds.le is not None and parameter.bounds.le <= 1:
        ends.append(parameter.bounds.le)
    inside = st.integers(int(low), int(high)) if "whole number" in parameter.allowed else st.floats(low, high)
    return st.sampled_from(ends) | inside


PARAMETERS = {one.path: one for one in scenarios.parameters() if one.path not in WORDS}
SWITCHED_ALWAYS = [path for path in PARAMETERS if path.startswith("practices.") or path.endswith(".scheme")]
SWITCHED_ALWAYS += [path for path in OURS if not path.startswith(("segments", "channels", "products"))]
SOMETIMES = sorted(path for path in PARAMETERS if "*" not in path and path not in SWITCHED_ALWAYS)


@st.composite
def companies(draw: st.DrawFn) -> Changes:
    """Changes that make a valid small company: all practices and schemes drawn, of the rest up to twenty parameters."""
    others = draw(st.lists(st.sampled_from(SOMETIMES), unique=True, max_size=20))
    changes = {path: draw(values_of(PARAMETERS[path])) for path in dict.fromkeys([*SWITCHED_ALWAYS, *others])}
    for group in ("segments", "channels", "products"):
        for name in "abc"[: draw(st.integers(1, 3))]:
            for path, parameter in PARAMETERS.items():
                if path.startswith(f"{group}.*."):
                    changes[path.replace("*", name)] = draw(values_of(parameter))
    return _made_valid(changes)


def _made_valid(changes: Changes) -> Changes:
    """Bring pairs that a scenario checks together in order."""
    for low, high in ORDERED:
        ends = sorted(changes.get(path, PARAMETERS[path].default) for path in (low, high))
        changes[low], changes[high] = ends
    for first, second in SHARES_OF_ONE:
        whole = [changes.get(path, PARAMETERS[path].default) for path in (first, second)]
        if sum(whole) > 1:
            changes[first], changes[second] = whole[0] / sum(whole) * 0.99, whole[1] / sum(whole) * 0.99
    changes[WINDOW] = min(changes[WINDOW], changes["customers.contract_d"] - 1)
    return changes


def scenario_of(changes: Changes) -> Scenario:
    """The company that these changes describe; the default company where they are silent."""
    values: dict[str, Any] = {}
    for path, value in changes.items():
        *sections, key = path.split(".")
        section = values
        for name in sections:
            section = section.setdefault(name, {})
        section[key] = value
    return Scenario.model_validate(values)
