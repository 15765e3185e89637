"""How well people do what nobody measures, and what buyers and reps choose: each by what it must change."""

import pytest

import scenarios
from scenarios import Scenario
from simulation import Run, simulate
from simulation.ledger import Hours
from tests.paired import Measure, z
from tests.worlds import everybody

COMPANY = scenarios.with_changes(Scenario(), {"run.quarters": 4})
GOODWILL = "behaviour.goodwill."


def mean_depth(what: str, count: str) -> Measure:
    """How well something is done on average, 0 to 1."""
    return lambda run: float(run.daily[what].sum() / run.daily[count].sum())


DEPTHS = (
    mean_depth("depth_notes", "n_hand_overs"),
    mean_depth("depth_contacts", "n_contacts"),
    mean_depth("depth_reports", "n_reports"),
    mean_depth("depth_help", "n_aided"),
    mean_depth("depth_items", "n_items_made"),
)


def total(column: str) -> Measure:
    """Sum of a column of the books."""
    return lambda run: float(run.daily[column].sum())


def test_who_feels_well_treated_does_everything_better_and_reports_more():
    asked = {"practices.feedback_asked": 1.0, "practices.solution_aids": 1.0}
    ill_treated = scenarios.with_changes(COMPANY, {**asked, GOODWILL + "start": 0.1})
    assert min(z(ill_treated, {GOODWILL + "start": 0.9}, *DEPTHS, total("n_reports"), n=4)) > 3


def test_reps_go_deep_where_they_are_paid_for_it_even_if_nothing_is_owed():
    """A contact may bring a deal, a report brings nothing: without goodwill only the first is led well."""
    nothing_owed = {GOODWILL + "norm": 0.0, "practices.feedback_asked": 1.0, "practices.feedback_bonus_eur": 50.0}
    run = simulate(scenarios.with_changes(COMPANY, nothing_owed), 1)
    assert run.daily["n_reports"].sum() > 20  # the bonus pays for them
    assert run.daily["depth_reports"].sum() == 0.0  # not for what is in them
    assert run.daily["depth_contacts"].sum() > 0.2 * run.daily["n_contacts"].sum()


def test_doing_things_in_full_costs_hours_and_finds_more_projects():
    for_form = scenarios.with_changes(COMPANY, {GOODWILL + "fixed_depth": 0.0})

    def hours_a_hand_over(run: Run) -> float:
        return float(run.daily["hours_marketing"][:, Hours.LEADS].sum() / run.daily["n_hand_overs"].sum())

    projects, hours = z(for_form, {GOODWILL + "fixed_depth": 1.0}, "n_sql", hours_a_hand_over, n=16)
    assert projects > 3
    assert hours > 3


def test_open_quarrels_take_from_what_is_done_for_the_other_side():
    quarrels = scenarios.with_changes(COMPANY, {"behaviour.conflict.outbreaks": 1.0, GOODWILL + "quarrel": 0.0})
    assert z(quarrels, {GOODWILL + "quarrel": 0.8}, mean_depth("depth_notes", "n_hand_overs"), n=4)[0] < -3


def test_deals_are_won_by_who_has_found_out_what_the_buyer_needs():
    unknown = {GOODWILL + name: 0.0 for name in ("by_note", "by_talk", "by_step")}
    company = scenarios.load("reference", "integrated", {**unknown, "run.quarters": 4})
    in_part = {GOODWILL + "by_note": 0.45, GOODWILL + "by_talk": 0.35, GOODWILL + "by_step": 0.1}
    assert z(company, in_part, "win_rate", n=4)[0] > 3


def test_where_own_prospecting_brings_more_more_leads_are_left_to_lie():
    assert z(COMPANY, {"behaviour.attention.p_connect_cold": 0.5}, "share_never_worked", n=4)[0] > 3


def test_a_dearer_product_wins_fewer_deals_and_keeps_fewer_customers():
    assert max(z(COMPANY, {"products.standard.price": 1.3}, "n_won", "retention", n=6)) < -3


@pytest.mark.parametrize(("resent", "is_put_off"), [(0.0, True), (1.0, False)])
def test_who_is_pressed_may_say_not_now_unless_pressing_is_resented(resent, is_put_off):
    runs = [simulate(scenarios.with_changes(COMPANY, {"behaviour.deals.pressed_away": resent}), k) for k in range(3)]
    assert sum(run.daily["n_pressed"].sum() for run in runs) > 30
    assert (sum(run.daily["n_not_now"].sum() for run in runs) > 0) == is_put_off


