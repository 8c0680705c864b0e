"""What the strangers in today's manner share: contracts with two approvals, a session that lives in one tab, a request log.

Each stranger is one HTML page on its own toolkit (`NAME.html`) and the portal file that the owner of an account would write
from docs/portal-files.md (`NAME.toml`). Page and file were written from the procedure, not from the reader.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, abort, jsonify, redirect, request, send_from_directory

from tests.strangers.stage import WORKPLACES, Play, Stranger, Workplace, require_session, sign_in
from tests.strangers.today.npm import package_folder

FOLDER = Path(__file__).resolve().parent
_NAME_OF = {
    "C Sınıfı İş Güvenliği Uzmanı": "İŞ GÜVENLİĞİ UZMANI",
    "İşyeri Hekimi": "İŞYERİ HEKİMİ",
    "Diğer Sağlık Personeli": "DİĞER SAĞLIK PERSONELİ",
}
_PEOPLE = (
    # name, professional has approved, employer has approved
    ("IŞIL İĞDECİ ÖRNEK", True, False),
    ("İSMAİL AĞAOĞLU DENEME", False, False),
    ("ŞÜKRAN YILDIRIM ÖRNEK", True, True),
    ("IŞIL İĞDECİ DENEME", False, False),
    ("ÇİĞDEM KILIÇ ÖRNEK", True, True),
    ("GÜL IŞIK DENEME", True, False),
    ("TUĞBA ŞİŞMANOĞLU ÖRNEK", True, True),
    ("NACİ ILGAZ DENEME", False, False),
    ("ÖMER ÇAĞRI ÖRNEK", True, True),
    ("ŞİRİN IRMAK DENEME", True, False),
    ("AYŞE YILDIZ ÖRNEK", True, True),
    ("İLKNUR ÜSTÜN DENEME", True, True),
)


@dataclass
class TodayContract:
    """One contract; `approved_at` is when the employer approved it, in seconds of `time.monotonic`."""

    key: str
    gorevlendirme_id: str
    contract_name: str
    name: str
    category: str
    minutes: int
    start: str
    title: str
    sgk: str
    employees: int
    hazard: str
    professional: bool
    employer: bool
    approved_at: float = 0.0

    @property
    def mine(self) -> bool:
        """True if it is the employer's turn."""
        return self.professional and not self.employer


def today_contracts(workplace: Workplace, first: int = 8123401) -> list[TodayContract]:
    """The contracts of a workplace: four are the employer's turn or wait for the professional each, six are approved."""
    made = []
    for i, (name, professional, employer) in enumerate(_PEOPLE):
        category = tuple(_NAME_OF)[i % 3]
        made.append(
            TodayContract(
                key=secrets.token_hex(4),
                gorevlendirme_id=str(first + 41 * i),
                contract_name=f"OSGB İLE ÖZEL İŞYERİ ARASINDA {_NAME_OF[category]} HİZMET ALIMI SÖZLEŞMESİ",
                name=name,
                category=category,
                minutes=120 + 30 * i,
                start=f"{1 + 2 * i:02d}.10.2026 00:00:00",
                title=workplace.title,
                sgk=workplace.sgk,
                employees=42,
                hazard="Tehlikeli",
                professional=professional,
                employer=employer,
            )
        )
    return made


@dataclass
class TodayPlay(Play):
    """A portal's memory. The session's token is sent as a header: it lives in the tab's `sessionStorage`."""

    contracts: list[TodayContract] = field(  # type: ignore[assignment]  # another kind of contract
        default_factory=lambda: today_contracts(WORKPLACES[0]) + today_contracts(WORKPLACES[1], 8400117)
    )
    lag_s: float = 0.0
    lists: int = 0

    def session(self) -> dict[str, Any] | None:
        """The session of this request, or None."""
        return self.sessions.get(request.headers.get("Authorization", "").removeprefix("Bearer "))

    def leave(self) -> None:
        """End the session of this request."""
        if self.sessions.pop(request.headers.get("Authorization", "").removeprefix("Bearer "), None) is not None:
            self.note("sign-out")

    def pending(self) -> int:
        """How many of the chosen workplace the list of pending ones shows."""
        return len(self.listed("pending"))

    def listed(self, tab: str) -> list[TodayContract]:
        """The contracts of a tab: an approved one leaves the first at once, and comes into the second after a lag."""
        found = self._of_tab(tab)
        return random.sample(found, len(found)) if "reordered" in self.faults else found

    def _of_tab(self, tab: str) -> list[TodayContract]:
        mine = [c for c in self.contracts if c.sgk == (self.session() or {}).get("workplace")]
        if tab == "pending":
            return [c for c in mine if not c.employer]
        if tab == "active":
            return [c for c in mine if c.professional and c.employer and time.monotonic() - c.approved_at >= self.lag_s]
        return mine

    def attempts(self) -> list[str]:
        """The log's lines of approvals that were asked for."""
        return [line for line in self.log.read_text("utf-8").splitlines() if '"what": "attempt"' in line]

    def approve(self, key: str, read: bool, consent: bool) -> str:
        """Approve for the employer; returns what is answered."""
        contract: Any = self.by_key(key)
        if consent:
            self.note("consent", id=contract.gorevlendirme_id)
        if not read:
            return "Sözleşmeyi okuduğunuzu onaylayınız."
        if not contract.mine:
            self.note("approval_out_of_turn", id=contract.gorevlendirme_id)
            return "Görevlendirilen kişinin onayı beklenmektedir."
        self.saves += 1
        if "ghost" in self.faults and self.saves == 1:
            return "İşleminiz başarıyla gerçekleştirilmiştir."
        contract.employer, contract.approved_at = True, time.monotonic()
        self.note("approval", id=contract.gorevlendirme_id, name=contract.name)
        return "İşleminiz başarıyla gerçekleştirilmiştir."


