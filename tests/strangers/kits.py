"""(k) w2ui and Tabulator, as their makers ship them: delegated clicks, a frozen name column, groups of rows, dialogs of their own.

Their files come from the npm registry (`tests/strangers/today/npm.py`).
"""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, redirect, request, send_from_directory
from flask.wrappers import Response

from tests.strangers.stage import Stranger, arrive, at, sign_in, to_katip
from tests.strangers.today.npm import package_folder

COMMON = """<script>
const FAULTS = FAULTLIST;
async function ask(u) { const r = await fetch(u); if (r.status === 401) { document.body.innerHTML = "<p style='padding:40px'>Oturumunuz sonlanmıştır.</p>"; throw 1; } return r.json(); }
async function post(u, d) { const r = await fetch(u, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(d || {}) }); if (r.status === 401) { document.body.innerHTML = "<p style='padding:40px'>Oturumunuz sonlanmıştır.</p>"; throw 1; } const t = await r.text(); try { return JSON.parse(t); } catch (e) { document.body.innerHTML = t; throw e; } }
const touch = t => post("/api/touch", { button: t });
async function out() { await post("/api/out"); location = "/cikti"; }
const HELLO = n => "<h2>HOŞGELDİNİZ</h2><p>Sisteme 22/11/2026 08:15 tarihinde, 111******10 ve 10.1.2.3 ile girişiniz kayıt altına alındı.</p><h4>ONAY BEKLEYEN SÖZLEŞMELER</h4><p><b>" + n + "</b> adet Onay Bekleyen Sözleşmeniz Bulunuyor.</p>";
const COLS = [["name", "Adı Soyadı", 190], ["duty", "Grv. Türü", 90], ["category", "Personel Kategorisi", 220], ["work", "Çalışma Şekli", 110], ["start", "Grv. Başlama Trh.", 130], ["state", "Çalışma Durumu", 120], ["end", "Grv. Ayrılış Trh.", 120], ["status", "Grv. Onay Durumu", 130]];
const FORM = c => [["Adı Soyadı", c.name], ["Görevlendirme ID", c.gorevlendirme_id], ["Personel Kategorisi", c.category], ["Grv. Başlama Trh.", c.start], ["Ayl. Çlş. Süresi (Dk)", c.minutes], ["Ayl. Fzl. Mesai Süresi (Dk)", c.overtime], ["Kalan Max. Ayl. Çlş. Süresi (Dk)", c.rest], ["Kalan Max. Ayl. Fzl. Mesai Süresi (Dk)", c.rest_overtime]];
</script>"""
HEAD = '<!doctype html><html lang="tr"><meta charset="utf-8"><title>İSG-KATİP</title>'
SIGN_IN = """<!doctype html><meta charset="utf-8"><title>e-Devlet Kapısı</title><h1>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1><p>%s</p><form method="post"><p><label>T.C. Kimlik No<br><input name="k"></label><p><label>e-Devlet Şifresi<br><input name="s" type="password"></label><p><button type="button">İptal Et</button> <button>Sisteme Giriş Yap</button></form>"""
MENU = """<button onclick="location='/isyeri'">Kayıtlı Kullanıcı Girişi</button><button>Sorgulama &amp; Başvuru</button><button>Vazgeç &amp; Çıkış Yap</button>"""


