"""What the studio's page asks a server for: companies and the engine to live them with, lessons, a company's file."""

import gzip
import json
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from scenarios.input_errors import InputError
from studio import bodies
from studio.assessments import Assessments
from studio.rate_limit import RateLimit
from studio.refused import Refused

STUDIO = Path(__file__).parent
BUILT = STUDIO / "built"
KEPT = {"Cache-Control": "private, max-age=600"}

Find = Callable[[str], Any]
"""A lesson by its id; raises Refused."""


class Screens:
    """Answers for the page; what is heavy is made once, in a thread, one at a time."""

    def __init__(
        self, find_lesson: Find, limit: Callable[[], RateLimit], assessments: Assessments | None = None
    ) -> None:
        self._find_lesson, self._limit = find_lesson, limit
        self.assessments = assessments or Assessments()
        self._turn = threading.Lock()
        self._made: dict[str, bytes] = {}

    def routes(self) -> list[Route | Mount]:
        """Every address of the page but those of the class room."""
        return [
            Route("/", lambda request: FileResponse(STUDIO / "studio.html")),
            Mount("/built", StaticFiles(directory=BUILT)),
            Route("/api/companies", self.companies),
            Route("/api/engine", self.engine),
            Route("/api/kits/{name}", self.kit),
            Route("/api/lessons/{name}", self.lesson),
            Route("/api/company", self.company, methods=["POST"]),
            Route("/api/yaml", self.yaml, methods=["POST"]),
            Route("/api/questionnaire", self.questionnaire),
            Route("/api/assess", self.assess, methods=["POST"]),
            Route("/api/assess/{number}", self.assessment),
        ]

    async def companies(self, request: Request) -> Response:
        """The shipped companies, the reference first."""
        self._count(request)
        return JSONResponse(await run_in_threadpool(_companies))

    async def engine(self, request: Request) -> Response:
        """The engine's code, and how tables lie in its memory."""
        return await self._kept(request, "engine", _engine)

    async def kit(self, request: Request) -> Response:
        """The kit of a shipped company."""
        name: str = request.path_params["name"]

        def made() -> Any:
            import scenarios
            from studio.kit import DRAWS, kit_of_company

            if name not in scenarios.companies():
                raise Refused(404, "no_company", f"There is no company {name[:80]} here.")
            return kit_of_company(name, draws=DRAWS)

        return await self._kept(request, f"kit {name}", made)

    async def lesson(self, request: Request) -> Response:
        """A lesson with its kits."""
        name: str = request.path_params["name"]

        def made() -> Any:
            from studio.lesson_page import lesson_page

            return lesson_page(self._find_lesson(name))

        return await self._kept(request, f"lesson {name}", made)

    async def company(self, request: Request) -> Response:
        """The kit of a company that was sent, or what is wrong with its file."""
        self._limit().count("companies_per_address", self._count(request))
        text = (await bodies.read(request, bodies.CompanyText)).text

        def made() -> bytes:
            from studio.company_file import kit_of_text

            with self._turn:
                return _packed(kit_of_text(text))

        return _answer(request, await _told(made))

    async def yaml(self, request: Request) -> Response:
        """A company file that says what a case is."""
        self._limit().count("companies_per_address", self._count(request))
        wanted = await bodies.read(request, bodies.SavedCase)

        def made() -> str:
            from studio.company_file import company_text

            changes = [one.model_dump() for one in wanted.changes]
            with self._turn:
                return company_text(wanted.company, wanted.practices, changes, wanted.text)

        return JSONResponse({"text": await _told(made)})

    async def questionnaire(self, request: Request) -> Response:
        """What both sides are asked, in every language."""
        return await self._kept(request, "questionnaire", _questionnaire)

    async def assess(self, request: Request) -> Response:
        """Begin to assess a company; the page asks how far that is by the number it gets."""
        self._limit().count("assessments_per_address", self._count(request))
        wanted = (await bodies.read(request, bodies.Answered)).model_dump(mode="json")
        return JSONResponse({"number": self.assessments.begin(wanted)}, 202)

    async def assessment(self, request: Request) -> Response:
        """How far an assessment is, or what it says."""
        self._count(request)
        return JSONResponse(self.assessments.state(request.path_params["number"]))

    async def _kept(self, request: Request, key: str, make: Callable[[], Any]) -> Response:
        self._count(request)

        def made() -> bytes:
            with self._turn:
                if key not in self._made:
                    self._made[key] = _packed(make())
                return self._made[key]

        return _answer(request, await run_in_threadpool(made), KEPT)

    def _count(self, request: Request) -> str:
        address = request.client.host if request.client else "somewhere"
        self._limit().count("requests_per_address", address)
        return address


async def _told(make: Callable[[], Any]) -> Any:
    """What comes of it; raises Refused with the sentence that says what is wrong with a company."""
    try:
        return await run_in_threadpool(make)
    except InputError as error:
        raise Refused(422, "wrong_company", str(error)) from None


def _packed(value: Any) -> bytes:
    return gzip.compress(json.dumps(value, allow_nan=False, separators=(",", ":")).encode(), 9, mtime=0)


def _answer(request: Request, packed: bytes, headers: dict[str, str] | None = None) -> Response:
    """JSON that was packed; unpacked for who cannot do that."""
    headers = {"Vary": "Accept-Encoding", **(headers or {})}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type="application/json", headers={"Content-Encoding": "gzip", **headers})
    return Response(gzip.decompress(packed), media_type="application/json", headers=headers)


@cache
def _companies() -> list[dict[str, str]]:
    import scenarios

    return [{"name": name, "title": name.replace("_", " ")} for name in scenarios.companies()]


def _engine() -> dict[str, Any]:
    from simulation import webassembly
    from studio.kit import engine_layout
    from studio.recording import deflated

    return {"code": deflated(webassembly.CODE.read_bytes()), "layout": engine_layout()}


def _questionnaire() -> dict[str, Any]:
    from experiments.questions.assess.questionnaire import questionnaire

    asked = questionnaire()
    facts = [
        {"name": one.name, "question": one.question, "how": one.how, "choices": list(one.choices)}
        for one in asked.facts
    ]
    return {"statements": asked.statements, "scale": asked.scale, "facts": facts}
