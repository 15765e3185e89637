"""`run.py studio`: companies, lessons and the class room in browsers, served from this machine."""

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.cli.options import DONE
from experiments.reporting.terminal import say

if TYPE_CHECKING:
    from starlette.types import ASGIApp

LOOPBACK, EVERYWHERE = "127.0.0.1", "0.0.0.0"


def studio(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = 8765,
    share: Annotated[bool, typer.Option("--share", help="Let others in the network join.")] = False,
    data: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Folder that keeps the class rooms.")] = None,
) -> int:
    """Open the studio for browsers: watch companies, take lessons, compare, teach a class. Ctrl-C closes it."""
    from studio import join_address, server

    listening = _listening(EVERYWHERE if share else LOOPBACK, port)
    here = f"http://{LOOPBACK}:{port}"
    shared = f"http://{join_address.of_this_machine()}:{port}" if share else None
    app = server.app(data or _usual_folder(), address=shared)
    say(f"Studio:  {shared or here}/\nTeacher: {here}/class/teach\nClass:   {shared or here}/class/")
    if not share:
        say("Only this machine can join; others can with --share.")
    _serve(app, listening)
    return DONE


def _usual_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("revenue-together", appauthor=False) / "studio"


def _listening(host: str, port: int) -> socket.socket:
    """A socket at which the server listens; raises InputError where it may not."""
    from scenarios.input_errors import InputError

    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        raise InputError(f"port {port} cannot be used ({error.strerror}); choose another with --port") from None
    return taken


def _serve(app: "ASGIApp", listening: socket.socket) -> None:
    """Answer until Ctrl-C; those who wait for news then are not waited for."""
    from contextlib import suppress

    import uvicorn

    config = uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
