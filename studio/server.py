"""The studio as a web app: its page, and the class room with news of a room for those who wait for them."""

import asyncio
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from studio import bodies, join_address, predictions, room_code, room_state, rooms, table, teams
from studio.assessments import Assess, Assessments
from studio.bell import Bell
from studio.class_runs import ClassRuns
from studio.database import Connection, Database
from studio.guard import Guard
from studio.lesson import Lesson
from studio.lesson import lessons as shipped_lessons
from studio.rate_limit import Limits, RateLimit
from studio.refused import Refused
from studio.rooms import Member, Room, Settings
from studio.running import Runs, RunsInProcess
from studio.screens import Screens

CLASS_ROOM = Path(__file__).parent / "class_room"
LANGUAGES = ("en", "zh", "ru")
PATIENCE_S = 25.0
"""So long waits who asks for news; then he is told that there are none."""
GATHER_S = 0.01
"""For each member: so long news other than a step are gathered, lest a full room asks more often than is answered."""

Kind = TypeVar("Kind")
Found = tuple[Room, Member | None]
"""A room and who asks: a member, or None for its teacher."""


def app(  # noqa: PLR0913  # everything that a test may put in its place
    data_folder: Path,
    *,
    lessons: dict[str, Lesson] | None = None,
    runs: Runs | None = None,
    limits: Limits | None = None,
    address: str | None = None,
    assess: Assess | None = None,
) -> ASGIApp:
    """The app; rooms are kept in `data_folder`. `address` is where a class finds it, else where the teacher did."""
    room = ClassRoom(Database(data_folder), shipped_lessons() if lessons is None else lessons, runs or RunsInProcess())
    room.limit, room.address = RateLimit(limits or Limits()), address
    room.assessments = Assessments(assess)
    routes = [
        *Screens(room.find_lesson, lambda: room.limit, room.assessments).routes(),
        Route("/class/", lambda request: FileResponse(CLASS_ROOM / "student.html")),
        Route("/class/teach", lambda request: FileResponse(CLASS_ROOM / "teacher.html")),
        Mount("/class/files", StaticFiles(directory=CLASS_ROOM)),
        Route("/api/lessons", room.tell_lessons),
        Route("/api/levers", room.tell_levers),
        Route("/api/rooms", room.create, methods=["POST"]),
        Route("/api/rooms/{code}/join", room.join, methods=["POST"]),
        Route("/api/rooms/{code}/state", room.state),
        Route("/api/rooms/{code}/predict", room.predict, methods=["POST"]),
        Route("/api/rooms/{code}/teams", room.found_team, methods=["POST"]),
        Route("/api/rooms/{code}/teams/{team:int}/join", room.choose_team, methods=["POST"]),
        Route("/api/rooms/{code}/change", room.change, methods=["POST"]),
        Route("/api/rooms/{code}/step", room.step, methods=["POST"]),
        Route("/api/rooms/{code}/settings", room.settings, methods=["POST"]),
        Route("/api/rooms/{code}/table", room.table),
        Route("/api/rooms/{code}/table.csv", room.table_csv),
        Route("/api/rooms/{code}/qr.svg", room.qr),
    ]
    return Guard(Starlette(routes=routes, lifespan=room.lifespan, exception_handlers={Refused: _refusal}))


async def _refusal(request: Request, error: Exception) -> Response:
    """What was refused, as JSON."""
    assert isinstance(error, Refused)
    return JSONResponse({"error": error.reason, "sentence": error.sentence}, error.status)


