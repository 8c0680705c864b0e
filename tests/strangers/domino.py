"""Lotus Domino in its own manner: an outline with twisties that the server opens, a view paged without a count, documents in the same frame.

"Sonraki" behind the last page shows a view without documents; the answer to "Kayıt" is a page of its own.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, redirect, request

from tests.strangers.stage import Contract, Stranger, arrive, at, sign_in, to_katip

DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAMDAwP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="
PER_PAGE = 5
COLUMNS = ("Adı Soyadı", "Grv. Türü", "Personel Kategorisi Adı", "Çalışma Şekli", "Grv. Başlama Trh.", "Çalışma Durumu", "Grv. Onay Durumu")
BLOCKS = ("Kayıtlı Kullanıcı Girişi", "Sorgulama & Başvuru", "Vazgeç & Çıkış Yap", "İSG-KATİP Kullanıcı Kılavuzu")


def page(body: str, status: int = 200) -> Response:
    """A page as a Domino server sends it."""
    html = f'<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"><html><head><title>ISG-KATIP</title></head>{body}</html>'
    return Response(html.encode("iso-8859-9", "xmlcharrefreplace"), status, content_type="text/html; charset=ISO-8859-9")


def action(name: str, address: str) -> str:
    """A button of an action bar: a picture and its words in one link."""
    return f'<td nowrap><a href="{address}"><img src="{DOT}" width=13 height=11 border=0 align=middle alt=""> <font size=2 color="#000080">{name}</font></a></td>'


class Domino(Stranger):
    """A database with an outline, a view and a form."""

    def site(self, app: Flask) -> None:
        katip = self.play.origin("katip")
        at(app, "/", lambda: page(f'<body bgcolor="#FFFFFF"><h2>DENEME OSGB</h2><a href="{katip}/" target="_blank"><b>İSG Katip</b></a></body>'))

    def edevlet(self, app: Flask) -> None:
        play = self.play

        def form(said: str = "") -> Response:
            return page(
                f"""<body><h3>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h3><font color=red>{said}</font><form method=post action="/Giris/gir"><table>
<tr><td><label for=k>T.C. Kimlik No</label></td><td><input id=k name=k maxlength=11></td></tr>
<tr><td><label for=s>e-Devlet Şifresi</label></td><td><input id=s name=s type=password></td></tr></table>
<input type=button value="İptal Et"> <input type=submit value="Giriş Yap"></form></body>"""
            )

        at(app, "/Giris/gir", form)

        @app.post("/Giris/gir")
        def enter() -> Any:
            return to_katip(play) if sign_in(play, request.form["k"], request.form["s"]) else form("Bilgiler hatalı.")

    def katip(self, app: Flask) -> None:
        self._entrance(app)
        self._frames(app)
        self._view(app)
        self._document(app)

    def _entrance(self, app: Flask) -> None:
        play = self.play
        at(app, "/", lambda: page('<body><center><h1>İSG-KATİP</h1><form action="/git"><input type=submit value="İSG KATİP Giriş"></form></center></body>'))
        at(app, "/git", lambda: redirect(play.origin("edevlet") + "/Giris/gir"))
        at(app, "/giris", lambda: arrive("/menu"))
        links = "".join(f'<li><a href="{"/isyeri" if name == BLOCKS[0] else "#"}">{name.replace("&", "&amp;")}</a></li>' for name in BLOCKS)
        at(app, "/menu", lambda: page(f"<body><h2>İSG-KATİP</h2><ul>{links}</ul></body>"))

        @app.get("/isyeri")
        def offered() -> Response:
            lines = "".join(
                f'<tr><td><input type=radio name=i value="{w.sgk}" id="i{n}"></td><td><label for="i{n}">{w.spoken}</label></td></tr>'
                for n, w in enumerate(play.workplaces)
            )
            return page(
                f"""<body><h3>İşlem yapacağınız kurumu seçiniz</h3><form method=post><table border=1>{lines}</table>
<input type=submit value="Kayıtlı Kullanıcı Girişi"> <input type=button value="Vazgeç &amp; Çıkış Yap"> <input type=button value="E-Bildirge Kullanıcısı Güncelle"></form>
<p>Eğer sisteme giriş yapmak istediğiniz İşyeri - Firma yukarıdaki listede gözükmüyorsa e-Bildirge kullanıcısını güncelleyiniz.</p></body>"""
            )

        @app.post("/isyeri")
        def chosen() -> Any:
            if "i" in request.form:
                play.choose(request.form["i"])
                return redirect("/katip.nsf")
            return redirect("/isyeri")

    def _frames(self, app: Flask) -> None:
        play = self.play
        at(app, "/katip.nsf", lambda: page('<frameset cols="240,*" frameborder=0><frame name=NotesNav src="/anahat"><frame name=NotesView src="/ana"></frameset>'))
        at(
            app,
            "/ana",
            lambda: page(
                f"""<body><h3>HOŞGELDİNİZ</h3><p>Hoşgeldiniz Sayın DENEME KULLANICI<p>Sisteme 22.11.2026 tarihinde, 11111111110 ve 127.0.0.1 ile Girişiniz Kayıt Altına Alındı.
