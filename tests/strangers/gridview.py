"""ASP.NET WebForms with a plain GridView: a frameset, a "Seç" link in each row, page numbers with "...", a row of sums, postbacks of the whole page.

A row is selected by its link alone; pressing its text does nothing. After each approval the list is back on its first page, and
the browser's own dialog says what happened.
"""

from __future__ import annotations

import json
import random
import secrets
import time
from typing import Any
from urllib.parse import urlencode

from flask import Flask, redirect, request
from markupsafe import escape

from tests.strangers.stage import Stranger, arrive, at, contracts, sign_in, to_katip

TOOLS = ("Yeni", "İşe Grv.", "Onayla", "Sözleşme İptal", "Sil", "Detay Yazdır", "Sözleşme Yazdır", "Export", "Tazele")
SUBS = ("Sözleşmeler", "Silinen Sözleşmeler", "Yardımcı C Sözleşmeler", "Stajyerler", "Dosyalar")
COLUMNS = (
    ("Adı Soyadı", "name"), ("Grv. Türü", "duty"), ("Personel Kategorisi Adı", "category"), ("Çalışma Şekli", "work"),
    ("Grv. Başlama Trh.", "start"), ("Çalışma Durumu", "state"), ("Grv. Ayrılış Trh.", "end"), ("Grv. Onay Durumu", "status"),
)
FIELDS = (
    ("Adı Soyadı", "name"), ("Görevlendirme ID", "gorevlendirme_id"), ("Ayl. Çlş. Süresi (Dk)", "minutes"),
    ("Ayl. Fzl. Mesai Süresi (Dk)", "overtime"), ("Kalan Max. Ayl. Çlş. Süresi (Dk)", "rest"),
    ("Kalan Max. Ayl. Fzl. Mesai Süresi (Dk)", "rest_overtime"),
)
NAMES = tuple(f"{first} {last}" for last in ("ÖRNEK", "ŞIRIN", "DENEME") for first in ("AYŞE", "İBRAHİM", "ÇAĞLA", "GÜL", "ŞÜKRÜ", "KÂZIM", "IŞIL"))
PENDING = (2, 9, 16, 20)
SIZE, BLOCK = 4, 3
POST = "<form method=post><input type=hidden name=__VIEWSTATE value='{state}'><input type=hidden name=__EVENTTARGET><input type=hidden name=__EVENTARGUMENT><script>function __doPostBack(t,a){{var f=document.forms[0];f.__EVENTTARGET.value=t;f.__EVENTARGUMENT.value=a;f.submit()}}</script>{body}</form>"


def page(body: str, **state: Any) -> str:
    """A page whose state comes back with each postback."""
    return f"<html><head><meta charset=utf-8></head><body>{POST.format(state=escape(json.dumps(state)), body=body)}</body></html>"


def post_back(text: str, target: str, argument: str) -> str:
    """A link that posts the page back."""
    return f'<a href="javascript:__doPostBack(&#39;{target}&#39;,&#39;{argument}&#39;)">{text}</a>'


