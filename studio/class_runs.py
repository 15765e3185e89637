"""Has the companies of a room run while the server goes on, and tells the room how far they are."""

import asyncio
from collections.abc import Mapping

from scenarios.input_errors import ScenarioError
from studio import rooms, teams, what_happened
from studio.bell import Bell
from studio.database import Database
from studio.lesson import Lesson
from studio.refused import Refused
from studio.rooms import Room
from studio.running import Runs, RunsFailed


class ClassRuns:
    """The runs under way, at most one set a room."""

    def __init__(self, database: Database, lessons: Mapping[str, Lesson], runs: Runs, bell: Bell) -> None:
        self._database, self._lessons, self._runs, self._bell = database, lessons, runs, bell
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._progress: dict[int, tuple[int, int]] = {}

    def progress(self, room: Room) -> tuple[int, int] | None:
        """Runs done and runs in all, while they are under way."""
        return self._progress.get(room.id) if room.step == "run" else None

    def start(self, room: Room) -> None:
        """Run what the room's lesson asks for, unless that is under way."""
        if room.id not in self._under_way:
            self._under_way[room.id] = asyncio.create_task(self._run(room))

    def resume(self) -> None:
        """Run what was under way when the server ended."""
        with self._database.reading() as connection:
            waiting = [rooms.with_code(connection, code) for code in rooms.waiting_for_figures(connection)]
        for room in waiting:
            self.start(room)

    async def close(self) -> None:
        """End what is under way; it is begun anew when the server starts again."""
        for task in self._under_way.values():
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)
        self._runs.close()

    async def _run(self, room: Room) -> None:
        try:
            await asyncio.to_thread(self._run_here, room, asyncio.get_running_loop())
        finally:
            self._under_way.pop(room.id, None)
            self._progress.pop(room.id, None)
        self._bell.ring(room.id)
        if not self._runs.is_closed:
            self.resume()  # the teacher may have asked again between the trouble and its end

    def _run_here(self, room: Room, loop: asyncio.AbstractEventLoop) -> None:
        """Run, and keep what came of it; whatever goes wrong is kept too, as the class waits for an answer."""
        figures, trouble = None, None
        try:
            figures = self._figures(room, loop)
        except (ScenarioError, RunsFailed, Refused) as known:
            trouble = str(known)
        except Exception as error:
            trouble = f"Something went wrong: {type(error).__name__}: {error}"
        if loop.is_closed() or (trouble and self._runs.is_closed):
            return
        with self._database.writing() as connection:
            rooms.keep_figures(connection, room, figures, trouble)

    def _figures(self, room: Room, loop: asyncio.AbstractEventLoop) -> dict[str, object]:
        lesson = self._lessons[room.lesson]
        with self._database.reading() as connection:
            changes = teams.changes_of(connection, room)

        def tell(n_done: int, n_all: int) -> None:
            """Pass on how far it is."""
            self._progress[room.id] = n_done, n_all
            with self._database.writing() as connection:
                rooms.touch(connection, room)
            loop.call_soon_threadsafe(self._bell.ring, room.id)

        seeds = range(lesson.seed, lesson.seed + lesson.finding.replications)
        numbers = self._runs.run(what_happened.companies(lesson, changes), seeds, tell)
        return what_happened.figures(lesson, numbers, changes)