class _Kit(Stranger):
    """A portal of one page whose list, menu and windows are a toolkit's."""

    head = ""
    page = ""

    def dressed(self, page: str) -> str:
        """Return a page of the portal with what all of them share."""
        return HEAD + COMMON.replace("FAULTLIST", json.dumps(dict.fromkeys(self.play.faults, 1))) + page

    def site(self, app: Flask) -> None:
        katip = self.play.origin("katip")
        at(app, "/", lambda: f'<!doctype html><meta charset="utf-8"><h1>OSGB</h1><a target="_blank" href="{katip}/">İSG Katip</a>')

    def edevlet(self, app: Flask) -> None:
        play = self.play
        at(app, "/Giris/gir", lambda: SIGN_IN % "")

        @app.post("/Giris/gir")
        def enter() -> Any:
            if sign_in(play, request.form["k"], request.form["s"]):
                return to_katip(play)
            return SIGN_IN % "Bilgilerinizi gözden geçiriniz."

    def katip(self, app: Flask) -> None:
        play = self.play
        @app.get("/npm/<name>/<path:path>")
        def npm(name: str, path: str) -> Response:
            return send_from_directory(package_folder(name), path, max_age=3600)

        at(app, "/", lambda: HEAD + '<a href="/git">İSG-KATİP Giriş</a>')
        at(app, "/git", lambda: redirect(play.origin("edevlet") + "/Giris/gir"))
        at(app, "/giris", lambda: arrive("/menu"))
        at(app, "/menu", lambda: HEAD + MENU)

        @app.get("/isyeri")
        def offered() -> str:
            rows = "".join(f'<div><label><input type="radio" name="i" value="{w.sgk}"> {w.spoken}</label></div>' for w in play.workplaces)
            return f'{HEAD}<form method="post">{rows}<button>Kayıtlı Kullanıcı Girişi</button> <button type="button">Vazgeç &amp; Çıkış Yap</button></form>'

        @app.post("/isyeri")
        def chosen() -> Any:
            play.choose(request.form["i"])
            return redirect("/app")

        at(app, "/app", lambda: self.dressed(self.head + self.page) if play.session() else redirect("/"))
        at(app, "/cikti", lambda: f"{HEAD}<p>Güle güle. Oturumunuz kapatıldı.</p>")


class W2ui(_Kit):
    """w2ui 2: words that let the pointer through, a frozen column, a message inside the popup."""

    head = """<link rel="stylesheet" href="/npm/w2ui/w2ui-2.0.css"><script src="/toolkits/jquery/jquery.js"></script><script src="/npm/w2ui/w2ui-2.0.js"></script>"""
    page = """<body style="margin:0"><div id="lay" style="width:100%;height:640px"></div><script>
const lay = new w2layout({ box: "#lay", name: "lay", panels: [ { type: "left", size: 260 }, { type: "main" } ] });
const side = new w2sidebar({ name: "side", nodes: [ { id: "home", text: "Ana Sayfa" }, { id: "mod", text: "Hizmet Alan İşyeri Modülü", expanded: false, nodes: [ { id: "grid", text: "Sözleşmeler" }, { id: "del", text: "Silinen Sözleşmeler" } ] }, { id: "kd", text: "Kurum Değiştir" }, { id: "out", text: "Güvenli Çıkış" } ], onClick(e) { e.done(() => ({ home, grid: openGrid, kd: () => location = "/isyeri", out: () => w2confirm("Çıkmak istiyor musunuz?").yes(out) })[e.target]?.()); } });
lay.html("left", side);
async function home() { const s = await ask("/api/start"); lay.html("main", "<div style='padding:12px'>" + HELLO(s.pending) + "</div>"); }
let g;
function openGrid() { if (g) g.destroy(); g = new w2grid({ name: "g", show: { toolbar: true, footer: true, toolbarSearch: false, toolbarColumns: false, toolbarReload: false, lineNumbers: true }, limit: 100, recid: "key", columns: COLS.map(([field, text, size], i) => ({ field, text, size: size + "px", frozen: i === 0 })), toolbar: { items: ["Yeni", "Onayla", "Sözleşme İptal", "Sil", "Detay Yazdır", "Tazele"].map(t => ({ type: "button", id: t, text: t, disabled: t === "Onayla" })), onClick(e) { const t = e.target; t === "Onayla" ? form(g.getSelection()[0]) : t === "Tazele" ? load() : touch(t); } }, onSelect(e) { e.done(() => { const r = g.get(g.getSelection()[0]); g.toolbar[r && r.status === "Onay Bekliyor" ? "enable" : "disable"]("Onayla"); }); } }); lay.html("main", g); load(); }
async function load() { g.lock("Yükleniyor", true); const r = await ask("/api/contracts"); await new Promise(d => setTimeout(d, 250)); g.clear(); g.add(r.rows); g.unlock(); g.toolbar.disable("Onayla"); }
async function form(key) { const c = await ask("/api/form?key=" + key); w2popup.open({ title: "Sözleşme Onay", width: 600, height: 460, modal: true, showClose: true, body: "<table cellpadding=6>" + FORM(c).map(([l, v]) => "<tr><td>" + l + "</td><td>:</td><td><b>" + v + "</b></td></tr>").join("") + "</table>", buttons: "<button class='w2ui-btn' id='k'>Kayıt</button><button class='w2ui-btn' id='v'>Vazgeç</button>" }).then(() => { document.querySelector("#k").onclick = async () => { const r = await post("/api/save", { key: c.key }); if (FAULTS.no_ok) return; w2popup.message({ width: 400, height: 180, text: r.message, actions: { Tamam() { w2popup.close(); load(); } } }); }; document.querySelector("#v").onclick = () => w2popup.close(); }); }
home();
</script>"""


