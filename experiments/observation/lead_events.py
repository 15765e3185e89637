"""What happened to a prospect, in words: its rows of the tape, told one after the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.wording.numbers import euro, number, percent
from scenarios import Scenario
from simulation.queues import NOBODY
from simulation.referral import REFERRAL
from simulation.status import Status
from simulation.tape import Event

OF_PROSPECTS = range(Event.REACHED, Event.NOT_PAID + 1)
"""Events that happen to a prospect."""
WITH_MARKETING = (Status.PROSPECT, Status.INQUIRY, Status.RECYCLED)
ENDS = {Status.LOST: "LOST", Status.NEVER_WORKED: "given up: NEVER WORKED", Status.RECYCLED: "given back to Marketing"}


@dataclass(frozen=True)
class Evening:
    """How a prospect stands on an evening: where, its interest, its rep's trust in its marketer (NaN without one).

    `stage` is how far it has come in its own mind, a number of `buying_stage.Stage`.
    """

    status: int
    interest: float
    trust: float
    stage: int

    @classmethod
    def of(cls, company: Any, prospect: int, today: int) -> "Evening":
        """Look at a company in the evening of `today`."""
        from simulation.acquaintance import row_of
        from simulation.buying_stage import Stage, buying_stage
        from simulation.interest import interest_now

        row, lead = row_of(company, prospect, today), int(company.known_as[prospect])
        owner, marketer = int(row["owner"]), int(row["marketer"])
        is_over = row["status"] in (Status.LOST, Status.GONE, Status.NEVER_WORKED)
        has_both = owner != NOBODY and marketer != NOBODY and not is_over
        return cls(
            status=int(row["status"]),
            interest=float(interest_now(company, lead, today)) if row["day_reached"] >= 0 else float("nan"),
            trust=float(company.trust_in_marketer[owner, marketer]) if has_both else float("nan"),
            stage=int(buying_stage(company, lead, today) if lead != NOBODY else Stage.UNAWARE),
        )


class Story:
    """The story of one prospect of a company that has lived all its days with a tape."""

    def __init__(self, company: Any, scenario: Scenario, prospect: int, evenings: Sequence[Evening]) -> None:
        """Take the evenings from the day on which the prospect appears; `prospect` is its number."""
        self.company, self.scenario, self.number, self.evenings = company, scenario, prospect, evenings
        self.it = company.prospect[prospect]
        self.first_day = max(0, int(self.it["day_arrived"]))
        tape = company.tape
        is_its_own = np.isin(tape["what"], OF_PROSPECTS) & (tape["who"] == prospect)
        is_its_word = (tape["what"] == Event.RECOMMENDED) & (tape["about"] == prospect)
        self.entries = tape[is_its_own | is_its_word]
        self.told = 0  # entries so far
        self.status, self.owner = int(Status.PROSPECT), NOBODY

    @property
    def entry(self) -> Any:
        """The entry that is being told."""
        return self.entries[self.told]

    @property
    def evening(self) -> Evening:
        """The evening of its day."""
        return self.evenings[max(0, int(self.entry["day"]) - self.first_day)]

    @property
    def rep(self) -> str:
        """The rep it is about, in words."""
        return self.rep_called(int(self.entry["about"]))

    def rep_called(self, rep: int) -> str:
        """A rep in words."""
        n_executives = self.scenario.people.account_executives
        return f"rep {rep}" if rep < n_executives else f"SDR {rep - n_executives}"

    def count(self, event: Event, about: int | None = None) -> int:
        """How often something has happened so far, this time included."""
        so_far = self.entries[: self.told + 1]
        return int(((so_far["what"] == event) & (about is None or so_far["about"] == about)).sum())

    def just_before(self, *events: Event) -> bool:
        """Whether the last entry before, of the same day, is one of these."""
        before = self.entries[self.told - 1] if self.told else None
        return before is not None and before["day"] == self.entry["day"] and before["what"] in events

    def then(self, event: Event, *, until: Event) -> Any:
        """The first such entry from here on, of the same day and before one of `until`; None if there is none."""
        for later in self.entries[self.told + 1 :]:
            if later["day"] != self.entry["day"] or later["what"] == until:
                return None
            if later["what"] == event:
                return later
        return None

    def events(self) -> Iterator[tuple[int, str]]:
        """Day and words of everything that happened, in the order in which it happened."""
        for today, evening in enumerate(self.evenings, start=self.first_day):
            if today == self.first_day and self.number >= self.scenario.customers.installed_base:
                yield today, "appears in the market"
            yield from ((today, words) for words in self._of_a_day(today))
            yield from ((today, words) for words in self._in_its_mind(today, evening))
            if evening.status == Status.GONE and self.evenings[today - self.first_day - 1].status != Status.GONE:
                yield today, "its window closes: GONE, never reached"

    def _of_a_day(self, today: int) -> Iterator[str]:
        while self.told < len(self.entries) and self.entry["day"] == today:
            what, about = Event(int(self.entry["what"])), int(self.entry["about"])
            yield from TOLD[what](self) if what in TOLD else ()
            self.owner = about if what == Event.OWNER else self.owner
            self.status = about if what == Event.STATUS else self.status
            self.told += 1

    def _in_its_mind(self, today: int, evening: Evening) -> Iterator[str]:
        """A buyer comes to think more of us; that it has heard of us, or has signed, is told already."""
        from simulation.buying_stage import Stage

        before = self.evenings[today - self.first_day - 1].stage if today > self.first_day else Stage.UNAWARE
        if evening.stage > before and evening.stage not in (Stage.AWARE, Stage.CUSTOMER):
            yield f"buying stage: {Stage(evening.stage).name.lower()}"


def _reached(story: Story) -> Iterator[str]:
    channel, day, it = int(story.entry["about"]), int(story.entry["day"]), story.it
    if channel == NOBODY:
        found = story.then(Event.OWNER, until=Event.REACHED)
        yield f"found by {story.rep_called(int(found['about']))}, prospecting"
    elif channel != REFERRAL:
        row, need = story.company.lead[story.company.known_as[story.number]], story.company.needs[day, it["segment"]]
        run = story.company.campaign_run[it["segment"], row["run"]]
        off = np.hypot(run["message_x"] - need[0] - it["need_x"], run["message_y"] - need[1] - it["need_y"])
        answers = f"answers on {list(story.scenario.channels)[channel]}: a message {number(float(off))} need units"
        yield f"{answers} from its need; interest {percent(story.evening.interest)}"


def _recommended(story: Story) -> Iterator[str]:
    if story.entry["who"] == story.number:
        yield f"recommended by customer {story.entry['about']}; interest {percent(story.evening.interest)}"
    else:
        yield f"recommends us to prospect {story.entry['who']}"


def _asked(story: Story) -> Iterator[str]:
    yield "asks for a call"


def _nurtured(story: Story) -> Iterator[str]:
    yield f"nurtured by Marketing; interest {percent(story.evening.interest)}"


def _scored(story: Story) -> Iterator[str]:
    if story.entry["value"] < 0:
        yield "scored by Marketing: below the bar"


def _owner(story: Story) -> Iterator[str]:
    """From rep to rep; whom a lead is handed over to is told with the hand-over."""
    if NOBODY not in (story.entry["about"], story.owner) and story.status not in WITH_MARKETING:
        yield f"passed to {story.rep}"


def _status(story: Story) -> Iterator[str]:
    status = Status(int(story.entry["about"]))
    if status == Status.MQL:
        yield from _handed_over(story)
    elif status == Status.OPPORTUNITY:
        steps = int(story.company.segment["steps"][story.it["segment"]] + story.it["buyers"] - 1)
        yield f"opportunity of {story.rep_called(story.owner)}: {steps} steps to go"
    elif status == Status.CHURNED:
        early = "gives up before its first success" if story.just_before(Event.ONBOARDING_OVER) else "does not renew"
        yield f"{'never pays' if story.just_before(Event.NOT_PAID) else early}: CHURNED"
    elif status in ENDS:
        was_open = status == Status.LOST and story.count(Event.STATUS, Status.OPPORTUNITY)
        yield ENDS[status] + (" to a rival or to nothing" if was_open else "")


def _handed_over(story: Story) -> Iterator[str]:
    again = " again" if story.count(Event.STATUS, Status.MQL) > 1 else ""
    trust = story.evening.trust
    trusts = "" if trust != trust else f", who trusts its marketer {percent(trust)}"
    seen_to = [what for what in story.entries["what"][: story.told] if what in (Event.ASKED, Event.SCORED)]
    why = "above the bar" if seen_to[-1] == Event.SCORED else "as it asked"
    yield f"{why}: handed over{again} to {story.rep_called(story.owner)}{trusts}"


def _on_desk(story: Story) -> Iterator[str]:
    more = int(story.entry["value"]) - 1
    yield f"lies on the desk of {story.rep}{f' with {more} more' if more > 0 else ''}"


def _put_aside(story: Story) -> Iterator[str]:
    yield f"put aside by {story.rep}"


def _attempt(story: Story) -> Iterator[str]:
    waited = f", {number(float(story.entry['value']))} hours after the hand-over"
    first = waited if story.just_before(Event.STATUS) else ""
    yield f"attempt {story.count(Event.ATTEMPT)} by {story.rep}{first}"
    talk = story.then(Event.TALK, until=Event.ATTEMPT)
    if talk is None:
        yield "not reached"
    else:
        yield "talk: a project is found" if talk["value"] else "talk: no project seen"


def _step(story: Story) -> Iterator[str]:
    left = int(story.entry["value"])
    to_go = f", {left} to go" if left > 0 else ""
    yield f"step {story.count(Event.STEP)} done{to_go}; interest {percent(story.evening.interest)}"


def _decision(story: Story) -> Iterator[str]:
    if story.then(Event.STATUS, until=Event.DECISION) is None:
        yield "asked to sign early: not now"


def _signed(story: Story) -> Iterator[str]:
    row = story.company.lead[story.company.known_as[story.number]]
    price, listed = float(row["price"]), float(row["value"] * story.company.product["price"][row["product"]])
    discount = f", {percent(1 - price / listed)} off" if price < listed else ", at list price"
    products = list(story.scenario.products)
    what = f": {products[row['product']].replace('_', ' ')}" if len(products) > 1 else ""
    yield f"WON by {story.rep} at {euro(price)} a year{discount}{what}"


def _onboarding_over(story: Story) -> Iterator[str]:
    yield f"onboarding over; satisfaction {percent(float(story.entry['value']))}"


def _complaint(story: Story) -> Iterator[str]:
    yield "complains"


def _complaint_over(story: Story) -> Iterator[str]:
    yield f"complaint over; satisfaction {percent(float(story.entry['value']))}"


def _renewed(story: Story) -> Iterator[str]:
    paid = story.entries[: story.told]
    paid = paid[np.isin(paid["what"], (Event.SIGNED, Event.RENEWED))]
    more = ", buys more" if len(paid) and story.entry["value"] > paid["value"][-1] else ""
    yield f"renews at {euro(float(story.entry['value']))}{more}"


TOLD: dict[Event, Callable[[Story], Iterator[str]]] = {
    Event.REACHED: _reached,
    Event.RECOMMENDED: _recommended,
    Event.ASKED: _asked,
    Event.NURTURED: _nurtured,
    Event.SCORED: _scored,
    Event.OWNER: _owner,
    Event.STATUS: _status,
    Event.ON_DESK: _on_desk,
    Event.PUT_ASIDE: _put_aside,
    Event.ATTEMPT: _attempt,
    Event.STEP: _step,
    Event.DECISION: _decision,
    Event.SIGNED: _signed,
    Event.ONBOARDING_OVER: _onboarding_over,
    Event.COMPLAINT: _complaint,
    Event.COMPLAINT_OVER: _complaint_over,
    Event.RENEWED: _renewed,
}
"""How each event is told; interest, marketers and talks are told with others."""
