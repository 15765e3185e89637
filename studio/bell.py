"""Wakes those who wait for news of a room."""

import asyncio
from collections import defaultdict
from contextlib import suppress


class Bell:
    """One bell a room. Lives in the event loop: whoever works in a thread rings it when he is back."""

    def __init__(self) -> None:
        self._rung: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)

    def listen(self, room: int) -> asyncio.Event:
        """What is set by the next ring; taken before one looks, so that nothing is missed between look and wait."""
        return self._rung[room]

    async def wait(self, rung: asyncio.Event, seconds: float) -> None:
        """Return at the ring, or after so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(rung.wait(), seconds)

    def ring(self, room: int) -> None:
        """Wake all who wait."""
        self._rung.pop(room, asyncio.Event()).set()