_SIGN_IN = """<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>e-Devlet Kapısı</title><style>
body{margin:0;font:15px Arial;background:#eef2f6}main{max-width:460px;margin:40px auto;background:#fff;padding:24px 32px}
label{display:block;margin:14px 0 4px}input{width:100%;height:38px;box-sizing:border-box}p{color:#b00}button{margin-top:18px;height:38px}</style></head>
<body><main><h1>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1><small>Giriş Yapılacak Uygulama</small> <b>İş Sağlığı ve Güvenliği Kayıt, Takip ve İzleme Programı</b>
<p>SAID</p><form method="post"><label for="trid">T.C. Kimlik No</label><input id="trid" name="k" maxlength="11" autocomplete="off">
<label for="egp">e-Devlet Şifresi</label><input id="egp" name="s" type="password" autocomplete="off">
<button type="button">İptal Et</button> <button>Giriş Yap</button></form></main></body></html>"""


class TodayStranger(Stranger):
    """A portal in today's manner. A portal derives from it and names its page and what its page loads.

    `page` is the name of its HTML and TOML file; `packages` are the npm packages that it serves under ``/npm/NAME/``.
    """

    play: TodayPlay
    page = ""
    packages: tuple[str, ...] = ()
    setting: Callable[[], dict[str, Any]] = staticmethod(dict)

    @classmethod
    def portal_file(cls) -> Path:
        """The portal file of its owner."""
        return FOLDER / f"{cls.page}.toml"

    def site(self, app: Flask) -> None:
        """An OSGB's site is not part of this way: it begins at KATİP."""

    def edevlet(self, app: Flask) -> None:
        """One page, as e-Devlet words it today."""
        play = self.play

        @app.get("/Giris/gir")
        def page() -> str:
            return _SIGN_IN.replace("SAID", "")

        @app.post("/Giris/gir")
        def enter() -> Any:
            if sign_in(play, request.form["k"], request.form["s"]):
                return redirect(f"{play.origin('katip')}/#bilet={play.enter()}")
            return _SIGN_IN.replace("SAID", "Bilgiler hatalı.")

    def katip(self, app: Flask) -> None:
        """The single page, and the packages that it loads: fetched before the first page is asked for, not by each request for it."""
        play = self.play
        folders = {name: package_folder(name) for name in self.packages}

        @app.get("/")
        def page() -> str:
            html = (FOLDER / f"{self.page}.html").read_text("utf-8")
            return html.replace("EDEVLET_ADDRESS", play.origin("edevlet") + "/Giris/gir")

        @app.get("/ask.js")
        def script() -> Response:
            return send_from_directory(FOLDER, "ask.js")

        @app.get("/npm/<name>/<path:path>")
        def package(name: str, path: str) -> Response:
            if name not in folders:
                abort(404)
            return send_from_directory(folders[name], path, max_age=3600)

    def _api(self, app: Flask) -> None:
        play = self.play

        require_session(app, play)

        @app.get("/api/me")
        def me() -> Response:
            chosen = (play.session() or {}).get("workplace")
            return jsonify(
                person="NURGÜL İZCİ ÖRNEK",
                workplaces=[asdict(w) for w in play.workplaces],
                workplace=next((asdict(w) for w in play.workplaces if w.sgk == chosen), None),
                pending=play.pending(),
            )

        @app.post("/api/workplace")
        def workplace() -> Response:
            play.choose(request.get_json()["sgk"])
            return jsonify(ok=True)

        @app.get("/api/contracts")
        def listed() -> Any:
            play.lists += 1
            if "many" in play.faults and play.lists == 4:
                play.note("429")
                return jsonify(message="Çok fazla istek gönderdiniz."), 429, {"Retry-After": "3"}
            if "expired" in play.faults and play.lists == 5:
                play.sessions.clear()
                play.note("expired")
                abort(401)
            return jsonify([asdict(c) for c in play.listed(request.args["tab"])])

        @app.get("/api/form")
        def form() -> Response:
            contract: Any = play.by_key(request.args["key"])
            play.note("form", id=contract.gorevlendirme_id, mine=contract.mine)
            return jsonify(asdict(contract))

        @app.post("/api/approve")
        def approve() -> Any:
            given = request.get_json()
            play.note("attempt", id=cast("TodayContract", play.by_key(given["key"])).gorevlendirme_id)
            if "save_500" in play.faults and len(play.attempts()) == 1:
                return jsonify(message="İşleminiz sırasında bir hata oluştu."), 500
            return jsonify(message=play.approve(given["key"], given.get("read", True), given.get("consent", False)))

        @app.post("/api/touch")
        def touch() -> Response:
            play.note("touched", **request.get_json())
            return jsonify(ok=True)

        @app.post("/api/out")
        def out() -> Response:
            play.leave()
            return jsonify(ok=True)
