"""KATİP itself: pages 5.2 and 5.4 to 5.10."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from math import ceil
from typing import Any

from flask import Flask, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from PracticePortal import incidents, screens
from PracticePortal.approval import Submission, approve
from PracticePortal.examples import APPROVED, CANCELLED, PENDING, Workplace, professional_number
from PracticePortal.faults import Step
from PracticePortal.other_lists import other_list
from PracticePortal.printout import print_out
from PracticePortal.screens import Skin
from PracticePortal.store import Row, Session
from PracticePortal.today.app import today_app
from PracticePortal.web import NOTICES, Portal, abort_with, gate, make_app, notice

PAGE_SIZE = 9
_COOKIE = "katip_oturum"


def katip_app(portal: Portal) -> Flask:
    """Return KATİP.

    Args:
        portal: What the sites share.
    """
    if portal.skin == Skin.TODAY:
        return today_app(portal)
    app = make_app("katip", portal)
    _add_entry(app, portal)
    _add_workplaces(app, portal)
    _add_home(app, portal)
    _add_contracts(app, portal)
    _add_other_tools(app, portal)
    _add_exit(app, portal)
    return app


# --- sessions ---------------------------------------------------------------------------------------------------


def _session(portal: Portal) -> Session:
    """Return the request's open session; end the request with "session over" if it has none."""
    session = portal.store.session(request.cookies.get(_COOKIE, ""))
    if session is None:
        abort_with("session_over")
    return session


def _session_at_workplace(portal: Portal) -> tuple[Session, str]:
    """Return the open session and the SGK number of its workplace."""
    session = _session(portal)
    if session.sgk is None:
        abort_with("session_over")
    return session, session.sgk


def _workplace(portal: Portal, session: Session) -> Workplace:
    return next(place for place in portal.store.workplaces(session.number) if place.sgk == session.sgk)


def _row(portal: Portal, number: int, sgk: str) -> Row:
    row = portal.store.contract(number, sgk)
    if row is None:
        abort_with("error")
    return row


# --- 5.2 to 5.5 -------------------------------------------------------------------------------------------------


def _add_entry(app: Flask, portal: Portal) -> None:
    @app.get("/")
    def entry() -> str:
        portal.write("entry_visited")
        gate(portal, Step.ENTRY)
        return render_template("entry.html")

    @app.get("/Giris.aspx")
    def go_to_edevlet() -> ResponseReturnValue:
        return redirect(f"{portal.addresses.edevlet}/Giris/gir?uygulama=isgkatip")

    @app.get("/Default.aspx")
    def default() -> ResponseReturnValue:
        """Take a person over from e-Devlet, or show home: both have this address, as the real portal's have."""
        if not request.host.startswith("localhost") and portal.faults.strike("moved"):
            return redirect(request.url.replace("//127.0.0.1", "//localhost", 1))
        number = portal.store.redeem_code(request.args.get("state", ""))
        if number is None:
            return _home(portal)
        token = portal.store.open_session(number, request.remote_addr or "")
        response = redirect("/AnaMenu.aspx")
        response.set_cookie(_COOKIE, token, httponly=True, samesite="Lax")
        return response

    @app.get("/AnaMenu.aspx")
    def main_menu() -> str:
        session = _session(portal)
        portal.write("main_menu", session)
        gate(portal, Step.MENU, session)
        if unknown := portal.faults.strike("unknown_page", Step.MENU):
            return render_template("unknown.html", way_out=unknown.text, number=session.number)
        return render_template("menu.html")


def _add_workplaces(app: Flask, portal: Portal) -> None:
    @app.get("/KurumSec.aspx")
    def workplace_list() -> str:
        session = _session(portal)
        portal.write("workplace_list", session)
        gate(portal, Step.WORKPLACE, session)
        return workplaces_page(session)

    @app.post("/KurumSec.aspx")
    def choose_workplace() -> ResponseReturnValue:
        session = _session(portal)
        gate(portal, Step.WORKPLACE, session)
        sgk = request.form.get("kurum", "")
        if sgk not in (place.sgk for place in portal.store.workplaces(session.number)):
            return workplaces_page(session, "Lütfen bir kurum seçiniz.")
        portal.write("workplace_chosen", session, workplace=sgk)
        return redirect(f"/Default.aspx?state={portal.store.choose_workplace(session.name, sgk)}")

    def workplaces_page(session: Session, message: str = "") -> str:
        places = portal.store.workplaces(session.number)
        return render_template("workplaces.html", places=places, message=message)


# --- 5.6 and 5.7 ------------------------------------------------------------------------------------------------


def _home(portal: Portal) -> ResponseReturnValue:
    if request.args.get("state") and portal.store.session(request.cookies.get(_COOKIE, "")) is None:
        return notice("session_over" if request.cookies.get(_COOKIE) else "bad_code")
    session, sgk = _session_at_workplace(portal)
    if request.args.get("state") != session.home_state:
        return notice("bad_code")
    pending = portal.store.pending_count(sgk)
    portal.write("home", session, pending=pending)
    gate(portal, Step.HOME, session)
    shown: int | None = pending
    if portal.faults.strike("wrong_total", Step.HOME):
        shown = pending + 1
    if portal.faults.strike("hidden_total", Step.HOME):
        shown = None
    return render_template("home.html", session=session, name=portal.store.user_name(session.number), pending=shown)


