"""The reference company as a textbook on Mesa would write it, for comparison: objects, `step`, one shared generator.

Its size is that of the reference company: 30 prospects a day, 12 reps, 6 marketers and 3 managers for 9 quarters of 63
days, about as many prospects in the market at any time. Rules are of the same kind in their simplest form: interest
decays, campaigns reach prospects, inquiries are qualified and handed off, reps call those who look best to them, deals
go through stages and are won or lost, trust follows what was handed off, customers renew or leave.

It leaves out most of what our model does: segments, need and fit by topic, channels with adstock, content, forecasts,
quotas and their effects, beliefs, disputes, meetings with an agenda, hiring and quitting, several heads, products,
prices and payment, buying groups, and all books but one line a day. So a ratio to it flatters the textbook.
"""

from typing import Any

import mesa

PROSPECTS_PER_DAY, N_EXECUTIVES, N_SDRS, N_MARKETERS, N_MANAGERS = 30, 8, 4, 6, 3
QUARTERS, DAYS_PER_QUARTER, DAYS_PER_WEEK = 9, 63, 5
DECAY = 0.5 ** (1 / 30)
PATIENCE_D, LOOKS_PER_D = 130.0, 2.0 / 130.0
ASKS_AT, QUALIFIED_AT = 1.0, 0.6
N_STAGES, N_CALLS = 3, 6


class Lead(mesa.Agent):
    """A prospect, from its first day in the market to its end as a customer of ours or not."""

    def __init__(self, model: "TextbookCompany") -> None:
        super().__init__(model)
        self.fit, self.interest = model.random.random(), 0.0
        self.is_ready = model.random.random() < 0.26
        self.days_left = model.random.expovariate(1.0 / PATIENCE_D)
        self.value_eur = model.random.lognormvariate(10.0, 0.6)
        self.state, self.stage, self.n_calls = "prospect", 0, 0
        self.marketer: Marketer | None = None
        self.rep: Rep | None = None

    def step(self) -> None:
        """Lose interest, look around, and ask for a call, give up or renew."""
        if self.state == "customer":
            self.renew()
            return
        self.interest *= DECAY
        self.days_left -= 1.0
        if self.days_left < 0.0:
            self.leave()
        elif self.state in ("prospect", "inquiry"):
            if self.model.random.random() < LOOKS_PER_D:
                self.hear(0.6 * self.fit)
            if self.interest > ASKS_AT:
                self.model.hand_off(self)

    def hear(self, appeal: float) -> None:
        """Become more interested by a message, and answer it now and then."""
        self.interest += appeal
        if self.state == "prospect" and self.model.random.random() < 0.2 * self.interest:
            self.state = "inquiry"
            self.model.inquiries.append(self)

    def renew(self) -> None:
        """Decide once a year whether to stay."""
        self.days_left -= 1.0
        if self.days_left < 0.0:
            self.days_left = 252.0
            if self.model.random.random() > 0.8:
                self.leave()
            else:
                self.model.earned_eur += self.value_eur

    def leave(self) -> None:
        """Go out of the market, and off the desk of whoever has it."""
        if self.rep is not None:
            self.rep.let_go(self)
        self.state = "gone"
        self.remove()


class Marketer(mesa.Agent):
    """Runs campaigns and qualifies inquiries; trusts the reps or not."""

    def __init__(self, model: "TextbookCompany") -> None:
        super().__init__(model)
        self.skill, self.trust = model.random.uniform(0.7, 1.3), 0.5

    def step(self) -> None:
        """Spend the hours of a day on inquiries first, on campaigns with the rest."""
        hours = 8.0 * 0.65
        while self.model.inquiries and hours > 2.0:
            hours -= 0.25
            self.qualify(self.model.inquiries.pop(0))
        for lead in self.model.reached_by_a_campaign(int(10 * hours)):
            lead.hear(0.15 * self.skill * self.model.random.random())

    def qualify(self, lead: Lead) -> None:
        """Hand off who seems interested enough; the more the reps complain, the stricter."""
        lead.marketer = self
        seen = lead.interest + self.model.random.gauss(0.0, 0.2)
        if lead.state == "inquiry" and seen > QUALIFIED_AT * (1.5 - self.trust):
            self.model.hand_off(lead)


