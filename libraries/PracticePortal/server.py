"""The servers: four loopback ports in one process, one for each site and one for the control desk."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from PracticePortal.control import control_app
from PracticePortal.edevlet import edevlet_app
from PracticePortal.examples import USERS, User
from PracticePortal.faults import Fault
from PracticePortal.katip import katip_app
from PracticePortal.request_log import RequestLog
from PracticePortal.screens import Skin
from PracticePortal.site import site_app
from PracticePortal.store import Store
from PracticePortal.today.look import Look
from PracticePortal.web import Addresses, Portal

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Options:
    """How a portal is to run.

    Attributes:
        skin: How pages are built.
        look: How the pages of the skin `today` are built.
        ports: Ports of OSGB site, e-Devlet, KATİP; 0 for a free one.
        state: Database file; None for one that ends with the portal.
        log: Request log; None for one that ends with the portal.
        latency_ms: Milliseconds by which every answer is late.
        pending_only: See `examples.contracts`.
        users: The people that can sign in.
        faults: Faults that are on from the start.
    """

    skin: Skin = Skin.PLAIN
    look: Look = field(default_factory=Look)
    ports: tuple[int, int, int] = (0, 0, 0)
    state: Path | None = None
    log: Path | None = None
    latency_ms: int = 0
    pending_only: int | None = None
    users: Sequence[User] = USERS
    faults: Sequence[Fault] = field(default_factory=tuple)


class _SilentHandler(WSGIRequestHandler):
    """Leaves the console to the person; what happened is in the request log."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 (the name of the base class)
        """Write nothing."""


class PortalServer:
    """A running portal; a context manager that ends it.

    Args:
        options: How it is to run.
    """

    def __init__(self, options: Options) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="practice-portal-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        self.portal = Portal(
            options.skin,
            Store(
                options.state or folder / "state.sqlite",
                options.users,
                options.pending_only,
                two_parties=options.skin == Skin.TODAY,
            ),
            RequestLog(options.log or folder / "requests.jsonl"),
            options.latency_ms,
            options.look,
        )
        for fault in options.faults:
            self.portal.switch_on(fault)
        site, edevlet, katip = options.ports
        portal = self.portal
        self._servers = [
            _server(site_app(portal), site),
            _server(edevlet_app(portal), edevlet),
            _server(katip_app(portal), katip),
            _server(control_app(portal), 0),
        ]
        portal.addresses = Addresses(*(f"http://{HOST}:{server.port}" for server in self._servers))
        for server in self._servers:
            # The poll interval is how long the end of a server may take.
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()
        self.portal.store.close()
        self.portal.log.close()
        self._folder.cleanup()


def _server(app: Flask, port: int) -> BaseWSGIServer:
    return make_server(HOST, port, app, threaded=True, request_handler=_SilentHandler)