<p><b>ONAY BEKLEYEN SÖZLEŞMELER</b><br>{play.pending()} adet Onay Bekleyen Sözleşmeniz Bulunuyor.</body>"""
            ),
        )
        at(app, "/cikis", self._leave)

        @app.get("/anahat")
        def outline() -> Response:
            open_now = request.args.get("Expand") == "2"
            mark = f'<img src="{DOT}" width=16 height=16 border=0 alt="{"Ayrıntıları gizle" if open_now else "Ayrıntıları göster"}">'
            subs = "".join(
                f'<tr><td width=20></td><td><a href="{"/sozlesmeler" if name == "Sözleşmeler" else "/bos"}" target=NotesView>{name}</a></td></tr>'
                for name in ("Sözleşmeler", "Silinen Sözleşmeler", "Stajyerler")
            )
            toggle = "/anahat" if open_now else "/anahat?Expand=2"
            return page(
                f"""<body bgcolor="#E0E0E0"><table><tr><td colspan=2><a href="/ana" target=NotesView>Ana Sayfa</a></td></tr><tr><td colspan=2>İsg Profesyonelleri</td></tr>
<tr><td><a href="{toggle}">{mark}</a></td><td><a href="{toggle}"><b>Hizmet Alan İşyeri Modülü</b></a></td></tr>{subs if open_now else ""}
<tr><td colspan=2><a href="/isyeri" target=_top>Kurum Değiştir</a></td></tr><tr><td colspan=2><a href="/cikis" target=_top>Güvenli Çıkış</a></td></tr></table></body>"""
            )

        at(app, "/bos", lambda: page("<body><h2>Belge bulunamadı</h2></body>"))

    def _leave(self) -> Response:
        self.play.leave()
        return page("<body><h3>Güvenli çıkış işlemi yapılmıştır.</h3></body>")

    def _view(self, app: Flask) -> None:
        play = self.play

        @app.get("/sozlesmeler")
        def view() -> Response:
            start = int(request.args.get("Start", 1))
            rows = play.rows()[start - 1 : start - 1 + PER_PAGE]
            heads = "".join(f'<th nowrap align=left><font size=2 color="#0000FF">{c}</font></th>' for c in COLUMNS)
            lines = "".join(
                f'<tr valign=top><td><input type=checkbox name="$$SelectDoc" value="{r["key"]}"></td><td><a href="/belge?k={r["key"]}"><font size=2>{r["name"]}</font></a></td>'
                + "".join(f"<td><font size=2>{r[c]}</font></td>" for c in ("duty", "category", "work", "start", "state", "status"))
                + "</tr>"
                for r in rows
            )
            turn = f'<table><tr>{action("Önceki", f"/sozlesmeler?Start={max(1, start - PER_PAGE)}")}{action("Sonraki", f"/sozlesmeler?Start={start + PER_PAGE}")}</tr></table>'
            bar = "".join(action(name, f"javascript:sec('{name}')") for name in ("Yeni", "Onayla", "Sözleşme İptal", "Sil", "Sözleşme Yazdır"))
            table = f"<table border=0 cellpadding=2><tr><th></th>{heads}</tr>{lines}</table>" if rows else "<h2>Belge bulunamadı</h2>"
            return page(
                f"""<body><script>function sec(n){{var d=document.forms[0].elements,k=[],i;for(i=0;i<d.length;i++)if(d[i].checked)k.push(d[i].value);
if(n!='Onayla'){{location='/dokun?b='+encodeURIComponent(n);return}} if(k.length!=1){{alert('Bir belge seçiniz.');return}} location='/belge?islem=onay&k='+k[0]}}</script>
<table bgcolor="#C0C0C0" width="100%"><tr>{bar}</tr></table><form>{turn}{table}{turn}</form></body>"""
            )

        @app.get("/dokun")
        def touched() -> Response:
            play.note("touched", button=request.args["b"])
            return page("<body>Tamam</body>")

    def _document(self, app: Flask) -> None:
        play = self.play

        def sheet(c: Contract) -> str:
            fields = (
                ("Adı Soyadı", c.name),
                ("Görevlendirme ID", c.gorevlendirme_id),
                ("Personel Kategorisi Adı", c.category),
                ("Ayl. Çlş. Süresi (Dk)", c.minutes),
                ("Ayl. Fzl. Mesai Süresi (Dk)", c.overtime),
                ("Grv. Başlama Trh.", c.start),
            )
            return "".join(f"<tr valign=top><td width=200><b>{label}</b></td><td>{value}</td></tr>" for label, value in fields)

        @app.get("/belge")
        def document() -> Response:
            c = play.form(request.args["k"])
            saves = request.args.get("islem") == "onay"
            act = '<input type=submit value="Kayıt"> <input type=button value="Kapat" onclick="history.back()">' if saves else ""
            head = "SÖZLEŞME ONAY" if saves else "SÖZLEŞME"
            return page(f'<body><form method=post action="/kaydet"><input type=hidden name=k value="{c.key}">{act}<h3>{head}</h3><table>{sheet(c)}</table></form></body>')

        @app.post("/kaydet")
        def saved() -> Response:
            said = play.save(request.form["k"])
            return page(f'<body><h3>{said}</h3><a href="/sozlesmeler">Tamam</a></body>')