class GridView(Stranger):
    """A plain GridView in a frameset."""

    setting = staticmethod(
        lambda: {"contracts": contracts(NAMES, tuple("Onay Bekliyor" if i in PENDING else "Onaylandı" for i in range(len(NAMES))))}
    )

    def site(self, app: Flask) -> None:
        katip = self.play.origin("katip")
        at(app, "/", lambda: f'<meta charset=utf-8><p align=right><a target=_blank href="{katip}/">İSG Katip</a></p><h1>OSGB</h1>')

    def edevlet(self, app: Flask) -> None:
        play = self.play
        at(app, "/Giris/gir", lambda: "<meta charset=utf-8><h1>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1><form method=post><p>T.C. Kimlik No <input name=k></p><p>e-Devlet Şifresi <input name=s type=password></p><button type=button>İptal Et</button> <button>Sisteme Giriş Yap</button></form>")

        @app.post("/Giris/gir")
        def enter() -> Any:
            return to_katip(play) if sign_in(play, request.form["k"], request.form["s"]) else "Bilgileriniz hatalı."

    def katip(self, app: Flask) -> None:
        play = self.play

        @app.before_request
        def wait() -> None:
            time.sleep(random.uniform(0.05, 0.3))  # a portal that is far away is what is played

        at(app, "/", lambda: '<meta charset=utf-8><a href="/git">İSG KATİP Giriş</a>')
        at(app, "/git", lambda: redirect(play.origin("edevlet") + "/Giris/gir"))
        at(app, "/giris", lambda: arrive("/AnaMenu.aspx"))
        at(app, "/AnaMenu.aspx", lambda: "<meta charset=utf-8><ul><li><a href='/KurumSec.aspx'>Kayıtlı Kullanıcı Girişi</a><li><a href='/dokun?b=sorgu'>Sorgulama &amp; Başvuru</a><li><a href='/dokun?b=cik'>Vazgeç &amp; Çıkış Yap</a></ul>")

        @app.route("/KurumSec.aspx", methods=["GET", "POST"])
        def choice() -> Any:
            if request.method == "POST":
                play.choose(request.form["i"])
                return redirect(f"/Default.aspx?state={secrets.token_hex(16)}")
            places = "".join(f"<p><input type=radio name=i id=r{w.sgk} value={w.sgk}> <label for=r{w.sgk}>{w.spoken}</label></p>" for w in play.workplaces)
            return f"<meta charset=utf-8><form method=post>{places}<button>Kayıtlı Kullanıcı Girişi</button> <button type=button>E-Bildirge Kullanıcısı Güncelle</button></form>"

        at(app, "/Default.aspx", lambda: '<html><meta charset=utf-8><frameset cols="240,*"><frame src="/Menu.aspx"><frame src="/Hos.aspx" name=ana></frameset></html>')
        at(app, "/Cikis.aspx", lambda: "<meta charset=utf-8><p>Çıkış yapıldı.</p>")
        at(app, "/Hos.aspx", lambda: f"<meta charset=utf-8><h2>HOŞGELDİNİZ</h2><p>Sisteme 22.11.2020 08:15:11 tarihinde, 111******10 ve 192.0.2.7 ile girişiniz kayıt altına alındı.</p><h3>ONAY BEKLEYEN SÖZLEŞMELER</h3><p>{play.pending()} adet Onay Bekleyen Sözleşmeniz Bulunuyor.</p>")

        @app.get("/dokun")
        def touch() -> str:
            play.note("touched", button=request.args["b"])
            return "-"

        @app.route("/Menu.aspx", methods=["GET", "POST"])
        def menu() -> str:
            opened = False
            if request.method == "POST":
                opened = not json.loads(request.form["__VIEWSTATE"])["open"]
                if request.form["__EVENTARGUMENT"] == "out":
                    play.leave()
                    return "<script>top.location='/Cikis.aspx'</script>"
            entries = [f"<a href='{'/dokun?b=' + str(i) if i else '/Liste.aspx'}' target=ana>&nbsp;&nbsp;{sub}</a>" for i, sub in enumerate(SUBS)]
            around = [post_back("Güvenli Çıkış", "tv", "out"), "<a href='/KurumSec.aspx' target=_top>Kurum Değiştir</a>"]
            return page("".join(f"<div>{one}</div>" for one in [post_back("Hizmet Alan İşyerleri Modülü", "tv", "m"), *(entries if opened else []), *around]), open=opened)

        def numbers(number: int, pages: int) -> list[tuple[str, int]]:
            first = number // BLOCK * BLOCK
            shown = [(str(i + 1), i) for i in range(first, min(pages, first + BLOCK))]
            return ([("...", first - 1)] if first else []) + shown + ([("...", first + BLOCK)] if first + BLOCK < pages else [])

        def tools(may_approve: bool) -> str:
            off = {"Onayla": "" if may_approve else "disabled"}
            return "".join(f"<input type=submit name=b{i} value='{t}' {off.get(t, '')}>" for i, t in enumerate(TOOLS))

        def listed(number: int, chosen: str | None, said: str = "") -> str:
            rows = play.rows()
            bar = tools(may_approve=chosen is not None and play.by_key(chosen).status == "Onay Bekliyor")
            head = "<th>&nbsp;" + "".join(f"<th>{post_back(label, 'gv', 'Sort$' + key)}" for label, key in COLUMNS)
            body = "".join(
                f"<tr bgcolor={'#ffcc66' if row['key'] == chosen else '#ffffff' if i % 2 else '#eff3fb'}><td>{post_back('Seç', 'gv', 'Select$' + row['key'])}"
                + "".join(f"<td>{escape(row[key]) or '&nbsp;'}" for _, key in COLUMNS)
                for i, row in enumerate(rows[number * SIZE : number * SIZE + SIZE])
            )
            turns = "".join(f"<td>{'<span>' + t + '</span>' if i == number else post_back(t, 'gv', f'Page${i}')}" for t, i in numbers(number, -(-len(rows) // SIZE)))
            alert = f"<script>setTimeout(function(){{alert({json.dumps(said)})}},20)</script>" if said else ""
            return page(f"<div>{bar}</div><table border=1 cellspacing=0><tr>{head}{body}<tr><td>Toplam<td>{len(rows)}{'<td>&nbsp;' * 7}<tr><td colspan=9><table><tr>{turns}</table></table>{alert}", page=number, chosen=chosen)

        @app.route("/Liste.aspx", methods=["GET", "POST"])
        def grid() -> Any:
            if request.method == "GET":
                return listed(0, None, request.args.get("m", ""))
            state, argument = json.loads(request.form["__VIEWSTATE"]), request.form["__EVENTARGUMENT"]
            pressed = next((tool for i, tool in enumerate(TOOLS) if f"b{i}" in request.form), "")
            if pressed == "Onayla":
                return redirect("/Onay.aspx?k=" + state["chosen"])
            if (pressed and pressed != "Tazele") or argument.startswith("Sort$"):
                play.note("touched", button=pressed or argument)
            if argument.startswith("Select$"):
                return listed(state["page"], argument.removeprefix("Select$"))
            return listed(int(argument.removeprefix("Page$")) if argument.startswith("Page$") else state["page"], None)

        @app.route("/Onay.aspx", methods=["GET", "POST"])
        def form() -> Any:
            key = request.args["k"]
            if request.method == "POST":
                if "kayit" in request.form:
                    return redirect("/Liste.aspx?" + urlencode({"m": play.save(key)}))
                play.note("touched", button="iptal")
            shown = play.form(key)
            lines = "".join(f"<tr><td>{label}<td><input readonly value='{getattr(shown, name)}'>" for label, name in FIELDS)
            return page(f"<h3>SÖZLEŞME ONAY</h3><input type=submit name=kayit value=Kayıt><input type=submit name=iptal value='Sözleşme İptal'><table>{lines}<tr><td>Açıklama<td><textarea></textarea></table>")