class Rep(mesa.Agent):
    """Calls leads and, as an account executive, sells; trusts Marketing or not."""

    def __init__(self, model: "TextbookCompany", sells: bool) -> None:
        super().__init__(model)
        self.skill, self.trust, self.sells = model.random.uniform(0.7, 1.3), 0.5, sells
        self.desk: list[Lead] = []
        self.deals: list[Lead] = []

    def step(self) -> None:
        """Spend the hours of a day on deals first, then on the leads that look best."""
        hours = 8.0 * 0.6
        for deal in list(self.deals):
            if hours < 1.0:
                break
            if self.model.random.random() < 0.15:
                hours -= 1.0
                self.go_on_with(deal)
        self.desk.sort(key=lambda lead: lead.interest * (0.5 + self.trust), reverse=True)
        for lead in self.desk[: int(hours / 0.25)]:
            self.call(lead)

    def call(self, lead: Lead) -> None:
        """Try to reach a lead; talk, and find out whether there is a project."""
        lead.n_calls += 1
        if self.model.random.random() < 0.25:
            self.desk.remove(lead)
            self.judge(lead)
        elif lead.n_calls >= N_CALLS:
            self.let_go(lead)
            lead.state = "prospect"

    def judge(self, lead: Lead) -> None:
        """Open a deal if there is a project; either way, learn what Marketing's leads are worth."""
        self.trust += 0.02 * ((1.0 if lead.is_ready else 0.0) - self.trust)
        if lead.marketer is not None:
            lead.marketer.trust += 0.02 * ((1.0 if lead.is_ready else 0.0) - lead.marketer.trust)
        lead.rep = None
        if lead.is_ready:
            self.model.open_deal(lead)
        else:
            lead.state = "prospect"

    def go_on_with(self, deal: Lead) -> None:
        """Meet; win or lose the deal at its last stage."""
        if self.model.random.random() < 0.6:
            deal.stage += 1
        if deal.stage >= N_STAGES:
            self.deals.remove(deal)
            if self.model.random.random() < 0.3 * self.skill * (0.5 + deal.fit):
                deal.rep, deal.state, deal.days_left = None, "customer", 252.0
                self.model.earned_eur += deal.value_eur
                self.model.n_won += 1
            else:
                deal.rep = None
                deal.leave()

    def let_go(self, lead: Lead) -> None:
        """Take a lead off the desk."""
        lead.rep = None
        for place in (self.desk, self.deals):
            if lead in place:
                place.remove(lead)


class Manager(mesa.Agent):
    """Coaches somebody every day; once a week brings both sides together."""

    def step(self) -> None:
        """Make a rep better at the job, and trust grow a little once a week."""
        rep = self.model.random.choice(self.model.reps)
        rep.skill = min(1.5, rep.skill + 0.001)
        if self.model.steps % DAYS_PER_WEEK == 0:
            for one in (*self.model.reps, *self.model.marketers):
                one.trust += 0.01 * (0.8 - one.trust)


class TextbookCompany(mesa.Model):
    """A market, and a company of marketers, reps and managers in it.

    Leads act in an order that is shuffled every day, as in Mesa's tutorial, or, which is quicker, in that of their
    appearance.
    """

    def __init__(self, rng: int, is_shuffled: bool = True) -> None:
        super().__init__(rng=rng)
        self.is_shuffled = is_shuffled
        self.inquiries: list[Lead] = []
        self.earned_eur, self.n_won, self.n_prospects, self.agent_days = 0.0, 0, 0, 0
        self.marketers = [Marketer(self) for _ in range(N_MARKETERS)]
        self.reps = [Rep(self, place < N_EXECUTIVES) for place in range(N_EXECUTIVES + N_SDRS)]
        self.executives = [rep for rep in self.reps if rep.sells]
        for _ in range(N_MANAGERS):
            Manager(self)
        for _ in range(int(PROSPECTS_PER_DAY * PATIENCE_D)):  # a market that has been there before
            Lead(self)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "earned": "earned_eur",
                "won": "n_won",
                "trust_of_sales": lambda model: sum(rep.trust for rep in model.reps) / len(model.reps),
            }
        )

    def step(self) -> None:
        """One working day."""
        for _ in range(self.n_new()):
            Lead(self)
        self.leads = list(self.agents_by_type[Lead])
        self.agent_days += len(self.leads)
        if self.is_shuffled:
            self.agents_by_type[Lead].shuffle_do("step")
        else:
            self.agents_by_type[Lead].do("step")
        self.agents_by_type[Marketer].shuffle_do("step")
        self.agents_by_type[Rep].shuffle_do("step")
        self.agents_by_type[Manager].shuffle_do("step")
        self.datacollector.collect(self)

    def n_new(self) -> int:
        """How many prospects appear on a day: about a Poisson number."""
        return max(0, round(self.random.gauss(PROSPECTS_PER_DAY, PROSPECTS_PER_DAY**0.5)))

    def reached_by_a_campaign(self, n_leads: int) -> list[Lead]:
        """Some of those in the market, by chance."""
        found = self.random.sample(self.leads, min(n_leads, len(self.leads)))
        return [lead for lead in found if lead.state in ("prospect", "inquiry")]

    def hand_off(self, lead: Lead) -> None:
        """Give a lead to the rep with the shortest list."""
        lead.state, lead.n_calls = "mql", 0
        lead.rep = min(self.reps, key=lambda rep: len(rep.desk))
        lead.rep.desk.append(lead)

    def open_deal(self, lead: Lead) -> None:
        """Give a lead with a project to the account executive with the fewest deals."""
        lead.state, lead.stage = "opportunity", 0
        lead.rep = min(self.executives, key=lambda rep: len(rep.deals))
        lead.rep.deals.append(lead)


def run(seed: int, is_shuffled: bool = True) -> dict[str, Any]:
    """One whole run: what came of it, and how many days all leads lived together."""
    model = TextbookCompany(seed, is_shuffled)
    for _ in range(QUARTERS * DAYS_PER_QUARTER):
        model.step()
    told = {"earned_eur": model.earned_eur, "n_won": model.n_won, "agent_days": model.agent_days}
    model.remove_all_agents()
    return told


def run_in_order(seed: int) -> dict[str, Any]:
    """The same with leads in the order of their appearance, which is quicker."""
    return run(seed, is_shuffled=False)
