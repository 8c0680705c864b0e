"""What all strangers share: people, firms, a session, faults and the log that a test reads as the truth.

A stranger is a portal that the library's authors had not seen when they wrote it. How it looks is the stranger's own
business; what it remembers and what it writes down is the same for all, so that one judge can judge them.
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, redirect, request, send_from_directory
from werkzeug.serving import BaseWSGIServer, make_server

from tests.reading.toolkits import TOOLKITS

TCKN = "11111111110"
PASSWORD = "Yabanci-Sifre-7c1f"
CODE = "482913"

logging.getLogger("werkzeug").setLevel(logging.ERROR)

CATEGORIES = ("C Sınıfı İş Güvenliği Uzmanı", "İşyeri Hekimi", "Diğer Sağlık Personeli", "A Sınıfı İş Güvenliği Uzmanı")
NAMES = (
    "AYŞE YILDIZ DENEME",
    "AYŞE YILDIZ",
    "İBRAHİM ÖRNEK",
    "ÇAĞLA ÜNAL ÖRNEK",
    "GÜL IŞIK DENEME",
    "HASAN ŞIRIN ÖRNEK",
    "JALE ÖZGÜR DENEME",
    "KÂZIM ÖRNEK",
    "LEYLA DENEME",
    "MÜJDE IRMAK ÖRNEK",
    "NECDET DENEME",
    "OĞUZ ÖRNEK",
    "PELİN ÇINAR DENEME",
    "RIZA DENEME",
)
STATUSES = (
    "Onaylandı",
    "Onay Bekliyor",
    "Onaylandı",
    "İptal Edildi",
    "Onaylandı",
    "Fesih Edildi",
    "Onay Bekliyor",
    "Onaylandı",
    "Reddedildi",
    "Onaylandı",
    "Onaylandı",
    "Onaylandı",
    "Onay Bekliyor",
    "Onaylandı",
)


@dataclass
class Contract:
    """One contract as the portal keeps it."""

    key: str
    gorevlendirme_id: str
    name: str
    duty: str
    category: str
    work: str
    start: str
    state: str
    end: str
    status: str
    minutes: int
    overtime: int = 0
    rest: int = 9000
    rest_overtime: int = 900


@dataclass
class Workplace:
    """One workplace of the account."""

    sgk: str
    title: str

    @property
    def spoken(self) -> str:
        """The choice as 5.5 shows it."""
        return f"{self.title} ({self.sgk}) (Hizmet Alan İşyeri E-Bildirge Kullanıcısı)"


def contracts(names: tuple[str, ...] = NAMES, statuses: tuple[str, ...] = STATUSES) -> list[Contract]:
    """The contracts of a workplace, those in the middle and at the end pending."""
    made = []
    for i, (name, status) in enumerate(zip(names, statuses, strict=True)):
        day = date(2021, 1, 4) + timedelta(days=9 * i)
        gone = status in ("İptal Edildi", "Fesih Edildi")
        made.append(
            Contract(
                key=secrets.token_hex(4),
                gorevlendirme_id=str(7300118 + 37 * i),
                name=name,
                duty="Dış Grv.",
                category=CATEGORIES[i % 4],
                work="Kısmi Süreli",
                start=day.strftime("%d.%m.%Y"),
                state="Ayrıldı" if gone else "Devam Ediyor",
                end=(day + timedelta(days=40)).strftime("%d.%m.%Y") if gone else "",
                status=status,
                minutes=60 + 10 * i,
            )
        )
    return made


WORKPLACES = [
    Workplace("29999010199999010999932000", "DENEME ÖRNEK SANAYİ VE TİCARET LİMİT..."),
    Workplace("29999010199999020999933000", "DENEME ÖRNEK SANAYİ VE TİCARET LTD.Ş..."),
    Workplace("29999010199999030999934001", "DENEME ÖRNEK SANAYİ VE TİC LTD ŞTİ..."),
]


@dataclass
class Play:
    """A portal's memory, its faults and its log.

    Args:
        log: The log file, JSON lines.
        faults: What goes wrong, by name; each stranger says which it can play.
        contracts: The contracts of the workplace that is worked on.
        workplaces: What 5.5 offers.
        words: Wordings that differ from portal to portal, by name.
    """

    log: Path
    faults: frozenset[str] = frozenset()
    contracts: list[Contract] = field(default_factory=contracts)
    workplaces: list[Workplace] = field(default_factory=lambda: list(WORKPLACES))
    words: dict[str, str] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    saves: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)

    def origin(self, which: str) -> str:
        """The address of one of the three sites: osgb, edevlet or katip."""
        return f"http://127.0.0.1:{self.ports[which]}"

    def note(self, what: str, **more: Any) -> None:
        """Write one line of the log."""
        with self.lock, self.log.open("a", encoding="utf-8") as file:
            file.write(
                json.dumps({"at": datetime.now(UTC).isoformat(), "what": what} | more, ensure_ascii=False) + "\n"
            )

    # -- the session -------------------------------------------------------------------------------------------

    def enter(self) -> str:
        """Begin a session; returns its token."""
        token = secrets.token_hex(16)
        self.sessions[token] = {"workplace": None}
        return token

    def session(self) -> dict[str, Any] | None:
        """The session of this request, or None."""
        return self.sessions.get(request.cookies.get("ktp", ""))

    def leave(self) -> None:
        """End the session of this request."""
        if self.sessions.pop(request.cookies.get("ktp", ""), None) is not None:
            self.note("sign-out")

    def choose(self, sgk: str) -> None:
        """Enter the session for one workplace."""
        current = self.session()
        if current is None:
            abort(401)
        current["workplace"] = sgk
        self.note("workplace", sgk=sgk)

    # -- contracts ---------------------------------------------------------------------------------------------

    def shown_status(self, contract: Contract) -> str:
        """The status in this portal's words."""
        return self.words.get(contract.status, contract.status)

    def rows(self) -> list[dict[str, Any]]:
        """The grid's rows; without the ID, which only the form shows."""
        kept = [asdict(c) | {"status": self.shown_status(c)} for c in self.contracts]
        for row in kept:
            for secret in ("gorevlendirme_id", "minutes", "overtime", "rest", "rest_overtime"):
                row.pop(secret)
        return kept

    def pending(self) -> int:
        """How many are pending."""
        return sum(c.status == "Onay Bekliyor" for c in self.contracts)

    def by_key(self, key: str) -> Contract:
        """The contract of a key."""
        return next((c for c in self.contracts if c.key == key), None) or abort(404)

    def form(self, key: str) -> Contract:
        """Open the form of a contract; with the fault `wrong_form`, another pending one's."""
        contract = self.by_key(key)
        if "wrong_form" in self.faults:
            others = [c for c in self.contracts if c.status == "Onay Bekliyor" and c.key != key]
            contract = others[0] if others else contract
        self.note("form", id=contract.gorevlendirme_id, name=contract.name)
        return contract

    def save(self, key: str) -> str:
        """Approve; returns what the small window says. The faults of 5.9 strike here."""
        contract = self.by_key(key)
        self.saves += 1
        if "session_end" in self.faults and self.saves == 2:
            self.sessions.clear()
            abort(401)
        if "refuse" in self.faults and self.saves == 1:
            self.note("refused", id=contract.gorevlendirme_id)
            return self.words.get("refusal", "Bu görevlendirme için sözleşme süresi yetersizdir, işlem yapılamadı.")
        if "lost_before" in self.faults and self.saves == 1:
            drop()
        contract.status = "Onaylandı"
        said = self.words.get("done", "Sözleşme başarı ile onaylanmıştır.")
        self.note("approval", id=contract.gorevlendirme_id, name=contract.name, said=said)
        if "lost_after" in self.faults and self.saves == 1:
            drop()
        return said


