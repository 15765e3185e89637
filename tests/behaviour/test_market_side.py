"""What Marketing's money, hours and news do: each lever changes what it should, and leaves alone what it should not."""

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation import campaigns, channels, offers, queues, simulate
from simulation.agents import marketer
from simulation.border import hand_off
from simulation.company import build
from simulation.engine import live_days
from simulation.ledger import Hours
from simulation.management import budget
from simulation.quality import NEVER_FIT, READY
from simulation.queues import NEVER
from simulation.status import Status
from tests.worlds import everybody

SMALL = {"run.quarters": 3, "run.warm_up_quarters": 0, "market.prospects_per_day": 10.0}
BASE = scenarios.with_changes(Scenario(), SMALL)
BRAND = {"channels.web.brand_share": 0.4}


def lived(changes, days=126, seed=4):
    """A company after so many days."""
    company = build(scenarios.with_changes(BASE, changes), seed)
    live_days(company, 0, days)
    return company


def test_a_corrected_campaign_reaches_prospects_already_in_the_market():
    """Two companies alike but for the message from day 40 on: who had arrived before hears the better one."""
    reached = {}
    for is_corrected in (False, True):
        company = build(
            scenarios.with_changes(BASE, {"market.turbulence": 0.0, "behaviour.work.redesign_gap": 10.0}), 4
        )
        company.campaign["message_x"] = company.needs[0, :, 0] + 3.0
        live_days(company, 0, 40)
        if is_corrected:
            company.campaign["message_x"] = company.needs[0, :, 0]
        live_days(company, 40, 150)
        waited = company.lead["day_arrived"] < 40
        reached[is_corrected] = (waited & (company.lead["day_reached"] >= 40) & (company.lead["channel"] >= 0)).sum()
    assert reached[True] > 1.3 * reached[False]


def test_looks_belong_to_the_prospect():
    """Money decides whether a look finds us, never when it comes: with more of it, nobody notices us later."""
    poor, rich = (lived({"money.programme_eur_per_year": eur, **NOBODY_CALLS}) for eur in (2e4, 2e6))
    never = 10**6
    days = [everybody(company)["day_reached"] for company in (poor, rich)]
    days = [np.where(reached < 0, never, reached) for reached in days]
    earlier = days[1] <= days[0]
    assert earlier.mean() > 0.98  # but for messages, which other leads may have moved
    assert (days[1] < days[0]).mean() > 0.05


def test_buyers_with_a_project_who_like_what_they_read_ask_for_a_call():
    """They are handed over without being scored; who has no project, or no use for the message, does not ask."""
    crowd = {"market.prospects_per_day": 80.0, "practices.recycling": False, "behaviour.goodwill.discretion": 0.0}
    company = lived({"behaviour.attention.p_request": 0.6, **crowd, **NOBODY_CALLS})
    lead, recommended = company.lead, company.lead["referred_by"] >= 0
    asked = (lead["day_asked"] >= 0) & ~recommended
    assert asked.sum() > 100
    assert (lead["day_project"] <= lead["day_reached"])[asked].all()
    assert (lead["readiness"] != NEVER_FIT)[asked].all()
    assert (lead["n_scored"] == 0)[asked & (lead["n_handed"] == 1)].all()
    scored = (lead["n_scored"] > 0) & (lead["readiness"] == READY) & (lead["day_asked"] < 0)
    off_need = lead["promise_x"] - lead["need_x"] - company.needs[lead["day_reached"], lead["segment"], 0]
    assert scored.sum() > 100
    assert np.abs(off_need)[asked].mean() < 0.8 * np.abs(off_need)[scored].mean()


def test_nobody_asks_where_buyers_do_not():
    company = lived({"behaviour.attention.p_request": 0.0, "customers.referrals": 0.0, **NOBODY_CALLS})
    handed = company.lead["n_handed"] > 0
    assert handed.sum() > 20
    assert (company.lead["n_scored"] > 0)[handed].all()
    assert (company.lead["day_asked"] < 0).all()


