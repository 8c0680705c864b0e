"""(e) Hand-made ASP of 2003: framesets, fonts, pictures as buttons, a popup window, native boxes, Windows-1254."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, redirect, request

from tests.strangers.stage import Contract, Stranger, arrive, at, sign_in, to_katip

PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAMDAwP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="
PER_PAGE = 6


def page(body: str, head: str = "", status: int = 200) -> Response:
    """A page as the server of those days sent it."""
    html = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1254"><title>ISG</title>{head}</head>{body}</html>'
    return Response(html.encode("cp1254", "xmlcharrefreplace"), status, content_type="text/html; charset=windows-1254")


def button(alt: str, go: str = "void(0)", width: int = 110) -> str:
    """A picture that is a button."""
    return f'<a href="javascript:{go}"><img src="{PICTURE}" alt="{alt}" width={width} height=22 border=0></a>'


class Asp2003(Stranger):
    """Framesets all the way down."""

    def site(self, app: Flask) -> None:
        katip = self.play.origin("katip")
        at(app, "/", lambda: page('<frameset rows="70,*" border=0><frame src="/ust.asp" name=ust><frame src="/govde.asp" name=govde></frameset>'))
        at(app, "/ust.asp", 
            lambda: page(
                f'<body bgcolor=navy><table width=100%><tr><td><font color=white size=5>DENEME OSGB</font><td align=right><a href="{katip}/" target="_blank"><img src="{PICTURE}" alt="İSG Katip" border=0 width=90 height=24></a></table></body>'
            )
        )
        at(app, "/govde.asp", lambda: page("<body><font face=Verdana size=2><marquee>İSG Katip duyuruları</marquee></font></body>"))

    def edevlet(self, app: Flask) -> None:
        play = self.play

        def form(said: str = "") -> Response:
            return page(
                f"""<body><center><font size=4><b>e-Devlet Kapısı Kimlik Doğrulama Sistemi</b></font><p><font color=red>{said}</font>
<form method=post action="/gir.asp"><table border=1 cellpadding=4><tr><td bgcolor=#eeeeee><font size=2>T.C. Kimlik No</font><td><input name=k maxlength=11>
<tr><td bgcolor=#eeeeee><font size=2>e-Devlet Şifresi</font><td><input type=password name=s>
<tr><td colspan=2 align=center><input type=button value="İptal Et"> <input type=submit value="Sisteme Giriş Yap"></table></form></center></body>"""
            )

        at(app, "/gir.asp", form)

        @app.post("/gir.asp")
        def enter() -> Any:
            if sign_in(play, request.form["k"], request.form["s"]):
                return to_katip(play)
            return form("Bu bilgilerle kayıt bulunamamıştır.")

    def katip(self, app: Flask) -> None:
        play = self.play
        self._entrance(app)
        self._home(app)
        self._grid(app)
        self._form(app)

        @app.get("/cikis.asp")
        def out() -> Response:
            play.leave()
            return page('<body onload="if(top!=self)top.location=\'/cikis.asp\'"><center><h3>Güvenli çıkış işlemi yapılmıştır.</h3></center></body>')

    def _entrance(self, app: Flask) -> None:
        play = self.play
        at(app, "/", 
            lambda: page(
                f"<body background=x><center><font size=5>İSG-KATİP</font><br><br>{button('İSG KATİP Giriş', 'location=%27/git.asp%27', 200)}</center></body>"
            )
        )
        at(app, "/git.asp", lambda: redirect(play.origin("edevlet") + "/gir.asp"))
        at(app, "/giris", lambda: arrive("/menu.asp"))
        at(app, "/menu.asp", 
            lambda: page(
                f"""<body><table align=center cellpadding=30><tr><td>{button("Kayıtlı Kullanıcı Girişi", "location=%27/isyeri.asp%27", 250)}<br><font size=1>Hizmet alan işyeri</font>
<td>{button("Sorgulama & Başvuru", width=250)}<tr><td>{button("Vazgeç & Çıkış Yap", width=250)}<td>{button("İSG-KATİP Kullanıcı Kılavuzu", width=250)}</table></body>"""
            )
        )

        @app.get("/isyeri.asp")
        def offered() -> Response:
            options = "".join(f"<option value={w.sgk}>{w.spoken}" for w in play.workplaces)
            return page(
                f"""<body><form method=post><center><font face=Verdana size=2>İşlem yapacağınız kurumu seçiniz:</font><br>