def drop() -> None:
    """Break the connection off without an answer."""
    request.environ["werkzeug.socket"].close()
    abort(500)


class Stranger(ABC):
    """The three sites of a portal, in this process, on ports of their own.

    A portal derives from it, says in `site`, `edevlet` and `katip` which pages there are, and names the toolkits that
    it uses by the files under ``/toolkits/NAME/``. `setting` gives what of `Play` is its own: wordings, workplaces.
    """

    setting: Callable[[], dict[str, Any]] = staticmethod(dict)

    def __init__(self, play: Play) -> None:
        self.play = play
        self.servers: list[BaseWSGIServer] = []

    # what a portal overrides

    @abstractmethod
    def site(self, app: Flask) -> None:
        """The pages of the OSGB's site."""

    @abstractmethod
    def edevlet(self, app: Flask) -> None:
        """The pages of the sign-in."""

    @abstractmethod
    def katip(self, app: Flask) -> None:
        """The pages of the portal itself."""

    # running

    @contextmanager
    def running(self) -> Iterator[Play]:
        """Serve the three sites."""
        makers: dict[str, Callable[[Flask], None]] = {"osgb": self.site, "edevlet": self.edevlet, "katip": self.katip}
        apps = {name: Flask(f"{type(self).__name__}.{name}", static_folder=None) for name in makers}
        for name, app in apps.items():
            server = make_server("127.0.0.1", 0, app, threaded=True)
            self.play.ports[name] = server.server_port
            self.servers.append(server)
        for name, app in apps.items():
            self._common(app, name)
            makers[name](app)
        for server in self.servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield self.play
        finally:
            for server in self.servers:
                server.shutdown()
                server.server_close()

    def _common(self, app: Flask, name: str) -> None:
        play = self.play

        @app.get("/toolkits/<kit>/<path:path>")
        def toolkit(kit: str, path: str) -> Response:
            return send_from_directory(TOOLKITS[kit].root(), path, max_age=3600)

        @app.get("/favicon.ico")
        def icon() -> Response:
            return Response(status=204)

        @app.before_request
        def slow() -> None:
            if "slow" in play.faults and not request.path.startswith(("/toolkits", "/favicon")):
                time.sleep(2)  # a slow portal is what is played

        if name == "katip":
            self._api(app)

    def _api(self, app: Flask) -> None:
        """What a portal with a script in the page asks for; one that draws its pages itself need not use it."""
        play = self.play

        require_session(app, play)

        @app.get("/api/start")
        def api_start() -> Response:
            session = play.session() or {}
            return jsonify(
                workplaces=[w.spoken for w in play.workplaces],
                sgks=[w.sgk for w in play.workplaces],
                workplace=session.get("workplace"),
                pending=play.pending(),
            )

        @app.post("/api/workplace")
        def api_workplace() -> Response:
            play.choose(request.get_json()["sgk"])
            return jsonify(ok=True)

        @app.get("/api/contracts")
        def api_grid() -> Response:
            rows = play.rows()
            first, limit = int(request.args.get("start", 0)), int(request.args.get("limit", 1000))
            return jsonify(total=len(rows), rows=rows[first : first + limit])

        @app.get("/api/form")
        def api_form() -> Response:
            return jsonify(asdict(play.form(request.args["key"])))

        @app.post("/api/save")
        def api_save() -> Response:
            said = play.save((request.get_json(silent=True) or request.form)["key"])
            if "error200" in play.faults:
                return Response("<h1>İşlem Hatası</h1><p>Beklenmedik bir durum oluştu. Referans: 0x80004005</p>")
            return jsonify(message=said)

        @app.post("/api/touch")
        def api_touch() -> Response:
            play.note("touched", button=request.get_json()["button"])
            return jsonify(ok=True)

        @app.post("/api/out")
        def api_out() -> Response:
            play.leave()
            return jsonify(ok=True)