class Tabulator(_Kit):
    """Tabulator 6: groups of rows over several pages, the browser's own dialog elements."""

    head = """<link rel="stylesheet" href="/npm/tabulator-tables/dist/css/tabulator.min.css"><script src="/npm/tabulator-tables/dist/js/tabulator.min.js"></script><style>dialog::backdrop{background:#0008}nav a{display:block;padding:6px}details summary{padding:6px}</style>"""
    page = """<body><header style="display:flex;justify-content:space-between"><b>İSG-KATİP</b><a href="javascript:out()">Güvenli Çıkış</a></header><div style="display:flex"><nav style="width:240px"><a href="javascript:home()">Ana Sayfa</a><details><summary>Hizmet Alan İşyeri Modülü</summary><a href="javascript:grid()">Sözleşmeler</a><a href="javascript:0">Silinen Sözleşmeler</a></details><a href="/isyeri">Kurum Değiştir</a></nav><main id="main" style="flex:1;min-width:0"></main></div><script>
async function home() { const s = await ask("/api/start"); main.innerHTML = HELLO(s.pending); }
const main = document.getElementById("main"); let t;
function grid() { main.innerHTML = "<div id=b></div><div id=t></div>"; for (const x of ["Yeni", "Onayla", "Sözleşme İptal", "Sil", "Tazele"]) { const b = document.createElement("button"); b.textContent = x; b.disabled = x === "Onayla"; b.id = x === "Onayla" ? "ony" : ""; b.onclick = () => x === "Onayla" ? form(t.getSelectedData()[0]) : x === "Tazele" ? t.setData("/api/contracts") : touch(x); document.getElementById("b").append(b); }
 t = new Tabulator("#t", { height: 300, layout: "fitDataFill", selectableRows: 1, index: "key", ajaxURL: "/api/contracts", ajaxResponse: (u, p, r) => r.rows, groupBy: "category", pagination: "local", paginationSize: 6, paginationCounter: "rows", locale: "tr", langs: { tr: { data: { loading: "Yükleniyor" }, pagination: { first: "İlk", prev: "Önceki", next: "Sonraki", last: "Son", counter: { showing: "Gösterilen", of: "/", rows: "kayıt", pages: "sayfa" } } } }, columns: COLS.map(([field, title, width], i) => ({ field, title, width, frozen: i === 0, headerSort: i === 0 })) });
 t.on("rowSelectionChanged", d => document.getElementById("ony").disabled = !(d[0] && d[0].status === "Onay Bekliyor")); }
async function form(row) { const c = await ask("/api/form?key=" + row.key); const d = document.createElement("dialog"); d.innerHTML = "<h3>Sözleşme Onay</h3><dl style='display:grid;grid-template-columns:260px 1fr'>" + FORM(c).map(([l, v]) => "<dt>" + l + "</dt><dd>" + v + "</dd>").join("") + "</dl><button id=k>Kayıt</button> <button id=v>Vazgeç</button>"; document.body.append(d); d.showModal(); d.querySelector("#v").onclick = () => d.remove(); d.querySelector("#k").onclick = async () => { const r = await post("/api/save", { key: c.key }); if (FAULTS.no_ok) return; const e = document.createElement("dialog"); e.innerHTML = "<p>" + r.message + "</p><button>Tamam</button>"; document.body.append(e); e.showModal(); e.querySelector("button").onclick = () => { e.remove(); d.remove(); t.setData("/api/contracts"); }; }; }
home();
</script>"""