def _add_home(app: Flask, portal: Portal) -> None:
    @app.get("/Modul.aspx")
    def module() -> ResponseReturnValue:
        session, _ = _session_at_workplace(portal)
        name = request.args.get("m", "")
        if name == screens.CONTRACTS_MODULE:
            gate(portal, Step.CONTRACTS, session)
            return render_template(f"{portal.skin}/contracts.html")
        if name not in screens.MODULES:
            abort_with("error")
        portal.write("module", session, module=name)
        return render_template("module.html", **_module_content(portal, session, name))

    @app.get("/Cerceve.aspx")
    def frame() -> str:
        _session(portal)
        return render_template("framed/frame.html")


def _module_content(portal: Portal, session: Session, name: str) -> dict[str, Any]:
    """Return title and lines of one of the small pages beside the contracts."""
    place = _workplace(portal, session)
    facts = {
        "kurum-bilgileri": {
            "Kurum Unvanı": place.title,
            "SGK Sicil No": place.sgk,
            "Tehlike Sınıfı": place.hazard,
            "Çalışan Sayısı": str(place.employees),
        },
        "kullanici-bilgileri": {
            "Adı Soyadı": portal.store.user_name(session.number),
            "Kullanıcı Grubu": "Hizmet Alan İşyeri Kullanıcısı",
        },
        "kep": {"Kurum Kep Adresi": "kurum@deneme.kep.example"},
        "kilavuz": {"Kılavuz": "Sözleşmeler, Hizmet Alan İşyerleri Modülü altındadır."},
        "isg-profesyonelleri": {
            row.contract.name: row.contract.category
            for row in portal.store.contracts(place.sgk)
            if row.contract.status == APPROVED
        },
    }
    return {"title": screens.MODULES[name], "facts": facts.get(name, {}), "table": other_list(name, place.sgk)}


# --- 5.8 to 5.10 ------------------------------------------------------------------------------------------------


def _add_contracts(app: Flask, portal: Portal) -> None:
    @app.get("/api/sozlesmeler")
    def contracts() -> ResponseReturnValue:
        session, sgk = _session_at_workplace(portal)
        step = Step.REREAD if session.approvals else Step.GRID
        gate(portal, step, session)
        numbers = _grid_order(portal, session, sgk, reloaded="yenile" in request.args)
        page = _page(portal, session, sgk, numbers, request.args.get("sayfa", 1, type=int))
        portal.write("contracts_listed", session, page=page["page"], pages=page["pages"], reread=step == Step.REREAD)
        return page

    @app.get("/api/sozlesme/<int:number>")
    def form(number: int) -> ResponseReturnValue:
        session, sgk = _session_at_workplace(portal)
        row = _row(portal, number, sgk)
        gate(portal, Step.FORM, session, row.contract.gorevlendirme_id)
        if other := incidents.approve_for_others(portal.store, portal.faults, sgk, Step.FORM, row):
            portal.write("approved_by_other", gorevlendirme_id=other, workplace=sgk)
        if portal.faults.strike("other_person", Step.FORM, row.contract.gorevlendirme_id):
            row = incidents.other_contract(portal.store, row)
        portal.write("form_opened", session, gorevlendirme_id=row.contract.gorevlendirme_id)
        fields = [[label, value(row.contract)] for label, value in screens.FORM_FIELDS.items()]
        return {"row": row.row, "fields": fields}

    @app.post("/api/sozlesme/<int:number>/onay")
    def save(number: int) -> ResponseReturnValue:
        session, sgk = _session_at_workplace(portal)
        sent = request.get_json()
        submission = Submission(
            str(sent.get("note", "")), sent.get("auto_update") is True, sent.get("confirmed") is True
        )
        return approve(portal, session, _row(portal, number, sgk), submission)

    @app.post("/api/sozlesme/<int:number>/kapat")
    def close(number: int) -> ResponseReturnValue:
        session, sgk = _session_at_workplace(portal)
        gorevlendirme_id = _row(portal, number, sgk).contract.gorevlendirme_id
        portal.write("form_closed", session, gorevlendirme_id=gorevlendirme_id)
        return {}


def _grid_order(portal: Portal, session: Session, sgk: str, *, reloaded: bool) -> list[int]:
    """Return the row numbers of the whole grid, in the order in which the present reload shows them."""
    reloads = session.reloads
    if reloaded:
        reloads = portal.store.count_reload(session.name)
        _let_others_act(portal, session, sgk, reloads)
    numbers = portal.store.row_numbers(sgk)
    if portal.faults.strike("reorder", Step.GRID):
        return incidents.in_other_order(numbers, session, reloads)
    return numbers