class ClassRoom:
    """What the addresses do. Whatever touches the file does so in a thread; what waits, waits in the loop."""

    def __init__(self, database: Database, lessons: dict[str, Lesson], runs: Runs) -> None:
        self.database, self.lessons = database, lessons
        self.bell, self.step_bell = Bell(), Bell()
        self.runs = ClassRuns(database, lessons, runs, self.bell)
        self.limit = RateLimit(Limits())
        self.address: str | None = None
        self.assessments: Assessments | None = None

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        """Go on with what was under way; at the end, let go of everything."""
        self.runs.resume()
        yield
        if self.assessments is not None:
            self.assessments.close()
        await self.runs.close()
        self.database.close()

    # --- for everybody ---

    async def tell_lessons(self, request: Request) -> Response:
        """The lessons there are."""
        self._count(request)
        return JSONResponse([{"id": one.id, "title": one.title.model_dump()} for one in self.lessons.values()])

    async def tell_levers(self, request: Request) -> Response:
        """What teams may touch."""
        self._count(request)
        return JSONResponse(await run_in_threadpool(teams.levers))

    async def create(self, request: Request) -> Response:
        """A new room; its key is told this once."""
        self.limit.count("rooms_per_address", self._count(request))
        wanted = await bodies.read(request, bodies.NewRoom)
        self.find_lesson(wanted.lesson)
        settings = await run_in_threadpool(_settings, Settings(), wanted)
        room, key = await self._write(lambda connection: rooms.create(connection, wanted.lesson, settings))
        return JSONResponse({"code": room_code.shown(room.code), "teacher_key": key}, 201)

    async def join(self, request: Request) -> Response:
        """Let somebody in."""
        address = self._count(request)
        self.limit.check("wrong_per_address", address)  # before anybody looks: who guesses learns no more
        self.limit.count("joins_per_address", address)
        wanted = await bodies.read(request, bodies.Name)

        def enter(connection: Connection) -> tuple[Room, Member, str]:
            room = rooms.with_code(connection, self._code(request))
            self.limit.count("joins_per_room", room.id)
            return room, *rooms.join(connection, room, wanted.name)

        try:
            room, member, token = await self._write(enter)
        except Refused as refused:
            self._count_wrong(refused, address)
            raise
        self.bell.ring(room.id)
        return JSONResponse({"member": member.id, "name": member.name, "token": token}, 201)

    async def state(self, request: Request) -> Response:
        """How the room stands: at once if it has changed since version `after`, else when it does."""
        after, loop = request.query_params.get("after", "0"), asyncio.get_running_loop()
        seen = int(after) if after.isdecimal() and len(after) < 16 else 0
        end = loop.time() + PATIENCE_S
        room, _ = await self._enter(request)
        while True:
            rung, stepped = self.bell.listen(room.id), self.step_bell.listen(room.id)
            room, told = await self._read(lambda connection: self._told(connection, request))
            if room.version > seen or loop.time() >= end:
                return JSONResponse(told | {"progress": self.runs.progress(room)})
            await self.bell.wait(rung, end - loop.time())
            await self.step_bell.wait(stepped, told["n_members"] * GATHER_S)

    def _told(self, connection: Connection, request: Request) -> tuple[Room, dict[str, Any]]:
        room, member = self._found(connection, request)
        lesson = self.find_lesson(room.lesson)
        if member is None:
            return room, room_state.for_teacher(connection, room, lesson)
        return room, room_state.for_member(connection, room, lesson, member)

    # --- for members ---

    async def predict(self, request: Request) -> Response:
        """Keep a prediction."""
        room, member = await self._member(request)
        value = (await bodies.read(request, bodies.Prediction)).value
        question = self.find_lesson(room.lesson).predict
        await self._change_room(request, lambda c, now: predictions.predict(c, now, member, value, question))
        return JSONResponse({"value": value})

    async def found_team(self, request: Request) -> Response:
        """Found a team, and join it."""
        _, member = await self._member(request)
        name = (await bodies.read(request, bodies.Name)).name

        def found(connection: Connection, room: Room) -> int:
            team = teams.found(connection, room, name)
            teams.choose(connection, room, member, team)
            return team

        return JSONResponse({"team": await self._change_room(request, found)}, 201)

    async def choose_team(self, request: Request) -> Response:
        """Join a team."""
        _, member = await self._member(request)
        team: int = request.path_params["team"]
        if team >= 2**63:
            raise Refused(404, "no_team", "There is no such team in this room.")
        await self._change_room(request, lambda c, room: teams.choose(c, room, member, team))
        return JSONResponse({"team": team})

    async def change(self, request: Request) -> Response:
        """Set or take back a change of one's team."""
        room, _ = await self._member(request)
        wish = await bodies.read(request, bodies.Change)
        lesson = self.find_lesson(room.lesson)

        def change(connection: Connection, now: Room) -> None:
            member = rooms.with_token(connection, now, request.headers.get("member-token", ""))  # his team as of now
            teams.change(connection, now, member, lesson, (wish.path, wish.value))

        await self._change_room(request, change)
        return JSONResponse({"path": wish.path})

    # --- for teachers ---

    async def step(self, request: Request) -> Response:
        """Lock, run, reveal, go on."""
        await self._teacher(request)
        wanted = await bodies.read(request, bodies.Step)
        if wanted.lesson is not None:
            self.find_lesson(wanted.lesson)
        await self._change_room(request, lambda c, room: rooms.go_to(c, room, wanted.to, wanted.lesson))
        room, ready = await self._read(lambda c: (now := self._found(c, request)[0], rooms.figures(c, now) is not None))
        self.step_bell.ring(room.id)
        if room.step == "run" and not ready:
            self.runs.start(room)
        return JSONResponse({"step": room.step, "round": room.round})

    async def settings(self, request: Request) -> Response:
        """Change what the teacher decides."""
        await self._teacher(request)
        wanted = await bodies.read(request, bodies.SettingsBody)
        await self._change_room(request, lambda c, room: rooms.set_settings(c, room, _settings(room.settings, wanted)))
        return JSONResponse({})

    async def table(self, request: Request) -> Response:
        """Predictions and results of all rounds."""
        return JSONResponse(await self._table(request))

    async def table_csv(self, request: Request) -> Response:
        """The same for spreadsheets."""
        text = table.as_csv(await self._table(request))
        headers = {"Content-Disposition": 'attachment; filename="class.csv"'}
        return Response(text, media_type="text/csv; charset=utf-8", headers=headers)

    async def qr(self, request: Request) -> Response:
        """Where to join, as a picture; the text of it in the header Join-Address."""
        room = await self._teacher(request)
        base = self.address or str(request.base_url).rstrip("/")
        address = f"{base}/class/#{room_code.shown(room.code)}"  # what follows # is never sent, so no log has it
        return Response(join_address.qr_svg(address), media_type="image/svg+xml", headers={"Join-Address": address})

    async def _table(self, request: Request) -> list[dict[str, Any]]:
        await self._teacher(request)
        language = request.query_params.get("language", "en")
        language = language if language in LANGUAGES else "en"
        return await self._read(lambda c: table.rows(c, self._found(c, request)[0], self.lessons, language))

    # --- who is it? ---

    async def _enter(self, request: Request) -> Found:
        """The room and who asks; wrong codes and keys are counted, those who belong there are never kept out."""
        address = self._count(request)
        try:
            return await self._read(lambda connection: self._found(connection, request))
        except Refused as refused:
            self._count_wrong(refused, address)
            raise

    async def _member(self, request: Request) -> tuple[Room, Member]:
        room, member = await self._enter(request)
        if member is None:
            raise Refused(403, "not_member", "You are not in this room; join it first.")
        self.limit.count("answers_per_member", member.id)
        return room, member

    async def _teacher(self, request: Request) -> Room:
        room, member = await self._enter(request)
        if member is not None:
            raise Refused(403, "not_teacher", "Only the teacher of this room may do that.")
        return room

    def _found(self, connection: Connection, request: Request) -> Found:
        room = rooms.with_code(connection, self._code(request))
        key = request.headers.get("teacher-key")
        if key is None:
            return room, rooms.with_token(connection, room, request.headers.get("member-token", ""))
        if not hmac.compare_digest(room_code.fingerprint(key), room.teacher):
            raise Refused(401, "not_teacher", "Only the teacher of this room may do that.")
        return room, None

    def _code(self, request: Request) -> str:
        code = room_code.typed(request.path_params["code"])
        if not code:
            raise Refused(404, "no_code", "A code has nine signs, like CDF-GHJ-KMN.")  # a slip, not a guess
        return code

    def _count(self, request: Request) -> str:
        address = request.client.host if request.client else "somewhere"
        self.limit.count("requests_per_address", address)
        return address

    def _count_wrong(self, refused: Refused, address: str) -> None:
        """Another wrong code or key; raises Refused (429) in place of saying that it was wrong, after too many."""
        if refused.reason in ("no_room", "not_member", "not_teacher"):
            self.limit.count("wrong_per_address", address)

    def find_lesson(self, name: str) -> Lesson:
        """A lesson by its id; raises Refused."""
        if name not in self.lessons:
            raise Refused(422, "no_lesson", f"There is no lesson {name[:80]}; there are: {', '.join(self.lessons)}.")
        return self.lessons[name]

    # --- the file ---

    async def _read(self, look: Callable[[Connection], Kind]) -> Kind:
        def looked() -> Kind:
            with self.database.reading() as connection:
                return look(connection)

        return await run_in_threadpool(looked)

    async def _write(self, write: Callable[[Connection], Kind]) -> Kind:
        def written() -> Kind:
            with self.database.writing() as connection:
                return write(connection)

        return await run_in_threadpool(written)

    async def _change_room(self, request: Request, change: Callable[[Connection, Room], Kind]) -> Kind:
        """Change the room as it stands at that moment, and wake who waits for news of it."""

        def changed(connection: Connection) -> tuple[Room, Kind]:
            room = rooms.with_code(connection, self._code(request))
            return room, change(connection, room)

        room, came = await self._write(changed)
        self.bell.ring(room.id)
        return came


def _settings(settings: Settings, wanted: bodies.SettingsBody) -> Settings:
    """The settings with what is wanted of them; raises Refused for a lever that there is not."""
    given = wanted.model_dump(exclude_none=True, include={"names_hidden", "levers", "n_changes"})
    if "levers" in given:
        rooms.check_levers(given["levers"], teams.levers())
        given["levers"] = tuple(given["levers"])
    return replace(settings, **given)
