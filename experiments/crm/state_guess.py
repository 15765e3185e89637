"""Which column of the deals tells whether they were won, lost or open."""

from experiments.crm.guesses import Surveyed
from experiments.crm.states import LOST, OPEN, WON, is_flag_of_winning, is_state_column, meaning_of

_MOST_STATES = 60


def state_column(deals: Surveyed) -> str | None:
    """The column by whose values most is told: won and lost, all known; None if no column tells either."""
    named = [place for tier in deals.named("stage") for place in tier]
    best: tuple[float, int] | None = None
    for place in deals.places:
        score = _score(deals, place)
        score += 1.5 if place in named and score else 0
        if score and (best is None or score > best[0]):
            best = (score, place)
    return deals.name(best[1]) if best else None


def _score(deals: Surveyed, place: int) -> float:
    """How much a column tells; 0 if nothing, or only as names do."""
    name, values = deals.name(place), deals.values(place)
    counts = values.value_counts()
    if counts.empty or len(counts) > _MOST_STATES:
        return 0.0
    meant = {str(value): meaning_of(str(value), name) for value in counts.index}
    known = sum(int(n) for value, n in counts.items() if meant[str(value)]) / int(counts.sum())
    is_named = is_state_column(name) or is_flag_of_winning(name)
    if WON not in meant.values() and not (is_named and LOST in meant.values()):
        return 0.0
    tells_others = LOST in meant.values() or (OPEN in meant.values() and is_named)
    if not is_named and not (LOST in meant.values() and known > 0.5):
        return 0.0
    return known + (1.0 if tells_others else 0.5) + (0.5 if LOST in meant.values() else 0.0)