def _let_others_act(portal: Portal, session: Session, sgk: str, reloads: int) -> None:
    incidents.add_new_row(portal.store, portal.faults, session, reloads)
    if reloads > 1 and (other := incidents.approve_for_others(portal.store, portal.faults, sgk, Step.GRID)):
        portal.write("approved_by_other", gorevlendirme_id=other, workplace=sgk)


def _shown(row: Row, stale: bool) -> dict[str, Any]:
    """Return a row as the page gets it; the Görevlendirme ID is not among it, the grid has no such column."""
    contract = row.contract
    return {
        "row": row.row,
        "name": contract.name,
        "type": contract.type,
        "category": contract.category,
        "work_form": contract.work_form,
        "start": screens.turkish_date(contract.start),
        "working": contract.working,
        "leave": screens.turkish_date(contract.leave),
        "status": PENDING if stale and contract.status == APPROVED else contract.status,
    }


def _page(portal: Portal, session: Session, sgk: str, numbers: list[int], wanted: int) -> dict[str, Any]:
    """Return one page of the grid; the last one where a later one is wanted."""
    pages = max(1, ceil(len(numbers) / PAGE_SIZE))
    page = min(max(1, wanted), pages)
    first = (page - 1) * PAGE_SIZE
    stale = bool(session.approvals) and portal.faults.strike("stale_grid", Step.REREAD) is not None
    rows = [_shown(_row(portal, number, sgk), stale) for number in numbers[first : first + PAGE_SIZE]]
    return {"page": page, "pages": pages, "first": first + bool(rows), "last": first + len(rows), "rows": rows}


# --- the toolbar's other buttons --------------------------------------------------------------------------------


def _add_other_tools(app: Flask, portal: Portal) -> None:
    def cancel(row: Row) -> str:
        portal.store.set_status(row.row, CANCELLED)
        return "Sözleşme iptal edildi."

    def delete(row: Row) -> str:
        portal.store.delete(row.row)
        return "Sözleşme silindi."

    forbidden: dict[str, Callable[[Row], str]] = {"iptal": cancel, "sil": delete}

    @app.post("/api/islem/<action>")
    def other_action(action: str) -> ResponseReturnValue:
        session, sgk = _session_at_workplace(portal)
        sent = request.get_json()
        row = _row(portal, sent["row"], sgk) if sent.get("row") else None
        gorevlendirme_id = row.contract.gorevlendirme_id if row else None
        confirmed = sent.get("confirmed") is True
        if action not in screens.FORBIDDEN:
            return {"text": _other_workplaces(portal, session)}
        label = screens.FORBIDDEN[action]
        portal.write("forbidden_action", session, action=label, confirmed=confirmed, gorevlendirme_id=gorevlendirme_id)
        if row is None or action not in forbidden:
            return {"text": "Deneme ortamında yeni görevlendirme girilmez."}
        if not confirmed:
            return {"question": f"{label}: Emin misiniz?"}
        return {"text": forbidden[action](row)}

    @app.get("/api/sozlesme/<int:number>/yazdir")
    def printout(number: int) -> ResponseReturnValue:
        session, sgk = _session_at_workplace(portal)
        contract = _row(portal, number, sgk).contract
        portal.write("printout", session, gorevlendirme_id=contract.gorevlendirme_id)
        document = print_out(contract, professional_number(contract), _workplace(portal, session))
        if "goster" in request.args:
            return Response(document, mimetype="application/pdf")
        return _download(document, f"sozlesme-{contract.gorevlendirme_id}.pdf", "application/pdf")

    @app.get("/api/export")
    def export() -> ResponseReturnValue:
        session, sgk = _session_at_workplace(portal)
        portal.write("export", session)
        columns = screens.columns(portal.skin)
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        writer.writerow(column.label for column in columns)
        for row in portal.store.contracts(sgk):
            shown = _shown(row, stale=False)
            writer.writerow(shown[column.key] for column in columns)
        return _download("\ufeff" + text.getvalue(), "sozlesmeler.csv", "text/csv")


def _other_workplaces(portal: Portal, session: Session) -> str:
    counts = (
        f"{place.sgk}: {len(portal.store.contracts(place.sgk))} sözleşme"
        for place in portal.store.workplaces(session.number)
        if place.sgk != session.sgk
    )
    return "\n".join(counts) or "Başka işyeriniz bulunmamaktadır."


def _download(content: str | bytes, name: str, mimetype: str) -> Response:
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})


# --- the ways out -----------------------------------------------------------------------------------------------


def _add_exit(app: Flask, portal: Portal) -> None:
    @app.get("/Cikis.aspx")
    def sign_out() -> ResponseReturnValue:
        session = _session(portal)
        gate(portal, Step.SIGN_OUT, session)
        portal.write("sign_out", session)
        portal.end_session(session, "sign_out")
        response = redirect(url_for("show_notice", name="signed_out"))
        response.delete_cookie(_COOKIE)
        return response

    @app.get("/Bilgi.aspx/<name>")
    def show_notice(name: str) -> ResponseReturnValue:
        return notice(name if name in NOTICES else "error")