<select name=i><option value="">Seçiniz...{options}</select><p>
<input type=image src="{PICTURE}" alt="Kayıtlı Kullanıcı Girişi" width=200 height=26 border=1> <img src="{PICTURE}" alt="Vazgeç &amp; Çıkış Yap" width=200 height=26>
<p><font size=1>Eğer sisteme giriş yapmak istediğiniz <b>İşyeri - Firma</b> yukarıdaki listede gözükmüyorsa</font>
<p>{button("E-Bildirge Kullanıcısı Güncelle", width=250)} {button("İSG-KATİP Kullanıcı Kılavuzu", width=250)}</center></form></body>"""
            )

        @app.post("/isyeri.asp")
        def chosen() -> Any:
            if not request.form["i"]:
                return page("<body>Kurum seçmediniz.</body>")
            play.choose(request.form["i"])
            return redirect("/Default.asp?state=3b6154bcfad2f170c552436be843287d")

    def _home(self, app: Flask) -> None:
        play = self.play
        at(app, "/Default.asp", 
            lambda: page(
                '<frameset rows="64,*"><frame src="/ust.asp" scrolling=no><frameset cols="230,*"><frame src="/sol.asp" name=sol><frame src="/orta.asp" name=orta></frameset></frameset>'
            )
        )
        at(app, "/ust.asp", 
            lambda: page(
                "<body bgcolor=#003366><font color=white size=2><b>İş Sağlığı ve Güvenliği Kayıt, Takip ve İzleme Programı İSG-KATİP v9.19.01.10</b><br>"
                "<a href=#><font color=white>Kurum Bilgileri</font></a> | <a href=#><font color=white>Kullanıcı Bilgileri</font></a> | Kullanıcı Kılavuzu | Kurum Kep Adresi</font></body>"
            )
        )
        subs = ("Sözleşmeler", "Silinen Sözleşmeler", "Yardımcı C Sözleşmeler", "Stajyerler", "Dosyalar")
        links = "".join(
            f"<tr><td width=20><td><font size=2><a href='{'/sozlesme.asp' if s == 'Sözleşmeler' else '/bos.asp'}' target=orta>{s}</a></font>"
            for s in subs
        )
        leave = "<tr><td colspan=2><a href=\"javascript:if(confirm('Sistemden çıkmak istiyor musunuz?'))top.location='/cikis.asp'\"><font size=2>Güvenli Çıkış</font></a>"
        at(app, "/sol.asp", 
            lambda: page(
                f"""<body bgcolor=#dddddd><table width=100%><tr><td colspan=2><a href="/orta.asp" target=orta><font size=2>Ana Sayfa</font></a>{leave}
<tr><td colspan=2><font size=2>Anket</font><tr><td colspan=2><font size=2>İsg Profesyonelleri</font>
<tr><td colspan=2 onclick="var d=document.getElementById('x1').style;d.display=d.display=='none'?'':'none'" style="cursor:hand;cursor:pointer"><img src="{PICTURE}" width=9 height=9> <font size=2><b>Hizmet Alan İşyeri Modülü</b></font>
<tr><td colspan=2><table id=x1 style="display:none">{links}</table><tr><td colspan=2><a href="/isyeri.asp" target=_top><font size=2>Kurum Değiştir</font></a>{leave}</table></body>"""
            )
        )
        at(app, "/bos.asp", lambda: page("<body>Kayıt bulunamadı.</body>"))
        at(app, "/orta.asp", 
            lambda: page(
                f"""<body><font face=Verdana size=2><b>HOŞGELDİNİZ</b><p>Hoşgeldiniz Sayın DENEME KULLANICI<p>Personel Kategorisi: <b>Hizmet Alan İşyeri E-Bildirge Kullanıcısı</b>