def test_a_request_goes_before_other_leads():
    busy = {"behaviour.attention.p_request": 1.0, "behaviour.work.qualify_h": 20.0, **NOBODY_CALLS}
    lead = lived(busy).lead
    asked = (lead["day_asked"] >= 0) & (lead["n_handed"] == 1)
    at_once = (lead["n_scored"] == 1) & (lead["n_nurtured"] == 0) & (lead["n_handed"] == 1)
    waited = lead["day_mql"] - lead["day_reached"]
    assert min(asked.sum(), at_once.sum()) > 20
    assert waited[asked].mean() < 0.5 * waited[at_once].mean()


def test_the_newest_request_goes_first_and_other_leads_in_their_turn():
    company = lived({}, 0)
    lead = company.lead[:4]
    lead["status"], lead["marketer"], lead["day_window_end"] = Status.INQUIRY, 0, 1000
    for number, day, is_request in ((0, 1, False), (1, 2, True), (2, 3, False), (3, 4, True)):
        put = hand_off.ask_for_a_call if is_request else hand_off.queue_for_marketing
        put(company, number, day)
    desk = queues.inquiry_desk(company, 0)
    assert [queues.take_first(company, queues.DESK, desk) for _ in range(4)] == [3, 1, 0, 2]


def test_who_only_meets_hands_nothing_over():
    all_come = {"behaviour.together.skipping": 0.0, "practices.meeting_attendance": 1.0}
    only_meets = {"practices.meeting_every_d": 1, "practices.meeting_h": 8.0, **all_come}
    asking = {"behaviour.attention.p_request": 1.0, **NOBODY_CALLS}
    assert lived(asking).lead["n_handed"].any()
    assert not lived({**asking, **only_meets}).lead["n_handed"].any()


@pytest.mark.parametrize(("delay_d", "took"), [(0, 0.6), (1, 0.3)])
def test_a_request_takes_the_time_of_a_hand_over_and_no_more(delay_d, took):
    changes = {"practices.hand_off_delay_d": delay_d, "practices.automation": False, "behaviour.goodwill.note_h": 0.0}
    company = lived({**changes, "behaviour.work.hand_off_h": 0.6}, 0)
    lead = company.lead[:1]
    lead["status"], lead["marketer"], lead["day_window_end"], lead["day_project"] = Status.INQUIRY, 0, 1000, 0
    hand_off.ask_for_a_call(company, 0, 0)
    left = marketer.work_inquiries(company, 0, 4.0, 0)
    assert (4.0 - left) == pytest.approx(took)
    assert company.book["hours_marketing"][0, Hours.LEADS] == pytest.approx(took)
    assert (lead["n_handed"][0], lead["n_scored"][0]) == (1, 0)


@pytest.mark.parametrize(("bar", "n_handed"), [(5.0, 1), (-5.0, 2)])
def test_who_asked_and_is_given_back_is_an_old_acquaintance(bar, n_handed):
    """Marketing sends something useful before it scores the lead, and hands it over again only by its score."""
    company = lived({"practices.qualification_bar": bar}, 0)
    lead = company.lead[:1]
    lead["status"], lead["marketer"], lead["day_window_end"] = Status.RECYCLED, 0, 1000
    lead["day_asked"], lead["n_handed"] = 0, 1
    hand_off.queue_for_marketing(company, 0, 9)
    marketer.work_inquiries(company, 0, 4.0, 9)
    assert (lead["n_nurtured"][0], lead["n_scored"][0], lead["n_handed"][0]) == (1, 1, n_handed)


def test_whether_a_buyer_asks_disturbs_nobody_elses_luck():
    """Who notices us, when, where, and who looks after it, is the same where buyers ask and where they do not."""
    still = {"market.turbulence": 0.0, "behaviour.work.redesign_gap": 10.0, "customers.referrals": 0.0}
    still |= {"behaviour.attention.effort_elasticity": 0.0}
    asking, silent = (
        everybody(lived({**still, "behaviour.attention.p_request": p, **NOBODY_CALLS})) for p in (1.0, 0.0)
    )
    for column in ("day_reached", "channel", "marketer"):
        assert (asking[column] == silent[column]).all(), column
    assert (asking["day_mql"] != silent["day_mql"]).any()