def test_customers_nobody_looks_after_give_up_before_their_first_success():
    def share_given_up(run: Run) -> float:
        return float(run.daily["n_left_early"].sum() / run.daily["n_won"].sum())

    some_leave = scenarios.with_changes(COMPANY, {"customers.leaves_early": 0.5})
    assert z(some_leave, {"customers.onboarding_h": 300.0}, share_given_up, n=6)[0] > 3
    assert (
        simulate(scenarios.with_changes(COMPANY, {"customers.leaves_early": 0.0}), 1).daily["n_left_early"].sum() == 0
    )


def test_who_pays_less_than_others_loses_people_and_deals():
    left, won = z(COMPANY, {"people.going_pay_eur": 300_000.0}, total("n_left"), "n_won", n=6)
    assert left > 3
    assert won < -3


def test_more_than_can_be_delivered_disappoints():
    def satisfaction(run: Run) -> float:
        lead = run.company.lead
        return float(lead["satisfaction"][lead["day_won"] >= 0].mean())

    disappointed, kept = z(COMPANY, {"money.delivery_eur_per_year": 5e5}, satisfaction, "retention", n=12)
    assert disappointed < -3
    assert kept < -3


def test_rivals_who_move_take_deals_and_leave_the_prospects_as_they_are():
    still, moving = (simulate(scenarios.with_changes(COMPANY, {"market.rivals_sd": sd}), 1) for sd in (0.0, 1.0))
    for column in ("day_arrived", "need_x", "value", "fit"):
        assert (still.company.prospect[column] == moving.company.prospect[column]).all(), column
    assert (everybody(still.company)["day_won"] != everybody(moving.company)["day_won"]).any()


def hours_met(run: Run) -> float:
    """Hours of both sides in meetings."""
    return float(sum(run.daily[f"hours_{side}"][:, Hours.MEETING].sum() for side in ("sales", "marketing")))


SKIP = {"behaviour.together.skipping": 1.0}


def test_people_skip_meetings_that_bring_nothing_new():
    all_come = {"behaviour.together.skipping": 0.0}
    daily = scenarios.with_changes(COMPANY, {**all_come, "practices.meeting_every_d": 1})
    assert z(daily, SKIP, hours_met, n=4)[0] < -3
    monthly = scenarios.with_changes(
        COMPANY, {**all_come, "practices.meeting_every_d": 21, "practices.meeting_discipline": 0.9}
    )
    assert z(monthly, SKIP, hours_met, n=2)[0] == 0


@pytest.mark.parametrize("lift", [{"practices.meeting_discipline": 0.95}, {"practices.senior_support": 0.9}])
def test_an_agenda_and_managers_who_stand_behind_it_bring_people_in(lift: dict[str, float]):
    daily = {**SKIP, "practices.meeting_every_d": 2, "practices.meeting_discipline": 0.3}
    company = scenarios.with_changes(COMPANY, daily)

    def away(run: Run) -> float:
        return float(run.company.diary["stay_away"][0])

    assert z(company, lift, away, n=4)[0] < -3


CONTACTS = {"behaviour.deals.contacts_weight": 2.0}


def test_joint_calls_and_the_crm_keep_contacts_when_reps_go():
    """Of deals whose rep has left, more of the buying group still talks with us."""
    leaving = {**CONTACTS, "people.turnover_per_year": 3.0, "people.vacancy_d": 5, "run.quarters": 4}
    company = scenarios.load("reference", "defined", {**leaving, "practices.crm_coverage": 0.0})

    def engaged(run: Run) -> float:
        lead = run.company.lead
        sold_to = (lead["day_opportunity"] >= run.first_day) & (lead["buyers"] > 2)
        return float(lead["engaged"][sold_to].mean())

    crm = {"practices.crm_coverage": 1.0, "practices.crm_accuracy": 1.0}
    assert z(company, crm, engaged, n=6)[0] > 3
    calls = {"practices.joint_calls": 1.0, "behaviour.together.key_account_eur": 0.0}
    assert z(company, calls, engaged, n=6)[0] > 3


def test_deals_in_which_more_of_the_group_talks_with_us_are_won_more_often():
    company = scenarios.load("reference", "defined", {**CONTACTS, "run.quarters": 4})
    assert z(company, {"behaviour.deals.engaged_by_step": 0.4}, "win_rate", n=16)[0] > 3
    without = scenarios.with_changes(company, {"behaviour.deals.contacts_weight": 0.0})
    assert z(without, {"behaviour.deals.engaged_by_step": 0.4}, "win_rate", n=2)[0] == 0
