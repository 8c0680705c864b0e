"""KATİP as a single-page application: one page, and the requests of its script. The session's token lives in the tab (`sessionStorage`)."""

from __future__ import annotations

import io
from math import ceil
from typing import Any

from flask import Flask, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from openpyxl import Workbook

from PracticePortal import incidents
from PracticePortal.approval import Submission, approve
from PracticePortal.examples import CANCELLED, REJECTED, Workplace
from PracticePortal.faults import Step
from PracticePortal.store import Row, Session
from PracticePortal.today.columns import (
    EXPORT_COLUMNS,
    Shown,
    form_fields,
    in_tab,
    list_columns,
    masked_name,
    written_sgk,
)
from PracticePortal.web import Portal, abort_with, gate, make_app

PAGE_SIZES = (10, 20, 50)
TABS = {
    "devam": "Devam Eden Sözleşmeler",
    "bekleyen": "Onay Bekleyen Sözleşmeler",
    "tum": "Tüm Sözleşmeler",
    "aktif": "Aktif Sözleşmeler",
}
_OTHER_ACTIONS = {
    "reddet": "Reddet",
    "iptal": "İptal Et",
    "sonlandir": "Sözleşmeyi Sonlandır",
    "yeni": "Yeni",
}


def today_app(portal: Portal) -> Flask:
    """Return KATİP in the manner of today.

    Args:
        portal: What the sites share.
    """
    app = make_app("katip", portal)
    _add_pages(app, portal)
    _add_session(app, portal)
    _add_workplaces(app, portal)
    _add_list(app, portal)
    _add_approval(app, portal)
    return app


# --- the page and the session -----------------------------------------------------------------------------------


def _add_pages(app: Flask, portal: Portal) -> None:
    @app.get("/")
    @app.get("/<path:route>")
    def page(route: str = "") -> ResponseReturnValue:
        """Every address is the same page; its script shows what belongs to the address."""
        if route.startswith("api/") or "." in route:
            abort_with("error")
        portal.write("entry_visited" if not route else "page_visited")
        gate(portal, Step.ENTRY)
        return render_template("today/index.html", look=portal.look, tabs=TABS)

    @app.get("/edevlet")
    def go_to_edevlet() -> ResponseReturnValue:
        return redirect(f"{portal.addresses.edevlet}/Giris/gir?uygulama=isgkatip")


def _session(portal: Portal) -> Session:
    """Return the request's open session; end the request with "session over" if it has none."""
    session = portal.store.session(request.headers.get("Authorization", "").removeprefix("Bearer "))
    if session is None:
        abort_with("session_over")
    return session


def _session_at_workplace(portal: Portal) -> tuple[Session, Workplace]:
    session = _session(portal)
    places = [place for place in portal.store.workplaces(session.number) if place.sgk == session.sgk]
    if not places:
        abort_with("session_over")
    return session, places[0]


def _add_session(app: Flask, portal: Portal) -> None:
    @app.post("/api/oturum")
    def open_session() -> ResponseReturnValue:
        number = portal.store.redeem_code(str(request.get_json().get("kod", "")))
        if number is None:
            abort_with("bad_code")
        return {"token": portal.store.open_session(number, request.remote_addr or "")}

    @app.get("/api/ana-menu")
    def main_menu() -> ResponseReturnValue:
        session = _session(portal)
        portal.write("main_menu", session)
        gate(portal, Step.MENU, session)
        return {"name": masked_name(portal.store.user_name(session.number))}

    @app.post("/api/cikis")
    def sign_out() -> ResponseReturnValue:
        session = _session(portal)
        gate(portal, Step.SIGN_OUT, session)
        portal.write("sign_out", session)
        portal.end_session(session, "sign_out")
        return {}


def _add_workplaces(app: Flask, portal: Portal) -> None:
    @app.get("/api/kurumlar")
    def workplaces() -> ResponseReturnValue:
        session = _session(portal)
        portal.write("workplace_list", session)
        gate(portal, Step.WORKPLACE, session)
        places = portal.store.workplaces(session.number)
        return {
            "places": [
                {
                    "sgk": place.sgk,
                    "title": place.title.replace(" ", "__", 1),
                    "shown": written_sgk(place.sgk, portal.look),
                }
                for place in places
            ]
        }

    @app.post("/api/kurum")
    def choose_workplace() -> ResponseReturnValue:
        session = _session(portal)
        gate(portal, Step.WORKPLACE, session)
        sgk = str(request.get_json().get("sgk", ""))
        if sgk not in (place.sgk for place in portal.store.workplaces(session.number)):
            abort_with("error")
        portal.write("workplace_chosen", session, workplace=sgk)
        portal.store.choose_workplace(session.name, sgk)
        return {}

    @app.get("/api/anasayfa")
    def home() -> ResponseReturnValue:
        session, place = _session_at_workplace(portal)
        portal.write("home", session, pending=portal.store.pending_count(place.sgk))
        gate(portal, Step.HOME, session)
        return {"title": place.title, "sgk": written_sgk(place.sgk, portal.look)}


# --- the list ---------------------------------------------------------------------------------------------------


def _shown(portal: Portal, row: Row, place: Workplace) -> Shown:
    return Shown(row, place, portal.look)