NOBODY_CALLS = {"behaviour.attention.p_connect_cold": 0.0, "behaviour.attention.effort_elasticity": 0.0}


def test_adstock_fades_by_its_retention():
    company = lived({"channels.web.retention_per_week": 0.6}, 1)
    before = company.flow["adstock"][0]
    company.budget["free_money_per_day"], company.budget["programme_per_day"] = 0.0, 0.0
    live_days(company, 1, 6)
    assert company.flow["adstock"][0] == pytest.approx(0.6 * before)


def test_brand_money_works_later_than_activation():
    """Awareness goes half of the way in a half-life once money begins; without money it stays where it was."""
    company = lived({**BRAND, "market.turbulence": 0.0, "behaviour.brand.half_life_d": 126.0}, 1)
    assert company.awareness[0] > Scenario().behaviour.brand.unpaid
    assert lived({}, 60).awareness[0] == Scenario().behaviour.brand.unpaid
    company.awareness[:] = Scenario().behaviour.brand.unpaid
    aim = channels.awareness_aim(company, 0, 1)
    live_days(company, 1, 126)
    half = (company.awareness[0] - 0.15) / (aim - 0.15)
    assert 0.4 < half < 0.6  # the message may have been redesigned meanwhile


def test_being_known_opens_doors():
    company = lived(BRAND, 1)
    assert channels.response(company, 0) > 1.0
    assert channels.open_doors(company, 0) > 1.0
    assert channels.reputation(company, 0) > 0.0


def test_an_alarm_that_many_talks_bear_out_moves_more_than_a_small_one():
    moved = []
    for gap in (0.3, 1.5):
        company = lived({}, 1)
        row = company.campaign[0]
        row["n_talks"], row["news"] = 6.0, 1.0
        row["talked_x"], row["talked_y"] = row["message_x"] + gap, row["message_y"]
        company.marketer_belief[:, 0] = row["message_x"], row["message_y"]
        campaigns.hear_alarm(company, 0.6)
        moved.append((company.marketer_belief[row["owner"], 0, 0] - row["message_x"]) / gap)
    assert 0.0 < 2.0 * moved[0] < moved[1]


def test_the_closer_the_contact_the_sooner_a_wrong_campaign_is_put_right():
    days = {}
    for every in (5, 63):
        runs = [
            simulate(scenarios.with_changes(BASE, {"practices.meeting_every_d": every, "run.quarters": 8}), seed)
            for seed in range(10)
        ]
        total = {name: sum(run.daily[name].sum() for run in runs) for name in ("days_to_correct", "n_corrected")}
        days[every] = total["days_to_correct"] / total["n_corrected"]
    assert days[5] < 0.7 * days[63]


def test_a_wrong_campaign_is_watched_until_a_later_message_is_clearly_closer():
    company = lived({"market.turbulence": 0.0}, 1)
    row = company.campaign[0]
    need = company.needs[0, 0]
    row["message_x"], row["message_y"] = need[0] + 2.0, need[1]
    campaigns.watch(company, 2)
    assert row["day_off"] == 2
    row["message_x"] = need[0] + 1.0  # nearer, but not clearly
    campaigns.watch(company, 9)
    assert row["day_off"] == 2
    row["message_x"], row["run"] = need[0] + 0.5, 1
    company.campaign_run[0, 1]["day_running"] = 12
    campaigns.watch(company, 12)
    assert row["day_off"] == NEVER
    assert (company.book["n_corrected"][12], company.book["days_to_correct"][12]) == (1, 10)


def test_what_cannot_be_shown_loses_money_to_the_other_side():
    dark, lit = (
        lived({"practices.budget_rule": "politics", "practices.crm_coverage": coverage}, 189) for coverage in (0.0, 1.0)
    )
    assert 0.0 < lit.budget["share_for_sales"][0] < dark.budget["share_for_sales"][0]
    assert dark.budget["brand_kept"][0] < lit.budget["brand_kept"][0]


