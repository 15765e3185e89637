"""What holds for every request: two methods, bodies of bounded size, and headers that leave a browser few ways."""

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 16 * 1024
LARGER_BODIES = {"/api/company": 256 * 1024, "/api/yaml": 512 * 1024, "/api/assess": 512 * 1024}
"""Where a whole company file is sent: as large as the reader of company files takes, and room to write it as JSON."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

WITH_ENGINE = {
    "Content-Security-Policy": HEADERS["Content-Security-Policy"]
    .replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'")
    .replace("img-src 'self'", "img-src 'self' data:")
}
"""Of the page that lives companies, and of its worker: there WebAssembly is compiled."""


class TooLarge(Exception):
    """A body of more than the largest size; told by the app that reads it."""


class Guard:
    """Stands before the app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        n_bytes, most = 0, LARGER_BODIES.get(scope["path"], LARGEST_BODY)

        async def counted() -> Message:
            nonlocal n_bytes
            message = await receive()
            n_bytes += len(message.get("body", b""))
            if n_bytes > most:
                raise TooLarge
            return message

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if scope["path"] == "/" or scope["path"].startswith("/built/"):
                    headers.update(WITH_ENGINE)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        if scope["method"] not in ("GET", "POST"):
            refusal = {"error": "method", "sentence": "Only GET and POST are answered here."}
            await JSONResponse(refusal, 405, headers={"Allow": "GET, POST"})(scope, receive, with_headers)
            return
        await self._app(scope, counted, with_headers)