def require_session(app: Flask, play: Play) -> None:
    """Answer what a page's script asks without a session with 401."""

    @app.before_request
    def signed_in() -> Response | None:
        if request.path.startswith("/api/") and play.session() is None:
            return Response(status=401)
        return None


def sign_in(play: Play, number: str, password: str) -> bool:
    """Judge what was typed at e-Devlet."""
    right = number == TCKN and password == PASSWORD
    play.note("sign-in" if right else "sign-in-refused")
    return right


def to_katip(play: Play, path: str = "/giris") -> Any:
    """Send the browser to the portal, signed in."""
    return redirect(f"{play.origin('katip')}{path}?bilet={play.enter()}")


def sign_in_by_form(app: Flask, play: Play, page: Callable[[str], str]) -> None:
    """Serve e-Devlet's page, whose form sends the number as ``k`` and the password as ``s``; `page` shows what was said."""
    at(app, "/Giris/gir", lambda: page(""))

    @app.post("/Giris/gir")
    def enter() -> Any:
        right = sign_in(play, request.form["k"], request.form["s"])
        return to_katip(play) if right else page("Bilgilerinizi gözden geçiriniz.")


def arrive(path: str) -> Any:
    """Take the ticket of e-Devlet and go on to a page, with `state=` as the portal writes it."""
    answer = redirect(f"{path}?state={secrets.token_hex(16)}")
    answer.set_cookie("ktp", request.args["bilet"], httponly=True)
    return answer


def at(app: Flask, path: str, view: Callable[[], Any]) -> None:
    """Serve a page that needs no name of its own."""
    app.add_url_rule(path, endpoint=path, view_func=view)