<p>Sisteme 22.11.2026 tarihinde, 11111111110 ve 127.0.0.1 ile Girişiniz Kayıt Altına Alındı.<p><b>ONAY BEKLEYEN SÖZLEŞMELER</b><br><font color=red>{play.pending()} adet Onay Bekleyen Sözleşmeniz Bulunuyor.</font></font></body>"""
            )
        )

    def _grid(self, app: Flask) -> None:
        play = self.play
        at(app, "/sozlesme.asp", 
            lambda: page('<frameset rows="40,*" border=0><frame src="/arac.asp" name=arac scrolling=no><frame src="/liste.asp" name=liste></frameset>')
        )
        at(app, "/arac.asp", 
            lambda: page(
                '<body topmargin=2 style="white-space:nowrap">'
                + " ".join(
                    button(b, f"parent.liste.is(%27{b}%27)", 70)
                    for b in ("Yeni", "İşe Grv.", "Onayla", "Sözleşme İptal", "Sil", "Detay Yazdır", "Sözleşme Yazdır", "Export")
                )
                + button("Tazele", "parent.liste.location.reload()", 70)
                + "</body>"
            )
        )
        columns = ("Adı Soyadı", "Grv. Türü", "Personel Kategorisi", "Çalışma Şekli", "Grv. Başlama Tarih", "Çalışma Durumu", "Grv. Ayrılış Trh.", "Grv. Onay Durumu")
        widths = (160, 70, 190, 90, 100, 90, 100, 110)

        @app.get("/liste.asp")
        def grid() -> Any:
            if play.session() is None:
                return self._ended()
            number = int(request.args.get("s", 1))
            rows = play.rows()
            pages = -(-len(rows) // PER_PAGE)
            head = "".join(f"<td width={w}><font size=1 color=white><b>{c}</b></font></td>" for w, c in zip(widths, columns, strict=True))
            body = ""
            for row in rows[(number - 1) * PER_PAGE : number * PER_PAGE]:
                cells = (row["name"], row["duty"], row["category"], row["work"], row["start"], row["state"], row["end"] or "&nbsp;", row["status"])
                body += f"<tr onclick=\"sec(this,'{row['key']}','{row['status']}')\">" + "".join(
                    f"<td width={w}><font size=1>{c}</font></td>" for w, c in zip(widths, cells, strict=True)
                )
            turn = "".join(
                button(alt, f"location=%27/liste.asp?s={to}%27", 24) + " "
                for alt, to in (("İlk Sayfa", 1), ("Önceki Sayfa", max(1, number - 1)), ("Sonraki Sayfa", min(pages, number + 1)), ("Son Sayfa", pages))
            )
            script = """<script>var secili=null,hangi=null,durum='';
function sec(tr,k,d){if(secili)secili.style.background='';secili=tr;hangi=k;durum=d;tr.style.background='#ffff99'}
function is(b){if(b!='Onayla'){var x=new XMLHttpRequest();x.open('POST','/api/touch',false);x.setRequestHeader('Content-Type','application/json');x.send(JSON.stringify({button:b}));return}
if(!hangi){alert('Önce bir kayıt seçiniz.');return} if(durum!='Onay Bekliyor'){alert('Bu kayıt onaylanamaz.');return}
window.open('/onay.asp?k='+hangi,'onay','width=620,height=420')}</script>"""
            return page(
                f"""<body>{script}<table cellspacing=0 border=1 width=910 bgcolor=#003366><tr>{head}</table><table cellspacing=0 border=1 width=910>{body}</table>
<table width=910><tr><td>{turn}<td align=right><font size=1>Sayfa {number} / {pages}</font></table></body>"""
            )

    def _ended(self) -> Response:
        return page("<body><font color=red>Uzun süre işlem yapmadığınız için çıkarıldınız. Ana sayfadan tekrar giriniz.</font></body>")

    def _form(self, app: Flask) -> None:
        play = self.play

        def sheet(c: Contract) -> str:
            def line(label: str, value: Any) -> str:
                return f"<tr><td bgcolor=#eeeeee><font size=2>{label}</font><td><font size=2>{value}</font>"

            return (
                f'<form method=post action="/onay.asp"><input type=hidden name=k value={c.key}><table border=1 cellspacing=0 cellpadding=3 width=100%>'
                f'<tr><td colspan=2><input type=image src="{PICTURE}" alt="Kayıt" width=70 height=22>'
                f'<tr><td colspan=2 bgcolor=#003366><font color=white><b>SÖZLEŞME ONAY</b></font>{line("Adı Soyadı", c.name)}{line("Görevlendirme ID", c.gorevlendirme_id)}'
                f"{line('Ayl. Çlş. Süresi (Dk)', c.minutes)}{line('Ayl. Fzl. Mesai Süresi (Dk)', c.overtime)}{line('Kalan Max. Ayl. Çlş. Süresi (Dk)', c.rest)}"
                f"{line('Kalan Max. Ayl. Fzl. Mesai Süresi (Dk)', c.rest_overtime)}<tr><td bgcolor=#eeeeee><font size=2>Açıklama</font><td><textarea name=a rows=2 cols=30></textarea></table></form>"
            )

        @app.get("/onay.asp")
        def form() -> Response:
            c = play.form(request.args["k"])
            return page("<body>" + sheet(c) * (2 if "double_form" in play.faults else 1) + "</body>")

        @app.post("/onay.asp")
        def saved() -> Response:
            if play.session() is None:
                return self._ended()
            try:
                said = play.save(request.form["k"])
            except Exception:
                if play.session() is None:
                    return self._ended()
                raise
            if "error200" in play.faults:
                return page("<body><b>ADODB.Connection error '800a0e7a'</b><p>Provider cannot be found. /onay.asp, line 41</body>")
            if "no_ok" in play.faults:
                return page("<body><font size=2>&nbsp;</font></body>")
            return page(f"<body><script>alert('{said}');try{{opener.location.reload()}}catch(e){{}};window.close()</script></body>")