def test_a_budget_by_history_stays_what_it_was():
    company = lived({"money.sales_support_eur_per_year": 100_000.0})
    assert company.budget["share_for_sales"][0] == pytest.approx(100_000 / 900_000)
    assert company.budget["brand_kept"][0] == 1.0


@pytest.mark.parametrize("rule", ["history", "politics", "evidence", "flexible"])
def test_no_rule_creates_or_loses_money(rule):
    company = lived({"practices.budget_rule": rule, "money.sales_support_eur_per_year": 80_000.0})
    assert company.book["programme"][:126].sum() == pytest.approx(880_000 / 2)
    assert 0.0 <= company.budget["share_for_sales"][0] <= BASE.money.most_for_sales


def test_support_for_sales_saves_administration_with_diminishing_returns():
    saved = [budget.admin_saved(build(BASE, 0), eur) for eur in (0.0, 6_000.0, 12_000.0, 1e9)]
    assert saved[0] == 0.0
    assert saved[1] > saved[2] - saved[1] > 0.0
    assert saved[3] == pytest.approx(Scenario().money.support_saves_most, rel=1e-3)


def hours_of_marketing(changes):
    return lived(changes).book["hours_marketing"].sum(0)


def test_marketers_follow_their_own_pay():
    mql, pipeline = (hours_of_marketing({"pay.marketing.scheme": scheme}) for scheme in ("mql", "pipeline"))
    assert mql[Hours.PROSPECTING] > pipeline[Hours.PROSPECTING]
    assert mql[Hours.CONTENT] < pipeline[Hours.CONTENT]


def test_upstream_marketers_drift_to_campaigns_unless_measured_by_what_they_prepare():
    split = {"practices.upstream_share": 0.5, "segments.buyers.prepared": 0.5}
    short, long = (lived({**split, "practices.upstream_measure": measure}) for measure in ("short_run", "long_run"))
    assert long.offer["prepared"][0] > short.offer["prepared"][0] + 0.05
    assert short.marketer["hours"][:, Hours.PROSPECTING].sum() > long.marketer["hours"][:, Hours.PROSPECTING].sum()


def test_a_customer_heard_counts_among_those_of_its_own_segment():
    company = build(scenarios.load("reference"), 0)
    counted = np.bincount(company.lead["segment"][company.lead["status"] == Status.CUSTOMER])
    assert len(set(counted)) > 1  # segments of different size, so that a mean over them would be wrong
    for segment, n_customers in enumerate(counted):
        offers.hear_customer(company, segment)
        assert company.offer["heard"][segment] == pytest.approx(1 / n_customers)
    company.offer["n_customers"][0], company.offer["heard"][0] = 0, 0.0
    offers.hear_customer(company, 0)
    assert company.offer["heard"][0] == 0.0


def test_measures_of_upstream_marketers_do_not_matter_where_there_are_none():
    one, other = (lived({"practices.upstream_measure": measure}) for measure in ("short_run", "long_run"))
    assert one.book.tobytes() == other.book.tobytes()


def test_an_offer_that_misses_the_need_costs_wins():
    won = {}
    for prepared in (1.0, 0.2):
        changes = {"segments.buyers.prepared": prepared, "run.quarters": 4}
        won[prepared] = sum(
            simulate(scenarios.with_changes(BASE, changes), seed).outcomes["n_won"] for seed in range(6)
        )
    assert won[0.2] < 0.8 * won[1.0]


def test_better_marketers_make_more_of_an_hour():
    company = lived({}, 1)
    left = []
    for skill in (0.5, 2.0):
        company.marketer["skill"][0], company.campaign["h_left"][0] = skill, 30.0
        campaigns.go_on_designing(company, 0, 0, 4.0, 1)
        left.append(company.campaign["h_left"][0])
    assert left == pytest.approx([28.0, 22.0])
