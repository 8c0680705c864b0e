"""A tiny loopback server for the corpus: the pages under ``/pages/``, the toolkits under ``/toolkits/NAME/``."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.reading.toolkits import TOOLKITS

PAGES = Path(__file__).parent / "pages"
NOWHERE = str(PAGES / "no-such-file")


class CorpusHandler(SimpleHTTPRequestHandler):
    """Maps an address onto the corpus or onto an installed toolkit, and onto nothing else."""

    made: dict[str, str] = {}  # noqa: RUF012 - shared on purpose: the generator's pages, by name
    received: list[str] = []  # noqa: RUF012 - shared on purpose: the bodies that were posted

    def do_GET(self) -> None:
        """Serve a generated page from memory, anything else from its file; ``hold`` in the address keeps the answer back for so many ms."""
        time.sleep(
            int(dict(parse_qsl(urlsplit(self.path).query)).get("hold", 0)) / 1000
        )  # a slow answer is what is played
        name = urlsplit(self.path).path.removeprefix("/made/")
        if name not in self.made:
            return super().do_GET()
        body = self.made[name].encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def do_POST(self) -> None:
        """Take what a form sends."""
        self.received.append(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def translate_path(self, path: str) -> str:
        """The file of an address; one that is outside the served folders does not exist."""
        _, area, *rest = unquote(urlsplit(path).path).split("/")
        if area == "pages":
            return self._inside(PAGES, rest)
        if area == "toolkits" and rest and rest[0] in TOOLKITS:
            return self._inside(TOOLKITS[rest[0]].root(), rest[1:])
        return NOWHERE

    @staticmethod
    def _inside(root: Path, parts: list[str]) -> str:
        file = root.joinpath(*parts).resolve()
        return str(file) if file.is_relative_to(root.resolve()) else NOWHERE

    def log_message(self, *_: Any) -> None:
        """Say nothing: a test's output is for its failures."""


CorpusHandler.extensions_map |= {".mjs": "text/javascript", ".js": "text/javascript"}


@contextmanager
def corpus_server() -> Iterator[str]:
    """Serve the corpus on a free port; gives the origin, e.g. ``http://127.0.0.1:40123``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), CorpusHandler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
