"""What the three sites have in common: settings, pages in the chosen skin, and where faults strike."""

from __future__ import annotations

import secrets
import socket
import struct
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from flask import Flask, Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from PracticePortal import examples, incidents, screens
from PracticePortal.faults import Fault, Step, Switchboard
from PracticePortal.request_log import RequestLog, mask_number
from PracticePortal.screens import Skin
from PracticePortal.store import Session, Store
from PracticePortal.today.look import Look


@dataclass
class Addresses:
    """The origins of the portal, known once its ports are."""

    site: str = ""
    edevlet: str = ""
    katip: str = ""
    control: str = ""


@dataclass
class Portal:
    """Everything that the sites share.

    Attributes:
        skin: How pages are built.
        store: People, contracts, sessions.
        log: The request log.
        latency_ms: Milliseconds by which every answer is late.
        look: How the pages of the skin `today` are built.
        addresses: Where the sites are.
        faults: The switchboard.
        sms_code: The code of the second factor; new at each start.
        captcha_text: What the captcha shows.
        attempts: Refused sign-ins in a row, by masked number.
    """

    skin: Skin
    store: Store
    log: RequestLog
    latency_ms: int = 0
    look: Look = field(default_factory=Look)
    addresses: Addresses = field(default_factory=Addresses)
    faults: Switchboard = field(init=False)
    sms_code: str = field(default_factory=lambda: f"{secrets.randbelow(10**6):06d}")
    captcha_text: str = field(default_factory=lambda: secrets.token_hex(3))
    attempts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.faults = Switchboard(self._log_fault)

    def switch_on(self, fault: Fault) -> None:
        """Switch a fault on; one that consists in a changed state takes place at once."""
        self.faults.switch_on(fault)
        if at_once := incidents.AT_ONCE.get(fault.name):
            at_once(self.store, self.faults, fault, examples.EXAMPLE_WORKPLACE.sgk)

    def write(self, event: str, session: Session | None = None, **facts: object) -> None:
        """Log an event with what identifies the session: masked number, short name, workplace."""
        if session:
            facts = {"user": mask_number(session.number), "session": session.name, "workplace": session.sgk} | facts
        self.log.write(event, **facts)

    def end_session(self, session: Session, reason: str) -> None:
        """End a session and log why."""
        self.store.end_session(session.name, reason)
        self.write("session_ended", session, reason=reason)

    def _log_fault(self, fault: Fault, step: Step | None, gorevlendirme_id: str | None) -> None:
        self.log.write("fault", name=fault.name, step=step or fault.at, gorevlendirme_id=gorevlendirme_id)


def make_app(name: str, portal: Portal) -> Flask:
    """Return an application that renders the portal's templates in its skin.

    Args:
        name: Name of the site.
        portal: What the sites share.
    """
    app = Flask(name, root_path=str(Path(__file__).parent), static_folder="static", template_folder="templates")
    app.json.sort_keys = False  # type: ignore[attr-defined]

    @app.context_processor
    def shared() -> dict[str, object]:
        return {
            "skin": portal.skin.value,
            "site_page": f"{name}_page.html",
            "ui_file": f"{'plain' if portal.skin == Skin.TODAY else portal.skin}/ui.html",
            "addresses": portal.addresses,
            "screens": screens,
            "uid": generated_id if portal.skin != Skin.PLAIN else str,
        }

    @app.before_request
    def be_late() -> None:
        if portal.latency_ms and not request.path.startswith("/static/"):
            dawdle(portal.latency_ms)

    @app.after_request
    def never_store(response: Response) -> Response:
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response

    return app


def generated_id(_name: str = "") -> str:
    """Return an element id that is another at each request, as the toolkits of the time made them."""
    return f"ext-gen{secrets.randbelow(9 * 10**6) + 10**6}"


def gate(portal: Portal, step: Step, session: Session | None = None, gorevlendirme_id: str | None = None) -> None:
    """Let the faults that can strike at any step strike at this one.

    Args:
        portal: What the sites share.
        step: The step that the request belongs to.
        session: The open session, where there is one.
        gorevlendirme_id: The contract, where the request is about one.

    Raises:
        HTTPException: Another answer instead of the step's.
    """
    faults = portal.faults
    if late := faults.strike("latency", step, gorevlendirme_id):
        dawdle(late.ms)
    if faults.strike("drop", step, gorevlendirme_id):
        drop_connection()
    if faults.strike("maintenance", step, gorevlendirme_id):
        abort_with("maintenance")
    if late := faults.strike("too_many", step, gorevlendirme_id):
        abort_with("too_many", {"Retry-After": str(max(1, late.ms // 1000))})
    if faults.strike("server_error", step, gorevlendirme_id):
        abort_with("error")
    if faults.strike("session_loss", step, gorevlendirme_id):
        if session:
            portal.end_session(session, "session_loss")
        abort_with("session_over")


def dawdle(milliseconds: int) -> None:
    """Be as slow as was asked for: the one thing here that is a time and not a state."""
    threading.Event().wait(milliseconds / 1000)


NOTICES = {
    "session_over": (401, "OTURUM SONLANDI", "Oturumunuz sona ermiştir. Lütfen sisteme yeniden giriş yapınız."),
    "maintenance": (503, "BAKIM ÇALIŞMASI", "Sistemde bakım çalışması yapılmaktadır. Lütfen daha sonra deneyiniz."),
    "error": (500, "SUNUCU HATASI", "Beklenmeyen bir hata oluştu. Hata kodu: 500"),
    "too_many": (429, "ÇOK FAZLA İSTEK", "Çok fazla istek gönderdiniz. Lütfen biraz bekleyip tekrar deneyiniz."),
    "signed_out": (200, "GÜVENLİ ÇIKIŞ", "Oturumunuz güvenli bir şekilde kapatılmıştır."),
    "closed": (200, "DENEME ORTAMI", "Bu bölüm deneme ortamında kapalıdır."),
    "bad_code": (400, "GİRİŞ YAPILAMADI", "Giriş kodu geçersiz veya daha önce kullanılmış."),
}


def notice(name: str) -> ResponseReturnValue:
    """Return the page of one of `NOTICES`; requests of a page's script get its name as JSON."""
    status, title, text = NOTICES[name]
    if request.path.startswith("/api/"):
        return {"notice": name}, status
    return render_template("notice.html", title=title, text=text), status


def abort_with(name: str, headers: Mapping[str, str] | None = None) -> NoReturn:
    """End the request with the page of one of `NOTICES`."""
    response = make_response(notice(name))
    response.headers.update(headers or {})
    abort(response)


def drop_connection() -> NoReturn:
    """End the request by resetting its connection: the browser gets no answer at all."""
    connection: socket.socket = request.environ["werkzeug.socket"]
    linger_for_0_seconds = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_for_0_seconds)
    connection.shutdown(socket.SHUT_RDWR)
    abort(Response(status=500))