def _add_list(app: Flask, portal: Portal) -> None:
    @app.get("/api/sozlesmeler")
    def contracts() -> ResponseReturnValue:
        session, place = _session_at_workplace(portal)
        step = Step.REREAD if session.approvals else Step.GRID
        gate(portal, step, session)
        tab = request.args.get("sekme", "bekleyen")
        if tab not in TABS:
            abort_with("error")
        size = request.args.get("boy", PAGE_SIZES[0], type=int)
        page = _page(portal, session, place, tab, request.args.get("sayfa", 1, type=int), size)
        portal.write(
            "contracts_listed", session, tab=tab, page=page["page"], pages=page["pages"], reread=step == Step.REREAD
        )
        return page

    @app.get("/api/disa-aktar")
    def export() -> ResponseReturnValue:
        session, place = _session_at_workplace(portal)
        portal.write("export", session)
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Sözleşmeler")
        sheet.append([column.label for column in EXPORT_COLUMNS])
        for row in portal.store.contracts(place.sgk):
            shown = _shown(portal, row, place)
            sheet.append([column.value(shown) for column in EXPORT_COLUMNS])
        file = io.BytesIO()
        book.save(file)
        return Response(
            file.getvalue(),
            mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            headers={"Content-Disposition": 'attachment; filename="sozlesmeler.xlsx"'},
        )


def _ordered(portal: Portal, session: Session, place: Workplace) -> list[Row]:
    """Return the workplace's contracts in the order in which this request shows them."""
    reloads = portal.store.count_reload(session.name)
    incidents.add_new_row(portal.store, portal.faults, session, reloads)
    if reloads > 1 and (other := incidents.approve_for_others(portal.store, portal.faults, place.sgk, Step.GRID)):
        portal.write("approved_by_other", gorevlendirme_id=other, workplace=place.sgk)
    rows = {row.row: row for row in portal.store.contracts(place.sgk)}
    numbers = list(rows)
    if portal.faults.strike("reorder", Step.GRID):
        numbers = incidents.in_other_order(numbers, session, reloads)
    return [rows[number] for number in numbers]


def _page(portal: Portal, session: Session, place: Workplace, tab: str, wanted: int, size: int) -> dict[str, Any]:
    """Return one page of a tab; the last one where a later one is wanted."""
    size = size if size in PAGE_SIZES else PAGE_SIZES[0]
    shown = [_shown(portal, row, place) for row in _ordered(portal, session, place)]
    found = [each for each in shown if in_tab(each, tab)]
    pages = max(1, ceil(len(found) / size))
    page = min(max(1, wanted), pages)
    first = (page - 1) * size
    return {
        "page": page,
        "pages": pages,
        "total": len(found),
        "pending": portal.store.pending_count(place.sgk),
        "columns": [{"label": column.label, "width": column.width} for column in list_columns(portal.look)],
        "rows": [_cells(portal, each) for each in found[first : first + size]],
    }


def _cells(portal: Portal, shown: Shown) -> dict[str, Any]:
    everybody = portal.look.buttons_for == "everybody"
    return {
        "row": shown.row.row,
        "turn": shown.turn,
        "may": bool(shown.turn) and (everybody or shown.turn == "employer"),
        "cells": [column.value(shown) for column in list_columns(portal.look)],
    }


# --- the approval -----------------------------------------------------------------------------------------------


def _row(portal: Portal, number: int, place: Workplace) -> Row:
    row = portal.store.contract(number, place.sgk)
    if row is None:
        abort_with("error")
    return row


def _add_approval(app: Flask, portal: Portal) -> None:
    @app.get("/api/sozlesme/<int:number>")
    def form(number: int) -> ResponseReturnValue:
        session, place = _session_at_workplace(portal)
        row = _row(portal, number, place)
        gate(portal, Step.FORM, session, row.contract.gorevlendirme_id)
        if other := incidents.approve_for_others(portal.store, portal.faults, place.sgk, Step.FORM, row):
            portal.write("approved_by_other", gorevlendirme_id=other, workplace=place.sgk)
        if portal.faults.strike("other_person", Step.FORM, row.contract.gorevlendirme_id):
            row = incidents.other_contract(portal.store, row)
        portal.write("form_opened", session, gorevlendirme_id=row.contract.gorevlendirme_id)
        return {"row": row.row, "fields": form_fields(_shown(portal, row, place))}

    @app.post("/api/sozlesme/<int:number>/onay")
    def save(number: int) -> ResponseReturnValue:
        session, place = _session_at_workplace(portal)
        sent = request.get_json()
        row = _row(portal, number, place)
        if not row.contract.professional_approved:
            portal.write("approval_out_of_turn", session, gorevlendirme_id=row.contract.gorevlendirme_id)
            return {"text": "Görevlendirilen kişinin onayı beklenmektedir. Onaylanamaz.", "accepted": False}
        return approve(
            portal, session, row, Submission("", sent.get("auto_update") is True, sent.get("confirmed") is True)
        )

    @app.post("/api/sozlesme/<int:number>/kapat")
    def close(number: int) -> ResponseReturnValue:
        session, place = _session_at_workplace(portal)
        portal.write("form_closed", session, gorevlendirme_id=_row(portal, number, place).contract.gorevlendirme_id)
        return {}

    @app.post("/api/islem/<action>")
    def other_action(action: str) -> ResponseReturnValue:
        session, place = _session_at_workplace(portal)
        sent = request.get_json()
        rows = [_row(portal, int(number), place) for number in sent.get("rows", [])]
        confirmed = sent.get("confirmed") is True
        label = _OTHER_ACTIONS.get(action)
        if label is None:
            abort_with("error")
        ids = [row.contract.gorevlendirme_id for row in rows]
        portal.write(
            "forbidden_action", session, action=label, confirmed=confirmed, gorevlendirme_id=ids[0] if ids else None
        )
        if not confirmed:
            return {"question": f"{label}: Emin misiniz?"}
        for row in rows:
            portal.store.set_status(row.row, REJECTED if action == "reddet" else CANCELLED)
        return {"text": f"{label}: işleminiz başarıyla gerçekleştirilmiştir.", "accepted": True}
