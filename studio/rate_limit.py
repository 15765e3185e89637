"""How often somebody may do something: so many times within a minute."""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from studio.refused import Refused

WINDOW_S = 60.0
_MOST_KEYS = 10_000  # beyond that, those who were quiet for a minute are forgotten


@dataclass(frozen=True)
class Limits:
    """Per minute. A whole class may come from one address (a school has one), so joins have room for a class."""

    rooms_per_address: int = 6
    wrong_per_address: int = 20
    joins_per_address: int = 60
    joins_per_room: int = 120
    answers_per_member: int = 60
    companies_per_address: int = 60
    assessments_per_address: int = 10
    requests_per_address: int = 12_000


class RateLimit:
    """Counts in the memory: whoever restarts the server forgives everybody."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._clock = clock
        self._times: defaultdict[tuple[str, object], deque[float]] = defaultdict(deque)

    def count(self, what: str, who: object) -> None:
        """Count one more; raises Refused (429) if that is one too many."""
        self.check(what, who)
        self._times[what, who].append(self._clock())

    def check(self, what: str, who: object) -> None:
        """Raise Refused (429) if the next would be one too many."""
        if len(self._recent(what, who)) >= getattr(self.limits, what):
            raise Refused(429, "too_often", "That was too often; wait a minute and try again.")

    def _recent(self, what: str, who: object) -> deque[float]:
        if len(self._times) > _MOST_KEYS:
            self._forget()
        times, since = self._times[what, who], self._clock() - WINDOW_S
        while times and times[0] <= since:
            times.popleft()
        return times

    def _forget(self) -> None:
        since = self._clock() - WINDOW_S
        for key in [key for key, times in self._times.items() if not times or times[-1] <= since]:
            del self._times[key]
